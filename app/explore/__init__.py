"""Finding: home, map, search, gazetteer, tiles."""
