"""Expressions compiled to NumPy."""
