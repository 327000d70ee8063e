"""Facts of a loss, and all that is said of it."""
