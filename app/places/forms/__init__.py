"""Forms about a place: what parents say of it, and what those who look after it change."""
