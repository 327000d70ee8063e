"""What a derivation script needs beside the paper's symbols: the reasons, and how an argument is shown."""

from __future__ import annotations

from ..language import (
    KL,
    AtOld,
    Claim,
    Clip,
    Definition,
    E,
    Fisher,
    Head,
    Hessian,
    Log,
    Min,
    Node,
    Relation,
    StateLaw,
    StopGradient,
    grad,
    group_sum,
    remainder,
    total,
)
from ..language import Root as sqrt
from ..proof.derivation import Derivation
from ..proof.reasons import (
    DIVERGENCE,
    DYNAMICS,
    EVALUATION,
    EXPECTATION,
    GEOMETRIC,
    INDEPENDENCE,
    INTERCHANGE,
    LINEARITY,
    LOG_DERIVATIVE,
    LOG_OF_RATIO,
    MARKOV,
    NORMALISATION,
    PATH,
    RECURSION,
    TAYLOR,
    VALUES,
    VISITS,
    by,
    constant,
    definition,
)
from ..shelf.argument import Argument
from .claims import CLAIMS
from .displays import DISPLAYS


def argument(topic: str, *derivations: Derivation) -> Argument:
    """What a script has to say of a display, or of a group of claims."""
    return Argument(topic, derivations)


def derive(name: str) -> Derivation:
    """The start of the derivation of a display that claims something, or of a claim about the paper: its left side."""
    for one in CLAIMS:
        if one.id == name:
            return Derivation(one.id, one.id, one.build(), remark=one.sentence)
    display = next(display for display in DISPLAYS if display.id == name)
    claim = display.build()
    if not isinstance(claim, Claim):
        raise ValueError(f"{name} claims nothing")
    label = f"({display.number})" if display.number else display.title
    return Derivation(display.id, label, claim, remark=display.title)


def show_that(name: str, left: Node, right: Node | float, *where: Definition) -> Derivation:
    """The start of the derivation of left = right, under a name of its own."""
    return Derivation(name.replace(" ", "-"), name, Claim(Relation("=", left, right), where), remark=name)


__all__ = [
    "DIVERGENCE", "DYNAMICS", "E", "EVALUATION", "EXPECTATION", "GEOMETRIC", "INDEPENDENCE", "INTERCHANGE", "KL",
    "LINEARITY", "LOG_DERIVATIVE", "LOG_OF_RATIO", "MARKOV", "NORMALISATION", "PATH", "RECURSION", "TAYLOR", "VALUES",
    "VISITS", "AtOld", "Clip", "Fisher", "Head", "Hessian", "Log", "Min", "StateLaw", "StopGradient", "argument",
    "by", "constant", "definition", "derive", "grad", "group_sum", "remainder", "show_that", "sqrt", "total",
]  # fmt: skip
