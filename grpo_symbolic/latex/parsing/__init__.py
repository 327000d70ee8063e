"""From text to the surface: macros, characters, lexemes, brackets and scripts, without a meaning yet."""
