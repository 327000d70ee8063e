"""Records of what a loss function does, and the process that makes them."""
