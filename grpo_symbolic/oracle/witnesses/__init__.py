"""Why each kind of hypothesis is needed."""
