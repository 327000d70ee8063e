"""What letters are, inferred from their uses: variables, laws, numbers, families, the parameter."""
