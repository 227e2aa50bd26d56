"""The budgets of every page, measured in a real browser."""
