"""The reasons a step of a derivation may name, and what each allows the kernel to use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from .. import kernel as k
from .. import language as lang

ALGEBRA: frozenset[str] = frozenset()


class Cited(Protocol):
    """An earlier derivation: ``theorem`` decides it, until a deadline, and says what it used."""

    @property
    def label(self) -> str: ...
    @property
    def claim(self) -> lang.Claim: ...
    def paths(self) -> Any: ...
    def theorem(self, deadline: float) -> Any: ...


@dataclass(frozen=True)
class Reason:
    """A named justification.

    ``rules`` are the kernel rules it switches on beyond algebra (ring operations, linearity of sums and of ∇, the
    product rule), ``unfold`` the definitions it unfolds, ``theorem`` an earlier derivation whose equation it rewrites
    with. ``remainder`` allows a step that holds up to a remainder. ``constants`` are the policies that it holds
    fixed, ``speaks_of`` the kinds of expression one of which the step must contain. ``whole`` says nothing of why a
    step holds: every rule is switched on, needed or not.
    """

    text: str
    rules: frozenset[str] = ALGEBRA
    unfold: tuple[lang.Definition, ...] = ()
    theorem: Cited | None = field(default=None, compare=False)
    remainder: bool = False
    constants: frozenset[str] = frozenset()
    speaks_of: tuple[type, ...] = ()
    whole: bool = False


LINEARITY = Reason("linearity")
EXPECTATION = Reason("an expectation is a weighted sum", speaks_of=(lang.Expect,))
DIVERGENCE = Reason(
    "definition of the divergence (3)", speaks_of=(lang.KL, lang.Entropy, lang.CrossEntropy))
EVALUATION = Reason("at θ = θ_old", speaks_of=(lang.AtOld,))
INTERCHANGE = Reason("derivatives pass under a finite sum", frozenset({"interchange"}))
LOG_DERIVATIVE = Reason("log-derivative", frozenset({"log-derivative"}))
LOG_OF_RATIO = Reason("the logarithm of a ratio", frozenset({"log-split"}))
NORMALISATION = Reason("probabilities sum to one", frozenset({"normalisation"}))
INDEPENDENCE = Reason("the samples are independent draws", frozenset({"group", "normalisation"}))
TAYLOR = Reason("Taylor's theorem", remainder=True)
VALUES = Reason("definition of the values", speaks_of=(lang.Value, lang.ActionValue, lang.Advantage))
VISITS = Reason("definition of the visited states", speaks_of=(lang.Visited,))
PATH = Reason("a path is the product of its steps", frozenset({"path"}))
MARKOV = Reason("the Markov property", frozenset({"markov"}))
RECURSION = Reason("one step, and then the others", frozenset({"recursion"}))
DYNAMICS = Reason("the process does not depend on θ", frozenset({"constant"}))
GEOMETRIC = Reason("a geometric series", frozenset({"mass"}))


def checked(*definitions: lang.Definition) -> Reason:
    """No reason is given: the step is decided by all rules, and these definitions."""
    return Reason("decided as a whole", k.RULES, definitions, whole=True)


def constant(name: str) -> Reason:
    """A policy does not depend on θ."""
    return Reason(f"{name} is constant in θ", frozenset({"constant"}), constants=frozenset({name}))


def definition(name: str, *definitions: lang.Definition) -> Reason:
    """Unfolding definitions, or folding them."""
    return Reason(f"definition of {name}", unfold=definitions)


def by(derivation: Cited) -> Reason:
    """An equation derived earlier, used for every instance of its left or of its right side."""
    return Reason(f"by {derivation.label}", theorem=derivation)
