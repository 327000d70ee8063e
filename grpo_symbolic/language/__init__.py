"""What can be said: immutable SymPy nodes for policies, expectations, gradients, divergences, clipping."""

from .arithmetic import (
    EULER,
    Const,
    Exp,
    Frac,
    Indicator,
    Log,
    Max,
    Min,
    Neg,
    Node,
    Num,
    Plus,
    Power,
    Root,
    Times,
    Transpose,
    is_zero,
    literal,
    node,
    plus,
    times,
)
from .binders import After, Argument, Bound, Prefix, Sample, Scope, TokenOf, Var, sort_of, substitute
from .derived import (
    DEFINITIONS,
    KL,
    Abbreviation,
    Abs,
    ChiSquare,
    Clip,
    Covariance,
    CrossEntropy,
    Entropy,
    Fisher,
    GroupMean,
    GroupSpread,
    JensenShannon,
    Norm,
    Preference,
    Sigmoid,
    Smallest,
    Softplus,
    TotalVariation,
    Variance,
    group_mean,
    group_spread,
    unfold,
)
from .errors import LanguageError, LawError, Misused, ScopeError, ShapeError
from .expectation import ALL, GROUP_SIZE, NONE, E, Expect, Product, Span, Sum, group_sum, is_whole, span, total, whole
from .extremum import AtLargest, Largest
from .optimum import Optimum, decided, maximiser, mentions
from .policy import (
    CONSTANT,
    CURRENT,
    OLD,
    ActionCount,
    App,
    Apply,
    Head,
    Law,
    Length,
    Ordinal,
    Policy,
    Prob,
    ProcessLaw,
    Same,
    StateLaw,
    variables,
)
from .process import ENDLESS, ActionValue, Advantage, Start, Transition, Value, Visited, looks_ahead
from .shapes import ANY, COVECTOR, MATRIX, SCALAR, VECTOR, Shape
from .signs import known_sign, least
from .statement import RELATIONS, Claim, Definition, Relation, expand, heads, moves
from .terms import Term, rewrite
from .theta import (
    AtOld,
    BigO,
    Gradient,
    Hessian,
    Maximum,
    Parameter,
    Step,
    StopGradient,
    Taylor,
    grad,
    remainder,
    stops,
    taylor,
)

__all__ = [
    "ALL", "ANY", "Abbreviation", "Abs", "ActionCount", "ActionValue", "After", "Advantage", "App", "Apply", "Argument",
    "AtLargest", "AtOld", "BigO", "Bound", "CONSTANT", "COVECTOR", "CURRENT", "ChiSquare", "Claim", "Clip", "Const",
    "Covariance", "CrossEntropy", "DEFINITIONS", "Definition", "E", "ENDLESS", "EULER", "Entropy", "Exp", "Expect",
    "Fisher", "Frac", "GROUP_SIZE", "Gradient", "GroupMean", "GroupSpread", "Head", "Hessian", "Indicator",
    "JensenShannon", "KL", "LanguageError", "Largest", "Law", "LawError", "Length", "Log", "MATRIX", "Max", "Maximum",
    "Min", "Misused", "NONE", "Neg", "Node", "Norm", "Num", "OLD", "Optimum", "Ordinal", "Parameter", "Plus", "Policy",
    "Power", "Preference", "Prefix", "Prob", "ProcessLaw", "Product", "RELATIONS", "Relation", "Root", "SCALAR", "Same",
    "Sample", "Scope", "ScopeError", "Shape", "ShapeError", "Sigmoid", "Smallest", "Softplus", "Span", "Start",
    "StateLaw", "Step", "StopGradient", "Sum", "Taylor", "Term", "Times", "TokenOf", "TotalVariation", "Transition",
    "Transpose", "VECTOR", "Value", "Var", "Variance", "Visited", "decided", "expand", "grad", "group_mean",
    "group_spread", "group_sum", "heads", "is_whole", "is_zero", "known_sign", "least", "literal", "looks_ahead",
    "maximiser", "mentions", "moves", "node", "plus", "remainder", "rewrite", "sort_of", "span", "stops", "substitute",
    "taylor", "times", "total", "unfold", "variables", "whole",
]  # fmt: skip
