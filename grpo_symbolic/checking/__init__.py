"""Verdicts on statements and texts: the only room where proof and oracle meet."""
