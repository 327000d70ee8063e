"""Standard readings: what the field writes without a definition, and what it means by it."""
