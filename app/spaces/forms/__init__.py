"""Forms of whoever reserves a space, and of its hosts."""
