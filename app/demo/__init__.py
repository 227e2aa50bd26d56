"""The demo network, made up, and the doors into it."""
