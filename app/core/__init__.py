"""Shared kernel: what every feature stands on; it imports no feature."""
