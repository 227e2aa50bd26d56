"""Geography without the application: points, boxes, distances, polygons, tiles, and two spatial engines made alike."""
