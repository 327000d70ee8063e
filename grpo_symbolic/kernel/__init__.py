"""The trusted part: canonical forms of expectation calculus, and the equality they decide."""

# isort: off
from .calculus import ACTION, COORDINATE, RULES, STATE, STEP, TAU, Calculus, Sort
from .form import (Form, Generator, Hypothesis, KernelError, Monomial, Poly, Term, Used, atom, inside, mentions, number,
                   sign, sign_of_generator, single, variable)
from .theorem import NotProved, Theorem, contact, difference, equal, is_zero

__all__ = [
    "ACTION", "COORDINATE", "RULES", "STATE", "STEP", "TAU", "Calculus", "Form", "Generator", "Hypothesis",
    "KernelError", "Monomial", "NotProved", "Poly", "Sort", "Term", "Theorem", "Used", "atom", "contact", "difference",
    "equal", "inside", "is_zero", "mentions", "number", "sign", "sign_of_generator", "single", "variable",
]  # fmt: skip
