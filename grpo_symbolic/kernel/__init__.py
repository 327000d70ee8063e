"""The trusted part: canonical forms of expectation calculus, and what they decide."""

from .calculus import ACTION, COORDINATE, RULES, STATE, STEP, TAU, Calculus, Sort
from .form import (Form, Generator, Hypothesis, KernelError, Monomial, Poly, Rational, Term, Used, atom, combine,
                   inside, mentions, number, replace_term, sign, sign_of_generator, single, variable)
from .theorem import Assumption, Given, NotProved, Part, Split, Theorem, contact, is_zero, related
