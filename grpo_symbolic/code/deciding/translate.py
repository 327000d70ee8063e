"""A loss as a term of the language: sums over positions that a mask multiplies are sums over the tokens of a sequence.

What has no such term reads padding, moves positions, or counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ... import language as lang
from ...checking.check import check_claim
from ...language.binders import Prefix, Sample, TokenOf
from ...latex.printing.printer import latex as printed
from ...objectives.notation import DAPO
from ..algebra.expression import multiply, negative
from ..algebra.nodes import BATCH, MASK, TOKEN, Expression, is_number, parts
from ..algebra.printing import latex, name_of
from .sayable import POLICIES, RULES, Unsayable

STATE, GROUP = lang.Var("q", "state"), lang.Var("o", "group")
INDEX, POSITION = lang.Var("i", "index"), lang.Var("t", "token")
ANSWER = Sample(GROUP, INDEX)
TOKENS = {(BATCH, TOKEN): (INDEX, POSITION, GROUP, STATE), (BATCH,): (INDEX, GROUP, STATE)}
GROUP_SYMBOL = lang.GROUP_SIZE.name
HEADS = {"A": r"\hat{A}", "r": "r", "H": "H"}


def statement(left: Expression, right: Expression, gradient: bool = False) -> lang.Claim:
    """The claim that two losses, or their gradients, are equal.

    Raises Unsayable where one has no term, or two hyper-parameters one symbol.
    """
    names = {part.data for side in (left, right) for part in parts(side) if part.kind == "constant"}
    if len({GROUP_SYMBOL, *map(symbol_of, names)}) <= len(names):
        raise Unsayable("two hyper-parameters have one symbol")
    sides = [written(side) for side in (left, right)]
    return lang.Claim(lang.Relation("=", *(lang.grad(side) if gradient else side for side in sides)))


def asked(left: Expression, right: Expression, gradient: bool, budget: float) -> str:
    """What the kernel makes of that claim within a budget of seconds; ``undecided`` where a side has no term."""
    try:
        return check_claim(statement(left, right, gradient), budget=budget).status
    except Unsayable:
        return "undecided"


def in_latex(node: Expression) -> str:
    """LaTeX of an expression that reads back, in the notation of DAPO; as it can be printed where it has no term."""
    try:
        return printed(written(node), DAPO)
    except Unsayable:
        return latex(node)


def written(node: Expression) -> lang.Node:
    """The term of an expression. Raises Unsayable where it has none."""
    args = node.args
    match node.kind:
        case "number":
            return _number(node.data)
        case "constant":
            return lang.Const(symbol_of(node.data), "positive")
        case "size" if node.data == BATCH:
            return lang.GROUP_SIZE
        case "leaf":
            return _leaf(node)
        case "sum":
            return _sum(node)
        case "add":
            return _plus(node)
        case "multiply" | "power":
            return _quotient(node)
        case "exp":
            return _exponential(args[0])
        case "compare":
            return lang.Indicator(node.data, *map(written, args))
    rule: Callable[..., lang.Node] | None = RULES.get(node.kind)
    if rule is None:
        raise Unsayable(f"{node.kind} has no term")
    return rule(*map(written, args))


def symbol_of(name: str) -> str:
    """A symbol for a hyper-parameter that reads back: what has no letter of its own is a subscript of c."""
    found = name_of(name)
    if not found.startswith(r"\text"):
        return found
    return rf"c_{{\text{{{''.join(letter for letter in name if letter.isalpha())}}}}}"


def _plus(node: Expression) -> lang.Node:
    """A sum that does not begin with a minus where that can be."""
    terms = list(map(written, node.args))
    return lang.plus(*sorted(terms, key=lambda term: isinstance(term, lang.Neg)))


def _number(value: Fraction) -> lang.Node:
    above = lang.Num(abs(value.numerator))
    found = above if value.denominator == 1 else lang.Frac(above, lang.Num(value.denominator))
    return found if value >= 0 else lang.Neg(found)


def _leaf(node: Expression) -> lang.Node:
    name, places = node.data
    if any(by for _, by in places) or name == MASK:
        raise Unsayable("positions are moved, or a mask stands where nothing is summed")
    if name in POLICIES:
        return lang.Log(chance(name))
    arguments = TOKENS.get(tuple(axis for axis, _ in places))
    if name not in HEADS or arguments is None:
        raise Unsayable(f"{name} has no name in the language")
    index = "_{#1}" if len(arguments) < len(TOKENS[(BATCH, TOKEN)]) else "_{#1,#2}"
    return lang.Head(HEADS[name] + index, "θ" if name == "H" else "")(*arguments)


def chance(name: str) -> lang.Node:
    """The probability of a token under a policy."""
    return POLICIES[name](TokenOf(ANSWER, POSITION), STATE, Prefix(ANSWER, POSITION))


def _sum(node: Expression) -> lang.Node:
    body = node.args[0]
    if node.data == BATCH:
        return lang.total(INDEX, written(body))
    if node.data != TOKEN:
        raise Unsayable("the vocabulary is summed")
    factors = body.args if body.kind == "multiply" else (body,)
    masks = [one for one in factors if one.kind == "leaf" and one.data == (MASK, ((BATCH, 0), (TOKEN, 0)))]
    if not masks:
        raise Unsayable("a sum over positions reads padding")
    inner = multiply(*(one for one in factors if one not in masks))
    if inner.kind == "number":
        return lang.Length(ANSWER) if is_number(inner, 1) else lang.times(_number(inner.data), lang.Length(ANSWER))
    return lang.total(POSITION, written(inner), upper=lang.Length(ANSWER))


def _quotient(node: Expression) -> lang.Node:
    """A product as a quotient of what has positive and negative powers, its sign in front."""
    factors = list(node.args if node.kind == "multiply" else (node,))
    value = factors.pop(0).data if factors[0].kind == "number" else Fraction(1)
    above = [] if abs(value) == 1 else [_number(abs(value))]
    below: list[lang.Node] = []
    for one in factors:
        if one.kind == "power":
            side = above if one.data > 0 else below
            base = written(one.args[0])
            side.append(base if abs(one.data) == 1 else lang.Power(base, _number(abs(one.data))))
        else:
            above.append(written(one))
    top = lang.times(*above) if above else lang.Num(1)
    found = lang.Frac(top, lang.times(*below)) if below else top
    return found if value > 0 else lang.Neg(found)


def _exponential(node: Expression) -> lang.Node:
    """A quotient of probabilities where log-probabilities are added and taken away."""
    above: list[lang.Node] = []
    below: list[lang.Node] = []
    rest: list[lang.Node] = []
    for term in node.args if node.kind == "add" else (node,):
        turned = negative(term)
        for one, side in ((term, above), (turned, below)):
            if one.kind == "leaf" and one.data[0] in POLICIES and not any(by for _, by in one.data[1]):
                side.append(chance(one.data[0]))
                break
        else:
            rest.append(written(term))
    above += [lang.Exp(lang.plus(*rest))] if rest else []
    top = lang.times(*above) if above else lang.Num(1)
    return lang.Frac(top, lang.times(*below)) if below else top


