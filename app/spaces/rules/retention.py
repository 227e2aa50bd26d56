"""How long the name of whoever reserved is kept; the form and the privacy page say the same."""

from datetime import timedelta

KEEP_NAMES = timedelta(days=30)
