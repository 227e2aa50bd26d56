"""Pages of spaces: for everybody, for whoever reserved, for the hosts."""
