"""Events: schedules and their occurrences."""
