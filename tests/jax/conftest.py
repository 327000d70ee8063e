"""JAX is where ``--interpreter`` says; the files that use it are no modules where the tests run."""

from pathlib import Path

collect_ignore = [path.name for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_")]
