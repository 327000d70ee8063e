"""Finite models: numbers, jets, trees of tokens, and tables for every name."""
