"""How long the command takes as a whole process, as a ratio to importing SymPy.

    python benchmarks/startup.py [--runs 7]

Both processes are started in turn, so that a busy machine slows both alike; the ratio is that of the medians. The
target is 4.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from statistics import median
from time import perf_counter

TARGET_RATIO = 4.0
COMMANDS = {
    'python -c "import sympy"': ["-c", "import sympy"],
    "python -m grpo_symbolic check": ["-m", "grpo_symbolic", "check"],
}


def seconds(arguments: list[str]) -> float:
    """How long a Python process with these arguments takes; raises where it fails."""
    # the compiled modules of an installed package are kept, whatever is set here
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = max(1, parser.parse_args().runs)
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for arguments in COMMANDS.values():
        seconds(arguments)  # fills the caches of both
    for _ in range(runs):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    print(f"{'process':32} {'median s':>9} {'least s':>9} {'most s':>9}")
    for name, measured in times.items():
        print(f"{name:32} {median(measured):9.2f} {min(measured):9.2f} {max(measured):9.2f}")
    base, command = (median(measured) for measured in times.values())
    ratio = command / base
    print(f"\nratio {ratio:.2f}, target {TARGET_RATIO:.0f}: {'met' if ratio <= TARGET_RATIO else 'missed'}")


if __name__ == "__main__":
    main()
