"""The trusted part: canonical forms of expectation calculus, and the equality they decide."""

from .calculus import ACTION, COORDINATE, RULES, STATE, STEP, TAU, Calculus, Sort
from .form import Form, Generator, Hypothesis, KernelError, Poly, Term, Used, atom, number, single, variable
from .theorem import NotProved, Theorem, contact, equal, is_zero

__all__ = ["ACTION", "COORDINATE", "RULES", "STATE", "STEP", "TAU", "Calculus", "Form", "Generator", "Hypothesis",
           "KernelError", "NotProved", "Poly", "Sort", "Term", "Theorem", "Used", "atom", "contact", "equal",
           "is_zero", "number", "single", "variable"]
