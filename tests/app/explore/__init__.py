"""Tests of finding."""
