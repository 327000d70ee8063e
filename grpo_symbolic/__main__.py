"""``python -m grpo_symbolic`` is the command ``grpo-symbolic``."""

import sys


def main() -> int:
    """Run the command, which may be interrupted even before it is loaded."""
    try:
        from grpo_symbolic.cli import main as command

        return command()
    except KeyboardInterrupt:
        print("grpo-symbolic: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
