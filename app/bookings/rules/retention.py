"""How long what families tell us is kept; the privacy page says the same."""

from datetime import timedelta

# Health and habits of a family are nobody's business once the date is over.
KEEP_ANSWERS = timedelta(days=7)
# Long enough for a host to thank, to note who came, and to answer a question.
KEEP_NAMES = timedelta(days=60)
