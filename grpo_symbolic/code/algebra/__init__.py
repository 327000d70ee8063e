"""Expressions over sequences and tokens: built, derived, computed, brought to normal form."""
