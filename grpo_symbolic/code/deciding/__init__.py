"""What an expression is held against, and whether it is that."""
