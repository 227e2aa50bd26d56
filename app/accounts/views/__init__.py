"""Pages of people: sign in and out, tell what does not work."""
