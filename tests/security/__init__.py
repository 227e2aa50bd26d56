"""Attacks on the whole product; each test was a hole, or holds shut a door that attackers try first."""
