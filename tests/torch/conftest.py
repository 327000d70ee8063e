"""PyTorch is where ``--interpreter`` says, for it need not be where the tests run."""

collect_ignore = ["losses.py", "operations.py"]
