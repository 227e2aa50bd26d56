"""Tests of the feeds, with the small network that they share."""
