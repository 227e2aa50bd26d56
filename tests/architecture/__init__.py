"""What the house promises about itself, measured; each failure says what to do."""
