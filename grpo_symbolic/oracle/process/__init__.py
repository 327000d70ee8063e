"""Decision processes: small ones, evaluated by definition in exact rationals."""
