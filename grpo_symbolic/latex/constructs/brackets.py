r"""What a bracket after a symbol is: its arguments, or a factor."""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic

from ...language import (
    Policy,
)
from ..kinds.application import WORDS, family, is_operator
from ..names.arguments import letters_alone
from ..notation import priors as table
from ..parsing.naming import Nucleus, nucleus, spelled
from ..parsing.surface import Content, Expr, Item, unwrap
from ..read_error import Ambiguous, Fault, Malformed
from .builder import Builder
from .policies import read_policy
from .uses import Use
from .variables import (
    point_of,
    read_variable,
)

PLACE = re.compile(r"#\d+")
ARGUMENT_SIGNS = {",": ", ", ";": "; ", "|": "|", "‖": r" \| ", r"\succ": r" \succ ", r"\prec": r" \prec "}


def with_arguments(builder: Builder, use: Use, group: Item, defining: bool = False, left: bool = False) -> Use:
    """The use with the bracket after it, if that holds its arguments; else the bracket is a factor."""
    body = group.body
    assert body is not None
    known = use.stem in builder.environment.stems
    letter, symbol = use.symbol.letter, use.symbol
    samples = sample_like(builder, body)
    taken = use.stem in builder.environment.names
    declared = builder.facts.kinds.get(symbol.name, "")
    new = left and not taken and letters_alone(body) and (defining or family(symbol.item) not in builder.facts.alone)
    tuple_like = len(body.pieces) > 1 or samples or new
    defined = tuple_like and (defining or new) or bool(point_of(builder, body.lone))
    alone = family(symbol.item) in builder.facts.alone
    lone = [None if piece.only is None else piece.only.lone for piece in body.pieces]
    sampled = all(item is not None and builder.is_variable(unwrap(item)) for item in lone)
    number = declared == "num" or declared != "function" and letter in table.CONSTANTS and not defined and (
        alone or not sampled or letter in table.LAW_LETTERS | {table.VISITS})
    if (taken or number) and not known:
        if len(body.pieces) > 1 and group.value == "(":
            raise Fault(f"{symbol.name} is a constant here and takes no arguments: define it as a function, "
                        "or write one factor in the brackets", use.pos)
        refuse_product(builder, use, body, taken)
        refuse_application(builder, use, body)
        return use
    silent = not known and not tuple_like
    mapping = declared == "function" or letter in table.MAPS and family(symbol.item) not in builder.facts.alone
    if silent and (not mapping or group.value != "(") and not applies(
            builder, use, body, letter in table.NUMBERS or use.stem in builder.environment.users):
        return use
    if group.value != "(" and not known:
        raise Fault(f"{symbol.name}[…] may be an application or a product: write round brackets or \\cdot", use.pos)
    if use.power is not None:
        if unwrap(use.power).value in ("⊤", "T"):
            return use
        raise Fault("write the power after the brackets", use.power.pos)
    parts, printed, theta, old = read_arguments(builder, body, len(use.printed))
    text = ""
    for place, part in enumerate(parts):
        if place:
            text += ARGUMENT_SIGNS[body.seps[place - 1][0]]
        text += part
    return replace(use, layout=f"{use.stem}({text})", printed=(*use.printed, *printed), theta=use.theta or theta,
                   old=old and not theta, power=group.sup, brackets=True)


def applies(builder: Builder, use: Use, body: Content, number: bool) -> bool:
    """Whether a symbol that is not said to be a function is one of the bracket after it, which is else a factor."""
    refuse_application(builder, use, body)
    name = family(use.symbol.item)
    single = use.symbol.letter not in table.MAPS or "#" in name  # a letter of functions may be one and a number
    if number or single and name in builder.facts.alone:
        return False
    name = PLACE.sub("·", use.stem)
    return bool(builder.choose(f"the brackets after {name} may be its argument or a factor: define {name} as a "
                               "function, or write \\cdot for a product", f"{use.stem}(",
                               (f"{name} is a factor", f"{name} is a function"), use.pos))


def refuse_application(builder: Builder, use: Use, body: Content) -> None:
    """Refuse a symbol before a bracket that would be a function of what stands there, and is not known as one."""
    name = PLACE.sub("·", use.stem)
    if use.symbol.letter == "E" and use.stem not in builder.environment.names:
        raise Fault(f"{name} before brackets is an expectation, which needs its law: write E_{{a ∼ π}}", use.pos)
    if is_operator(use.symbol.name):
        known = "defined without arguments" if use.stem in builder.environment.names else "not known"
        kind = Fault if WORDS.search(use.symbol.name) else Ambiguous
        raise kind(f"{name} is {known}: define it as a function, or write \\cdot for a product", use.pos)
    lone = None if body.lone is None else unwrap(body.lone)
    if lone is not None and (lone.kind == "num" or nucleus(lone) is not None):
        raise Fault(f"{name}({spelled(lone)}) would be a function, and {name} is not known as one: define it, or "
                    "write \\cdot for a product", use.pos)


def refuse_product(builder: Builder, use: Use, body: Content, taken: bool) -> None:
    """Refuse c(s) where c is a number: a number is no function, and a state no factor."""
    if body.lone is None or not builder.is_variable(unwrap(body.lone)):
        return
    shown, name = spelled(unwrap(body.lone)), PLACE.sub("·", use.stem)
    known = "defined without arguments" if taken else "read as a number here"
    other = "write another letter for the function" if taken else \
        rf"write a function as f({shown}), or define {name}({shown}) with \doteq"
    raise Fault(f"{name} is {known}, so that {name}({shown}) would be a product, and {shown} is no number: {other}",
                use.pos)


def sample_like(builder: Builder, body: Content) -> bool:
    """Whether a bracket holds one thing that functions of samples take: a variable, θ, a policy."""
    lone = body.lone
    if lone is None:
        return False
    symbol = nucleus(unwrap(lone))
    if symbol is None:
        return False
    is_point = point_of(builder, lone) != "" or symbol.letter == r"\theta" or is_policy(builder, symbol)
    return is_point or builder.is_variable(unwrap(lone))


def is_variable(builder: Builder, item: Item) -> bool:
    """Whether an item names a variable; nothing is noted as used."""
    kept = dict(builder.free)
    try:
        return read_variable(builder, item) is not None
    finally:
        builder.free.clear()
        builder.free.update(kept)


def read_arguments(builder: Builder, body: Content, place: int) -> tuple[list[str], list[Basic], bool, bool]:
    """The printed form of each argument, the arguments that have places, whether θ and θ_old are among them."""
    for sign, pos in body.seps:
        if sign not in ARGUMENT_SIGNS:
            raise Fault(f"arguments are separated by commas, not by {sign}", pos)
    points = [point_of(builder, piece.only.lone if piece.only is not None else None) for piece in body.pieces]
    policies = [lone_policy(builder, piece.only) for piece in body.pieces]
    theta = "current" in points or any(policy is not None and policy.point == "current" for policy in policies)
    old = "old" in points or any(policy is not None and policy.point == "old" for policy in policies)
    parts: list[str] = []
    printed: list[Basic] = []
    for piece, point, policy in zip(body.pieces, points, policies, strict=True):
        if piece.rels or piece.only is None:
            raise Malformed("an argument is missing or holds a relation", piece.pos if piece.pos >= 0 else body.pos)
        lone = piece.only.lone
        if point:
            parts.append(r"\theta" if point == "current" or not theta else r"\theta_{\text{old}}")
        elif policy is not None:
            moving = policy.point == "current" or policy.point == "old" and not theta
            parts.append(policy.name if policy.point == "constant" else
                         policy.name + (r"_{\theta}" if moving else r"_{\theta_{\text{old}}}"))
        elif lone is not None and unwrap(lone).value in builder.facts.laws and unwrap(lone).plain and any(
                sign == "‖" for sign, _ in body.seps):
            parts.append(spelled(unwrap(lone)))  # what compares these two laws, and no others
        elif lone is not None and unwrap(lone).value == r"\theta":
            parts.append(spelled(unwrap(lone)))
        else:
            variable = None if lone is None else read_variable(builder, unwrap(lone))
            printed.append(builder.expression(piece.only, piece.pos) if variable is None else variable)
            parts.append(f"#{place + len(printed)}")
    return parts, printed, theta, old


def lone_policy(builder: Builder, expr: Expr | None) -> Policy | None:
    """The policy that stands alone in an expression, else None."""
    lone = None if expr is None else expr.lone
    symbol = None if lone is None else nucleus(unwrap(lone))
    if symbol is None or not is_policy(builder, symbol):
        return None
    return read_policy(builder, symbol)[0]


def is_policy(builder: Builder, symbol: Nucleus) -> bool:
    """Whether a symbol names a policy: by custom, or as a law from which a text draws."""
    return symbol.letter == table.POLICY or symbol.letter in table.BEHAVIOURS and symbol.name in builder.facts.laws
