"""Territories: Municipi and neighbourhoods, from GeoJSON."""
