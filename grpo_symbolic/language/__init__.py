"""What can be said: immutable SymPy nodes for policies, expectations, gradients, divergences, clipping."""

from .arithmetic import (
    Abs,
    Clip,
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
    node,
    plus,
    times,
)
from .binders import Bound, Prefix, Sample, Scope, TokenOf, Var, sort_of, substitute
from .calculus import (
    AtOld,
    BigO,
    Fisher,
    Gradient,
    Hessian,
    Maximum,
    Norm,
    Parameter,
    Step,
    StopGradient,
    Taylor,
    grad,
    remainder,
    stops,
    taylor,
)
from .errors import LanguageError, LawError, ScopeError, ShapeError
from .expectation import (
    ALL,
    GROUP_SIZE,
    KL,
    NONE,
    CrossEntropy,
    E,
    Entropy,
    Expect,
    GroupMean,
    GroupSpread,
    Product,
    Span,
    Sum,
    group_mean,
    group_spread,
    group_sum,
    span,
    total,
    whole,
)
from .policy import CONSTANT, CURRENT, OLD, ActionCount, App, Head, Law, Length, Policy, Prob, StateLaw, variables
from .shapes import ANY, COVECTOR, MATRIX, SCALAR, VECTOR, Shape
from .signs import known_sign, least
from .statement import RELATIONS, Claim, Definition, Relation, expand, heads, moves
from .terms import Term, rewrite

__all__ = [
    "ALL", "ANY", "Abs", "ActionCount", "App", "AtOld", "BigO", "Bound", "CONSTANT", "COVECTOR", "CURRENT", "Claim",
    "Clip", "Const", "CrossEntropy", "Definition", "E", "Entropy", "Exp", "Expect", "Fisher", "Frac", "GROUP_SIZE",
    "Gradient", "GroupMean", "GroupSpread", "Head", "Hessian", "Indicator", "KL", "LanguageError", "Law",
    "LawError", "Length", "Log", "MATRIX", "Max", "Maximum", "Min", "NONE", "Neg", "Node", "Norm", "Num", "OLD",
    "Parameter", "Plus", "Policy", "Power", "Prefix", "Prob", "Product", "RELATIONS", "Relation", "Root", "SCALAR",
    "Sample", "Scope", "ScopeError", "Shape", "ShapeError", "Span", "StateLaw", "Step", "StopGradient", "Sum", "Taylor",
    "Term", "Times", "TokenOf", "Transpose", "VECTOR", "Var", "expand", "grad", "group_mean", "group_spread",
    "group_sum", "heads", "known_sign", "least", "moves", "node", "plus", "remainder", "rewrite", "sort_of", "span",
    "stops", "substitute", "taylor", "times", "total", "variables", "whole",
]  # fmt: skip
