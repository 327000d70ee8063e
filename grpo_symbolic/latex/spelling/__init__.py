"""What the surface prints, item by item: sections, indices, letters in scripts, and the account of all of it."""
