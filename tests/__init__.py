"""Everything that keeps the promises; `tests/app/<feature>` mirrors `app/<feature>`."""
