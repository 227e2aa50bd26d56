"""What is measured, and how: `make bench` (python -m bench --help)."""
