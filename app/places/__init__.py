"""Places: islands, shops and community spaces with their amenities and hours."""
