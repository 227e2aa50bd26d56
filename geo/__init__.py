"""Points, boxes, distances, polygons, tiles and their two spatial databases; knows nothing of the application."""
