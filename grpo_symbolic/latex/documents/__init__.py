"""The statements of a file, one after the other, and read together."""
