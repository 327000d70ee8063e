"""Loss functions in PyTorch, JAX and NumPy: what they compute, recorded by running them."""
