r"""Declared kinds: which letters are variables, which are functions, laws or constants. The one table for all of it.

Case, decoration and subscripts make different symbols; the kind of a symbol is that of its letter. ``where`` and
earlier definitions come first: a letter that they define is what they say.
"""

from __future__ import annotations

import re

from ...language.derived import FUNCTIONS_BY_WORD, MOMENTS
from .vocabulary import words

# Letters that name a variable where nothing else binds them, by sort.
STATES = words("s q x")
ACTIONS = words("a o y")
INDICES = words("i j m n")
TOKENS = words("t")
SORTS = {**dict.fromkeys(STATES, "state"), **dict.fromkeys(ACTIONS, "action"), **dict.fromkeys(INDICES, "index"),
         **dict.fromkeys(TOKENS, "token")}
# Letters that are a sequence of tokens (y_t is its token t); of the others, a_t and s_t are names of one step.
SEQUENCES = words(r"o y x \tau")
TRAJECTORY = r"\tau"

# Letters that are never applied: what stands in brackets after them is a factor.
CONSTANTS = words(
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \kappa \lambda \mu \nu \xi \chi \omega \tau "
    r"\vartheta c C G T N M K d e n m")
POSITIVE = words(r"\beta \varepsilon \epsilon G T")
# Letters of numbers by custom: a bracket with arithmetic after one of them, or after a constant, is a factor.
NUMBERS = CONSTANTS | words("k u v w z")
# Numbers that custom bounds where a text says nothing of them: the least, the greatest, the sign before the greatest.
RANGES = {r"\gamma": (0, "<", 1), r"\lambda": (0, "≤", 1)}
# Letters of functions of numbers: f(x + 1) applies f. Any other letter applies to samples, indices and θ only,
# so that A(s, a) is an application and A(1 + \varepsilon) a product.
MAPS = words(r"f g h \phi \varphi \psi \sigma \Phi \Psi")
# Letters that are vectors or matrices where they stand bare and undefined.
BARE_SHAPES = {"g": "vector", "H": "matrix", "F": "matrix"}
# Bare or with θ alone, these stand for a value at the sample that was drawn: \rho(\theta) under E is a function of it.
SAMPLED = words(r"A R r Q \rho \ell w")
# These do where an expectation names a law and nothing that is drawn: E_q[f].
SCHEMATIC = words(r"f g h k X Y Z \phi \varphi \psi")
# These may do where what is drawn is printed too: E_{a ∼ π}[f].
VALUED = MAPS | SCHEMATIC - {"k"} | words("q x y z")
# These are numbers there.
COEFFICIENTS = words(r"\alpha \beta \gamma \epsilon \varepsilon \eta \kappa \lambda c C G T N M K n m d e")
# These are numbers where what is drawn is printed.
BASELINES = words("b k u v")
# Errors of one step, which are random.
ERRORS = words(r"\delta \Delta \xi \zeta")
SAMPLED_DECORATIONS = words(r"\hat \tilde \widehat \widetilde")

# Letters of functions of what is drawn: under a sum or over a law they are no laws.
FUNCTIONS = MAPS | SAMPLED | words("V")

POLICY = r"\pi"
# Letters that are a parameter where they tell the members of a family of laws, and nothing differentiates.
PARAMETERS = words(r"\theta \vartheta \phi \varphi \psi \omega w")
BEHAVIOURS = words(r"\mu \nu")  # of these some are policies
LAW_LETTERS = words(r"P Q p q \mu D \nu")
VISITS = "d"  # the law of the states that are visited
ACTION_SET, STATE_SET = r"\mathcal{A}", r"\mathcal{S}"
ACTION_SETS = words(r"\mathcal{A} \mathcal{V} \mathcal{O} \mathcal{Y}")
EXPECTATIONS = words(r"\mathbb{E}")
DIVERGENCES = words(r"D \mathbb{D} \mathcal{D} \mathbf{D}")
ENTROPIES = words(r"H \mathcal{H} S \mathbb{H}")
VARIANCES = words(r"\mathbb{V}")
# What has a law below beside an expectation.
DRAWING = VARIANCES | words(r"E \text{E} \text{Var} \text{Cov}")
INDICATORS = words(r"\mathbf{1} \mathbb{1} \mathbb{I} I")
ONES = words(r"\mathbf{1} \mathbb{1}")

# Functions known by a word.
WORDS = {
    "clip": "clip", "mean": "mean", "std": "std", "sg": "stop", "stopgrad": "stop", r"stop\_grad": "stop",
    r"stop\_gradient": "stop", "stopgradient": "stop", "StopGrad": "stop", "detach": "stop", "exp": "exp", "log": "log",
    "min": "min", "max": "max", "KL": "divergence", "kl": "divergence", "sgn": "sign", "sign": "sign",
    "E": "expectation", "H": "entropy", "TV": "distance",
    **{kind.word: meaning for meaning, kind in MOMENTS.items()}, **{word: word for word in FUNCTIONS_BY_WORD}}
# Names of two letters that are printed as they stand.
NAMES = words("dV")
STOP_LABELS = frozenset(("no grad", "nograd", r"no\_grad", "sg", "stop grad", "detach", "stop gradient"))

OLD_WORDS = words(r"old \text{old}")
LABEL = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]*(?:[-_. ]+[A-Za-z0-9]+)*")

DEFINING = {"≐": "doteq", ":=": "define", "≜": "triangleq", "≡": "equiv"}
RELATION_HINTS = {"=": "eq", "≈": "approx", **DEFINING}
