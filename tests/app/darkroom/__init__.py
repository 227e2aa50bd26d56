"""Pictures that strangers send: what becomes of them, and what they cannot do."""
