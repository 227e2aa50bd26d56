"""Addresses for machines: the map's points, suggestions while typing."""
