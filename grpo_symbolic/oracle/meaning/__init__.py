"""What the language means on a model, rule by rule, and what a claim asks of one."""
