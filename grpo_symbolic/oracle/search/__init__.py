"""Models on which a claim is tried: refutations, spot checks, and whether its assumptions can hold."""
