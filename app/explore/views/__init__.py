"""Pages of finding, and the page where a shop joins."""
