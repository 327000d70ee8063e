"""Pictures that explain: what the sides of theorems come to, evaluated by definition and drawn."""
