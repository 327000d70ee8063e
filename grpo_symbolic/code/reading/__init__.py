"""A record read as an expression, and checked against the numbers of its runs."""
