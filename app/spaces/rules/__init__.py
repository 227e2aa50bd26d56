"""What can be reserved when, and which state follows which: decided without a database, a request or a clock."""
