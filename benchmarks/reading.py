r"""How fast LaTeX is read: statements a second, beside SymPy's own parsers, and from a cold start.

    python benchmarks/reading.py [--seconds 1] [--runs 5]

Rates are by the clock, those of the best of several batches, after warm-up, all in one process. SymPy's parsers read
the formulas that they and we accept; the ANTLR backend needs antlr4-python3-runtime 4.11, which is no dependency of
this project, and is left out where that is missing. The cold start is that of ``prove`` on one statement as a whole
process, as a ratio to importing SymPy, the two started in turn: of the least times, and of the medians.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable
from statistics import median
from time import perf_counter

from startup import seconds
from sympy.parsing.latex import parse_latex

from grpo_symbolic.latex.statement.reader import read_expression, read_statement
from grpo_symbolic.paper.displays import DISPLAYS

TARGET_RATE, TARGET_FACTOR, TARGET_START = 500.0, 5.0, 3.0
BATCHES = 10
STATEMENTS = {display.id: display.latex for display in DISPLAYS if display.id in ("eq01", "eq05", "eq09", "eq13")}
SCORE = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0"
# Formulas that all three accept: arithmetic, fractions, powers, roots, logarithms, sums.
SHARED = (
    r"\frac{1}{2} \beta^2 + 3 \beta - 1",
    r"\frac{\alpha + \beta}{\alpha - \beta}",
    r"\log \beta - \log \alpha",
    r"\sqrt{\alpha^2 + \beta^2}",
    r"\frac{1}{G} \sum_{j=1}^{G} \frac{\alpha + 1}{\beta}",
    r"(\alpha + \beta) (\alpha - \beta)",
    r"\frac{\frac{\alpha}{\beta} - \log \frac{\alpha}{\beta} - 1}{\gamma + \epsilon}",
)


def rate(read: Callable[[], object], budget: float) -> float:
    """Calls a second, the best of several batches that together take about ``budget`` seconds."""
    start = perf_counter()
    read()
    once = max(perf_counter() - start, 1e-4)
    size = max(1, int(budget / BATCHES / once))
    best = 0.0
    for _ in range(BATCHES + 1):
        start = perf_counter()
        for _ in range(size):
            read()
        best = max(best, size / (perf_counter() - start))
    return best


def verdict(reached: bool) -> str:
    """Whether a target is met."""
    return "met" if reached else "missed"


def statements(budget: float) -> None:
    """Print how many statements are read a second; that of (9) has a target."""
    print(f"{'statement':12} {'characters':>10} {'reads/s':>9}")
    for name, latex in STATEMENTS.items():
        found = rate(lambda latex=latex: read_statement(latex), budget)  # type: ignore[misc]
        goal = f"   target {TARGET_RATE:.0f}: {verdict(found >= TARGET_RATE)}" if name == "eq09" else ""
        print(f"{name:12} {len(latex):10} {found:9.0f}{goal}")


def beside_sympy(budget: float) -> None:
    """Print the rates of SymPy's parsers beside ours on the formulas that all accept."""
    def ours() -> None:
        for latex in SHARED:
            read_expression(latex)

    base = len(SHARED) * rate(ours, budget)
    print(f"\n{'formulas that all accept':26} {'reads/s':>9} {'factor':>8}\n{'this reader':26} {base:9.0f}")
    for backend, needs in (("antlr", "antlr4"), ("lark", "lark")):
        if importlib.util.find_spec(needs) is None:
            print(f"{'SymPy, ' + backend:26} left out: {needs} is not installed")
            continue

        def theirs(backend: str = backend) -> None:
            for latex in SHARED:
                parse_latex(latex, backend=backend)

        found = len(SHARED) * rate(theirs, budget)
        reached = verdict(base / found >= TARGET_FACTOR)
        print(f"{'SymPy, ' + backend:26} {found:9.0f} {base / found:8.1f}   target {TARGET_FACTOR:.0f}: {reached}")


def cold(runs: int) -> None:
    """Print how long ``prove`` on one statement takes as a process, as a ratio to importing SymPy."""
    commands = (["-c", "import sympy"], ["-m", "grpo_symbolic", "prove", SCORE])
    for arguments in commands:
        seconds(arguments)  # fills the caches of both
    imports, whole = zip(*([seconds(arguments) for arguments in commands] for _ in range(runs)), strict=True)
    print()
    for name, of in (("least", min), ("median", median)):
        base, ours = of(imports), of(whole)
        print(f"cold start of prove, {name:6} of {runs}: {ours:.2f} s, of import sympy {base:.2f} s: "
              f"ratio {ours / base:.2f}   target {TARGET_START:.0f}: {verdict(ours / base <= TARGET_START)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=1.0, help="seconds for each rate")
    parser.add_argument("--runs", type=int, default=5, help="cold starts of each command")
    options = parser.parse_args()
    statements(options.seconds)
    beside_sympy(options.seconds)
    cold(max(1, options.runs))


if __name__ == "__main__":
    main()
