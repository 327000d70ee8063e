"""What texts define and declare, and what each symbol was read as."""
