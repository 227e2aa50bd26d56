"""People who work with us: sign-in, sessions, roles."""
