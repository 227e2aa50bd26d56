"""Who did what to which object, when, from what to what: noted in the transaction that does it."""
