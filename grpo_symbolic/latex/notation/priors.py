r"""What letters stand for by custom: weak priors, which decide only where nothing in a text does.

What a construct asks of a letter (``latex/kinds``), a definition and a declaration come first: any letter may be drawn,
be summed over, be a law, a number, an index or a function. Two readings that a prior does not tell apart are both
tried, or the text is unread. Case, decoration and subscripts make other symbols, with the prior of their letter.
"""

from __future__ import annotations

from .vocabulary import words

# What a letter is that nothing binds, by sort.
STATES = words("s q x")
ACTIONS = words("a o y")
INDICES = words("i j m n")
TOKENS = words("t")
SORTS = {**dict.fromkeys(STATES, "state"), **dict.fromkeys(ACTIONS, "action"), **dict.fromkeys(INDICES, "index"),
         **dict.fromkeys(TOKENS, "token")}
# Sequences of tokens, y_t the token t of one; a_t and s_t of the others are names of one step.
SEQUENCES = words(r"o y x \tau")
TRAJECTORY = r"\tau"

# Numbers: what stands in brackets after one is a factor, unless it is what the letter is elsewhere applied to.
CONSTANTS = words(
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \kappa \lambda \mu \nu \xi \chi \omega \tau "
    r"\vartheta c C G T N M K d e n m")
# What is positive, and what is bounded, where nothing is declared of it: the least, the greatest, the sign before it.
POSITIVE = words(r"\beta \varepsilon \epsilon G T")
RANGES = {r"\gamma": (0, "<", 1), r"\lambda": (0, "≤", 1)}
# What may be a number where arithmetic stands in the brackets after it.
NUMBERS = CONSTANTS | words("k u v w z")
# What counts the terms of a sum whose end is not printed.
COUNTS = words("G K N M B T L n m")
# What is no whole number.
FRACTIONS = RANGES.keys() | POSITIVE - COUNTS
# How many tokens or steps there are: what is numbered up to these is a sequence, and no group.
LENGTHS = words("T H L") | TOKENS

# Functions of numbers: f(x + 1) applies f; any other letter applies to samples, indices and θ only, so that A(s, a) is
# an application and A(1 + \varepsilon) a product.
MAPS = words(r"f g h \phi \varphi \psi \sigma \Phi \Psi")
# Vectors and matrices, where a text has such, and one stands bare in it.
BARE_SHAPES = {"g": "vector", "H": "matrix", "F": "matrix"}

# What stands bare under an expectation: a value at the sample that was drawn, …
SAMPLED = words(r"A R r Q \rho \ell w")
# … such a value where the expectation names a law and nothing that is drawn, E_q[f], …
SCHEMATIC = words(r"f g h k X Y Z \phi \varphi \psi")
# … either, where what is drawn is printed, E_{a ∼ π}[f], …
VALUED = MAPS | SCHEMATIC - {"k"} | words("q x y z")
# … an error of one step, which is random, …
ERRORS = words(r"\delta \Delta \xi \zeta")
# … or a number, the second where what is drawn is printed.
COEFFICIENTS = words(r"\alpha \beta \gamma \epsilon \varepsilon \eta \kappa \lambda c C G T N M K n m d e")
BASELINES = words("b k u v")
# Functions of what is drawn: under a sum or over a law they are no laws.
FUNCTIONS = MAPS | SAMPLED | words("V")

# Policies, other laws, and the law of visited states; what compares two laws makes a law of any letter.
POLICY = r"\pi"
BEHAVIOURS = words(r"\mu \nu")  # of these some are policies
LAW_LETTERS = words(r"P Q p q \mu D \nu")
VISITS = "d"
# Parameters, where they tell the members of a family of laws, and nothing differentiates.
PARAMETERS = words(r"\theta \vartheta \phi \varphi \psi \omega w")
ACTION_SET, STATE_SET = r"\mathcal{A}", r"\mathcal{S}"
ACTION_SETS = words(r"\mathcal{A} \mathcal{V} \mathcal{O} \mathcal{Y}")

# Letters of operators, which are such only with what an operator has: a law below, laws or a comparison in brackets.
EXPECTATIONS = words(r"\mathbb{E}")
DIVERGENCES = words(r"D \mathbb{D} \mathcal{D} \mathbf{D}")
ENTROPIES = words(r"H \mathcal{H} S \mathbb{H}")
VARIANCES = words(r"\mathbb{V}")
DRAWING = VARIANCES | words(r"E \text{E} \text{Var} \text{Cov}")  # these have a law below beside an expectation
INDICATORS = words(r"\mathbf{1} \mathbb{1} \mathbb{I} I")
ONES = words(r"\mathbf{1} \mathbb{1}")
