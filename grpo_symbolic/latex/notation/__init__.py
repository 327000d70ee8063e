"""What is fixed before any text is read: the commands that are known, the custom of letters, the notations."""
