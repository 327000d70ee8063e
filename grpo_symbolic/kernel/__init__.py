"""The trusted part: canonical forms of expectation calculus, and what they decide."""

from .chains import ends_of
from .advice import (Advice, Assumption, Compare, Given, Members, Part, Rewrite, Split, Squares, Suggest, nothing,
                     total_of)
from .form import (ACT, ACTION, COORDINATE, HERE, SAME, STATE, Exp, Form, Generator, Hypothesis, Indicator,
                   KernelError, Leaf, Log, Monomial, NotProved, Poly, Power, Rational, Sort, Sum, Value, Visits, atom,
                   bound_by, combine, constant, leaf, leaves, number, same)
from .given import OBLIGED, instances
from .order import is_zero
from .points import ENDLESS, LENGTH, PATH, PLACE
from .ring import RULES
from .sign import Sign, generated, of, reaches, sign, sign_of, sign_of_monomial, whole
from .slopes import STEP, TAU, Calculus
from .terms import (Numeral, Point, Term, Variable, holds, inside, mentions, numeral, point, replaced, sort_of,
                    variable)
from .theorem import Theorem, contact, follow, related, settled
