"""The identities for a Gaussian policy, whose actions are real numbers."""
