"""From the surface to the language: arithmetic, products and what reaches over what.

A factor is one symbol with its arguments, a bracket, a fraction, or an operator with its operand. log and ∇ reach over
one factor; Σ, Π and an expectation without a bracket over the product up to the next + or −.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Basic, Rational

from ...language import (
    COVECTOR,
    SCALAR,
    Abs,
    ActionCount,
    App,
    Const,
    Exp,
    Frac,
    Law,
    Length,
    Log,
    Max,
    Min,
    Neg,
    Node,
    Norm,
    Num,
    Parameter,
    Policy,
    Power,
    Prob,
    Root,
    Step,
    Transpose,
    Var,
    plus,
    sort_of,
    times,
)
from ..kinds.application import word_before_factor
from ..kinds.evidence import RUN_BY
from ..kinds.numbering import set_of
from ..kinds.parameter import derivative
from ..kinds.reach import reach_of
from ..notation import priors as table
from ..notation.vocabulary import DECORATIONS
from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Content, Expr, Item, content_of, unwrap
from ..read_error import Fault, Malformed
from .anonymous_moments import unlawful
from .brackets import is_variable
from .builder import Builder, Draw
from .cases import compares, read_cases
from .counting import count_members
from .derivatives import read_nabla, read_quotient
from .dropped import refuse_dropped
from .formal import read_argmax
from .functions import read_symbol
from .maxima import OVER, read_maximum, widened
from .maximisers import read_at_maximiser
from .moments import read_norm
from .policies import refuse_moving
from .ranges import read_sum
from .scripts import raised, read_evaluated, with_own_scripts, with_scripts
from .variables import ambient_variable, read_variable
from .words import bare_but, powered

MAX_OPERATORS = 60
# The scripts that functions take.
SCRIPTED = {"nabla": ("sub", "sup"), "partial": ("sub", "sup"), **dict.fromkeys(OVER, ("sub", "sup"))}
COUNTED = ("index", "token")
STEP = plus(Parameter(), Neg(Parameter("old")))


def expression(builder: Builder, expr: Expr | None, pos: int) -> Node:
    """The node of signed terms."""
    if expr is None:
        raise Malformed("an expression is missing here", pos)
    terms = []
    for sign, items, place in widened(builder, expr).terms:
        found = builder.term(items)
        terms.append(builder.built(Neg, found, pos=place) if sign == "-" else found)
    if any(term.shape != SCALAR for term in terms):
        terms = [term for term in terms if term not in (Num(0), Neg(Num(0)))] or terms
    return terms[0] if len(terms) == 1 else builder.built(plus, *terms, pos=expr.pos)


def inside(builder: Builder, content: Content, pos: int) -> Node:
    """The node of a bracket's content, which must be one expression."""
    if content.only is None:
        found = content.seps[0] if content.seps else (content.pieces[0].rels or [("", pos)])[0]
        if not found[0]:
            raise Malformed("these brackets are empty", found[1])
        raise Fault(f"the sign {found[0]} has no meaning inside these brackets", found[1])
    node = builder.expression(content.only, pos)
    return Step().hinted(form="difference") if is_step(node) else node


def arguments(builder: Builder, content: Content, pos: int) -> list[Node]:
    """Several expressions, separated by commas."""
    for sign, place in content.seps:
        if sign != ",":
            raise Fault(f"arguments are separated by commas, not by {sign}", place)
    for piece in content.pieces:
        if piece.rels:
            raise Fault(f"the sign {piece.rels[0][0]} has no meaning among arguments", piece.rels[0][1])
    return [builder.expression(piece.only, pos) for piece in content.pieces]


def term(builder: Builder, items: list[Item]) -> Node:
    """The node of a product."""
    factors: list[Node] = []
    p, waiting = 0, ""
    while p < len(items):
        item = items[p]
        if item.kind == "op":
            if not factors or waiting or p + 1 == len(items):
                raise Malformed("a factor is missing beside this sign", item.pos)
            waiting = item.value
            p += 1
        elif item.kind == "bar":
            if not factors:
                raise Malformed("an evaluation bar stands here with nothing before it", item.pos)
            factors = [builder.raised(read_evaluated(builder, builder.built(times, *factors), item), item.sup)]
            p += 1
        else:
            if not waiting and p and item.kind == "num" and items[p - 1].kind == "num" and items[p - 1].plain:
                raise Fault("two numbers side by side: write their product with \\cdot", item.pos)
            start = p
            node, p = builder.operand(items, p)
            refuse_factor(builder, items, start, p)
            if waiting == "/":
                node, p = divisor(builder, node, items, start, p)
                node = builder.built(Frac, factors.pop(), node, pos=item.pos)
                node.hints = {"form": "slash"}
            waiting = ""
            factors.append(node)
    return factors[0] if len(factors) == 1 else builder.built(times, *factors, pos=items[0].pos)


def divisor(builder: Builder, node: Node, items: list[Item], start: int, p: int) -> tuple[Node, int]:
    """What a slash divides by, the factor from ``start`` to ``p`` or also those after it, and the place after."""
    end = next((k for k in range(p, len(items)) if items[k].kind in ("op", "big", "bar")), len(items))
    if p == end or items[p].kind in ("op", "big", "bar"):
        return node, p
    options = f"{builder.print_of(items[start:p])} alone divides", f"{builder.print_of(items[start:end])} divides"
    whole = builder.choose("what follows a/b may belong to b: write a fraction or brackets", "what a slash divides by",
                           options, items[p].pos)
    return (builder.term(items[start:end]), end) if whole else (node, p)


def logarithm(builder: Builder, items: list[Item], p: int, kind: Callable[[Node], Node] = Log,
              called: str = "logarithm") -> tuple[Node, int]:
    """The logarithm, or what is read as one, whose sign stands at ``p``, and the place after what it is taken of."""
    node, after = builder.operand(items, p + 1)
    first, pos = items[p + 1], items[p].pos
    bracket = first.kind == "group" and first.value != "brace"
    last = items[after - 1]
    if bracket or after == len(items):
        return builder.built(kind, node, pos=pos), after
    if items[after].kind == "op" and items[after].value == "/" and after + 1 < len(items):
        other, end = builder.operand(items, after + 1)
        reason = f"this divides the {called}, or what it is taken of: write brackets"
        whole = builder.built(Frac, node, other, pos=pos)
    elif (last.kind == "num" or weighs(first, node)) and items[after].kind not in ("op", "bar"):
        end = next((k for k in range(after, len(items)) if items[k].kind in ("op", "bar")), len(items))
        other = builder.term(items[after:end])
        reason = f"this multiplies the {called}, or the number that it is taken of: write brackets"
        whole = builder.built(times, node, other, pos=pos)
    elif multiplied(builder, first, items[after]) and after == p + 2:
        end = next((k for k in range(after, len(items)) if items[k].kind in ("op", "bar", "fn", "big")), len(items))
        other = builder.term(items[after:end])
        reason = f"this multiplies the {called}, or what it is taken of: write brackets"
        whole = builder.built(times, node, other, pos=pos)
    else:
        return builder.built(kind, node, pos=pos), after
    options = tuple(f"the {called} is that of {builder.print_of(items[p + 1:stop])}" for stop in (after, end))
    if builder.choose(reason, f"what a {called} is taken of", options, items[after].pos):
        return builder.built(kind, whole, pos=pos), end
    return builder.built(kind, node, pos=pos), after


def weighs(item: Item, node: Node) -> bool:
    """Whether a factor is a number over a symbol or over numbers, as 1/G and 1/(G - 1) stand before a sum in a mean."""
    plain = not any(isinstance(part, (App, Prob)) for part in node.walk())
    if item.kind != "cmd" or item.value != r"\frac" or item.sub is not None or item.sup is not None:
        return plain and isinstance(node, Power) and isinstance(node.args[1], Neg)
    above, below = (content_of(arg).lone for arg in item.args)
    return above is not None and above.kind == "num" and (plain or below is not None and nucleus(below) is not None)


def multiplied(builder: Builder, first: Item, after: Item) -> bool:
    """Whether what stands after the first factor of a logarithm may be one more: a symbol or a fraction after a symbol.

    A law is printed without what it is the law of, and what stands after it multiplies the logarithm.
    """
    symbol = nucleus(first)
    if symbol is None or symbol.letter == table.POLICY or symbol.name in builder.facts.laws:
        return False
    return nucleus(after) is not None or after.kind == "cmd" and after.value == r"\frac"


def refuse_factor(builder: Builder, items: list[Item], start: int, p: int) -> None:
    """Refuse a factor after a word or a blackboard capital, which may be an operator on it."""
    if p >= len(items) or items[p].kind in ("op", "bar"):
        return
    symbol = nucleus(items[p - 1])
    if symbol is not None and compares(builder, symbol):
        return
    only = p - start == 1 or items[start].kind == "fn"
    if name := word_before_factor(items[p - 1], only):
        raise Fault(f"{name} is not known: it may be an operator on what follows; define it, or write \\cdot for a "
                    "product", items[p - 1].pos)


def read_operand(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    """The factor that starts at ``p``, and the place after it."""
    if p >= len(items):
        raise Malformed("an operand is missing at the end", items[-1].end - 1)
    item = items[p]
    item.taken = True
    around, builder.pos = builder.pos, item.pos
    builder.depth += 1
    if builder.depth > MAX_OPERATORS:
        raise Fault(f"operators are nested more than {MAX_OPERATORS} deep", item.pos)
    try:
        if item.kind == "fn":
            return builder.function(items, p)
        if item.kind == "big" and item.primes:
            raise Fault("a prime after the sign of a sum has no meaning: for one over a' write \\sum_{a'}",
                        item.pos)
        if item.kind == "big":
            end = reach_of(items, p)
            return read_sum(builder, items[:end], p), end
        if item.kind in ("sym", "text") or item.kind == "cmd" and nucleus(item) is not None:
            return read_at_maximiser(builder, items, p) or read_symbol(builder, items, p)
        if (quotient := derivative(item)) is not None:
            return read_quotient(builder, items, p, quotient)
        if item.kind == "group" and item.value == "(" and item.plain and p + 1 < len(items) and \
                (found := applied_bracket(builder, item, items[p + 1])) is not None:
            return found, p + 2
        braced = item.kind == "group" and item.value == "brace" and item.sub is not None
        if braced and nucleus(item) is not None or item.kind == "cmd" and item.value == r"\underset":
            return read_symbol(builder, items, p)
        if (norm := read_norm(builder, item)) is not None:
            return norm, p + 1
        return with_own_scripts(builder, read_atom(builder, item), item), p + 1
    finally:
        builder.depth -= 1
        builder.pos = around


def applied_bracket(builder: Builder, item: Item, after: Item) -> Node | None:
    r"""(\log\pi_\theta - \log\pi_{ref})(a): laws without arguments in a bracket that is applied to an action."""
    lone = after.body.lone if after.kind == "group" and after.value == "(" and after.body is not None else None
    if lone is None or not after.plain or not builder.is_variable(unwrap(lone)):
        return None
    action = read_variable(builder, unwrap(lone))
    if action is None or sort_of(action) != "action" or item.body is None:
        return None
    contexts = () if builder.facts.unconditional else (ambient_variable(builder, "state"),)
    kept, builder.bare_law = builder.bare_law, (action, Law(Policy(table.POLICY), *contexts))
    node = builder.inside(item.body, item.pos)
    builder.bare_law = kept
    bare = [part for part in node.walk() if isinstance(part, Prob) and part.action == action]
    for part in bare:
        part.hints = {}
    if not bare:
        raise Fault("this bracket is applied to an action, but no law without arguments stands in it", item.pos)
    return node


def read_atom(builder: Builder, item: Item) -> Node:
    """The node of a number, fraction, root or bracket, without its scripts."""
    if item.kind == "num":
        return Num(Rational(item.value))
    if item.kind == "cmd":
        if item.value == r"\frac":
            above, below = (builder.inside(content_of(arg), arg.pos) for arg in item.args)
            return builder.built(Frac, above, below, pos=item.pos)
        if item.value in DECORATIONS:
            raise Fault(f"{item.value} stands over more than one symbol: what it means is not known", item.pos)
        body = builder.inside(content_of(item.args[0]), item.args[0].pos)
        return builder.built(Root, body, pos=item.pos) if item.value == r"\sqrt" else body
    if item.kind != "group" or item.body is None:
        raise Fault("this sign cannot stand here", item.pos)
    if item.value == "|":
        lone = item.body.lone
        number = lone is not None and unwrap(lone).plain and (unwrap(lone).value, "number") in builder.facts.evidence
        variable = read_variable(builder, lone) if lone is not None and not number else None
        if isinstance(variable, Var) and sort_of(variable) in COUNTED:
            return builder.built(Abs, builder.inside(item.body, item.pos), pos=item.pos)
        if variable is not None and sort_of(variable) == "state":
            raise Fault("a state has no length: give a number another letter, or declare it", item.pos)
        if variable is not None:
            return builder.built(Length, variable, pos=item.pos)
        named = "" if lone is None else spelled(unwrap(lone))
        letters = {use.removeprefix(RUN_BY) for symbol, use in builder.facts.evidence
                   if symbol == named and use.startswith(RUN_BY)}
        if (letters or named == table.ACTION_SET) and named not in builder.environment.names:
            count_members(builder, named, letters, item.pos)
            return ActionCount() if named == table.ACTION_SET else ActionCount().hinted(set=named)
        if lone is not None and ("set", named) in builder.facts.numbering.offsets and set_of(lone) is not None:
            refuse_moving(named, lone.pos)
            refuse_dropped(builder, lone, size := Const(f"|{named}|"))
            return size
        return builder.built(Abs, builder.inside(item.body, item.pos), pos=item.pos)
    if item.value == "‖":
        return norm_of(builder, builder.inside(item.body, item.pos), item.pos)
    if item.value in ("cases", "half"):
        return read_cases(builder, item)
    if item.value == ".":
        return read_evaluated(builder, builder.inside(item.body, item.pos), item)
    if item.value == "brace" and item.body.only is not None and item.body.lone is None:
        raise Fault("braces are invisible: put round brackets around what carries this script", item.pos)
    return builder.inside(item.body, item.pos)


def norm_of(builder: Builder, body: Node, pos: int) -> Node:
    """The norm of a vector, or of what is a number whatever its symbols are."""
    if body.shape == SCALAR and not any(builder.undefined(part) for part in body.walk()):
        return builder.built(Abs, body, pos=pos)
    return builder.built(Norm, Transpose(body) if body.shape == COVECTOR else body, pos=pos)


def bracket_at(builder: Builder, items: list[Item], p: int, name: str, kinds: str = "([{") -> tuple[Item, Content]:
    """The bracket at ``p``, needed after ``name``."""
    if p < len(items) and items[p].kind == "group" and items[p].value.strip("\\") in kinds:
        body = items[p].body
        assert body is not None
        return items[p], body
    raise Fault(f"{name} needs its argument in brackets", builder.pos)


def function(builder: Builder, items: list[Item], p: int) -> tuple[Node, int]:
    """log, exp, min, max, ∇."""
    item, name = items[p], items[p].value
    if name in ("arg", "argmax", "argmin"):
        return read_argmax(builder, items, p)
    bare_but(item, *SCRIPTED.get(name, ()))
    if name in ("nabla", "partial"):
        return read_nabla(builder, items, p)
    if name in ("log", "ln"):
        found, after = logarithm(builder, items, p)
        first = items[p + 1]
        if first.kind == "group" and first.value == "(" and first.plain:
            found.hints = {"form": "parens"}
        return found, after
    if name == "exp" and p + 1 < len(items) and not (items[p + 1].kind == "group" and items[p + 1].value != "brace"):
        return logarithm(builder, items, p, Exp, "power of e")
    if name == "exp":
        group, body = bracket_at(builder, items, p + 1, r"\exp")
        found = builder.built(Exp, builder.inside(body, group.pos), pos=item.pos)
        return with_scripts(builder, found, group), p + 2
    if name in OVER and item.sub is not None:
        return read_maximum(builder, items, p)
    if name in ("min", "max"):
        group, body = bracket_at(builder, items, p + 1, "\\" + name)
        args = builder.arguments(body, group.pos)
        if len(args) < 2:
            raise Malformed(f"\\{name} compares two numbers or more", group.pos)
        found = args[-1]
        for arg in reversed(args[:-1]):
            found = builder.built(Min if name == "min" else Max, arg, found, pos=item.pos)
        return with_scripts(builder, found, group), p + 2
    raise Fault(f"\\{name} cannot be said in this language", item.pos)


def is_step(node: Basic) -> bool:
    """Whether a node is θ − θ_old."""
    return len(node.args) == 2 and node == STEP


class TermBuilder(Builder):
    """Builds the terms of one text: what the constructs ask of the whole language is answered here."""

    def expression(self, expr: Expr | None, pos: int) -> Node:
        return expression(self, expr, pos)

    def inside(self, content: Content, pos: int) -> Node:
        return inside(self, content, pos)

    def arguments(self, content: Content, pos: int) -> list[Node]:
        return arguments(self, content, pos)

    def term(self, items: list[Item]) -> Node:
        return term(self, items)

    def operand(self, items: list[Item], p: int) -> tuple[Node, int]:
        return read_operand(self, items, p)

    def raised(self, node: Node, sup: Item | None) -> Node:
        return raised(self, node, sup)

    def powered(self, node: Node, operator: Item) -> Node:
        return powered(self, node, operator)

    def unlawful(self, items: list[Item], found: list[Draw], body: Content | None, given: bool = False
                 ) -> str:
        return unlawful(self, items, found, body, given)

    def is_variable(self, item: Item) -> bool:
        return is_variable(self, item)

    def function(self, items: list[Item], p: int) -> tuple[Node, int]:
        return function(self, items, p)
