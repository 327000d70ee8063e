"""From the language to LaTeX: statements, derivations and whole documents."""
