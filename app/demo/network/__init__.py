"""The made-up network as data (TOML files, see README.md), and its typed form."""
