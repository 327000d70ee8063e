"""``python -m grpo_symbolic`` is the command ``grpo-symbolic``."""

import sys

from grpo_symbolic.cli import main

if __name__ == "__main__":
    sys.exit(main())
