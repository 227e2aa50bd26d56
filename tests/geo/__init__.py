"""The library's promises, on SpatiaLite and on PostGIS."""
