"""What a text says: its links, each a definition, a claim or an expression, in one reading or in several."""
