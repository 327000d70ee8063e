r"""The estimators k1, k2, k3 of a KL divergence: what each becomes in a loss and in a reward, on- and off-policy.

Every cell is found here and now: candidates are sifted in floating point, and the checker then proves the cell equal
to one of them, or refutes every one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from .quantities import GRADIENTS, OLD, SCORE, THETA, VALUES, Quantity, mean

if TYPE_CHECKING:
    from ..checking.verdict import Verdict

ESTIMATORS = {
    "k1": r"k_1(a) \doteq \log\frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}",
    "k2": r"k_2(a) \doteq \frac{1}{2}k_1(a)^2",
    "k3": r"k_3(a) \doteq \frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)}"
          r" - \log\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)} - 1",
}
SYMBOLS = {"k1": "k_1(a)", "k2": "k_2(a)", "k3": "k_3(a)"}
WEIGHTS = {"plain": "", "ρ": r"\rho(a)\,", "sg[ρ]": r"\operatorname{sg}[\rho(a)]\,"}
LAWS = {"π_θ": THETA, "π_old": OLD}
RATIOS = {
    "π_θ": r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\operatorname{sg}[\pi_\theta(a|s)]}",
    "π_old": r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}",
}
PLACES = ("loss", "reward")
SIFTED = 1e-6


@dataclass(frozen=True)
class Cell:
    """An expectation of the table as LaTeX, and the closed forms it may have; ``what`` is ``value`` or ``gradient``.

    The gradient in the loss is that of the sample's w·k, the sampling not differentiated; in the reward it is the
    score times w·sg[k].
    """

    estimator: str
    weight: str
    place: str
    law: str
    what: str

    @property
    def latex(self) -> str:
        """The expectation."""
        weight, symbol = WEIGHTS[self.weight], SYMBOLS[self.estimator]
        if self.what == "value":
            return mean(LAWS[self.law], weight + symbol)
        if self.place == "loss":
            return mean(LAWS[self.law], rf"\nabla_\theta({weight}{symbol})")
        return mean(LAWS[self.law], rf"{weight}\operatorname{{sg}}[{symbol}]\,{SCORE}")

    def where(self, latex: str) -> tuple[str, ...]:
        """The definitions that a text uses, in order."""
        text = latex + "".join(ESTIMATORS[name] for name, symbol in SYMBOLS.items() if symbol in latex)
        ratio = (RATIOS[self.law],) if r"\rho" in latex else ()
        return (*(ESTIMATORS[name] for name, symbol in SYMBOLS.items() if symbol in text), *ratio)

    @property
    def candidates(self) -> tuple[Quantity, ...]:
        """The closed forms that are tried."""
        return VALUES if self.what == "value" else GRADIENTS

    def claim(self, quantity: Quantity) -> str:
        """The statement that the cell is this quantity."""
        return f"{self.latex} = {quantity.latex}"


@dataclass(frozen=True)
class Finding:
    """What a cell is: a named quantity with its proof; or none, with a verdict on each candidate."""

    cell: Cell
    quantity: Quantity | None
    verdicts: tuple[Verdict, ...]

    @property
    def status(self) -> str:
        """``proved``; ``none`` where every candidate is refuted; else ``undecided``."""
        if self.quantity is not None:
            return "proved"
        return "none" if all(verdict.status == "refuted" for verdict in self.verdicts) else "undecided"

    @property
    def name(self) -> str:
        """What stands in the table."""
        return self.quantity.name if self.quantity else {"none": "none of these"}.get(self.status, self.status)

    def record(self) -> dict[str, Any]:
        """The finding as one JSON object: the verdict on the quantity, or on each candidate."""
        found = {"closed_form": self.name, "latex": self.cell.latex, "status": self.status}
        if self.quantity is not None:
            return {**found, "verdict": self.verdicts[0].record()}
        tried = zip(self.cell.candidates, self.verdicts, strict=True)
        return {**found, "candidates": [{"closed_form": quantity.name, "verdict": verdict.record()}
                                        for quantity, verdict in tried]}


@dataclass(frozen=True)
class Row:
    """An estimator, its weight, its place and the sampling law, with its expected value and gradient."""

    value: Finding
    gradient: Finding

    @property
    def cell(self) -> Cell:
        """The cell of the gradient, which says what the row is about."""
        return self.gradient.cell

    def record(self) -> dict[str, Any]:
        """The row as one JSON record."""
        cell = self.cell
        return {"estimator": cell.estimator, "weight": cell.weight, "sampled_from": cell.law, "place": cell.place,
                "value": self.value.record(), "gradient": self.gradient.record()}


def rows(estimators: Iterable[str] = tuple(ESTIMATORS)) -> Iterator[Row]:
    """The table, row by row as it is found: on-policy first, then off-policy."""
    for law, place, estimator, weight in product(LAWS, PLACES, estimators, WEIGHTS):
        # what is sampled does not depend on the place it is put in
        yield Row(find(Cell(estimator, weight, "loss", law, "value")),
                  find(Cell(estimator, weight, place, law, "gradient")))


@cache
def find(cell: Cell) -> Finding:
    """What a cell is, decided by the checker."""
    from ..checking.texts import prove

    found = {}
    for quantity in sifted(cell):
        claim = cell.claim(quantity)
        verdict = found[quantity] = prove(claim, cell.where(claim))
        if verdict.status == "proved":
            return Finding(cell, quantity, (verdict,))
    return Finding(cell, None, tuple(found[quantity] for quantity in cell.candidates))


def sifted(cell: Cell) -> list[Quantity]:
    """The candidates, those that have the cell's value in a few random models first: an order, and no verdict."""
    import numpy as np

    value = sample(cell.latex, cell.where(cell.latex))
    gaps = {quantity: float(np.abs(sample(quantity.latex, cell.where(quantity.latex)) - value).max())
            for quantity in cell.candidates}
    return sorted(cell.candidates, key=lambda quantity: gaps[quantity] > SIFTED)


@cache
def sample(latex: str, where: tuple[str, ...]) -> Any:
    """The values of an expression in a few random models."""
    import numpy as np

    from ..latex.statement.reader import read_statement
    from ..oracle import compile

    statement = read_statement(latex, where)
    definitions = statement.environment.used_by(statement.expressions)
    compiled = compile(statement.expressions[0], actions=3, where=definitions)
    # the same input is the same in every expression
    inputs = {name: np.random.default_rng(list(name.encode())).normal(size=(*shape, 3))
              for name, shape in compiled.inputs.items()}
    return compiled(inputs).values
