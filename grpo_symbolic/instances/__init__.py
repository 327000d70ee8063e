"""A statement for given sizes and a softmax policy, as an ordinary SymPy expression."""
