r"""Reading what runs over a range: Σ, Π, ∫ over actions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from sympy import Basic

from ...language import (
    ALL,
    ENDLESS,
    GROUP_SIZE,
    NONE,
    SCALAR,
    Const,
    Frac,
    Indicator,
    Neg,
    Node,
    Num,
    Ordinal,
    Plus,
    Product,
    Same,
    Scope,
    Span,
    Sum,
    Times,
    Var,
    expand,
    is_whole,
    plus,
    sort_of,
    substitute,
    times,
    whole,
)
from ..kinds.evidence import ARGUMENT_OF
from ..kinds.kinds import INDEXING
from ..kinds.numbering import first_numbers, named, range_of, set_of, single
from ..notation import priors as table
from ..notation.vocabulary import words
from ..parsing.naming import label, spelled
from ..parsing.surface import Content, Expr, Item, Piece, content_of, seen_in, unwrap
from ..read_error import Fault, Malformed
from ..spelling.indexed import counted
from ..spelling.misplaced import unnamed_integral
from .apart import runs_over_pairs
from .builder import Builder
from .counting import count_members
from .dependence import letter, refuse_successor
from .draws import is_state_law
from .dropped import refuse_dropped
from .formal import read_formal_integral, read_formal_sum
from .one_law import THROUGH, one_name
from .ordered import Order, ordered, read_order
from .ordered import whole as whole_item
from .policies import refuse_moving
from .series import endless, read_series
from .starts import begun_at, fractional, hints, number_of_terms, refuse_members, start_of
from .variables import is_bound, is_index, read_index, read_variable, state_letters

# The letter of actions, of which there are as many as the set of actions has.
ACTION, GROUP = "a", "G"
# Where a product may end: behind what is a factor, and before one.
WHOLE = words("sym text cmd num group")
APPLYING = frozenset((r"\nabla", r"\partial", r"\Delta", r"\mathbb", r"\mathcal"))
# Uses of an index in the ranges of others.
BOUNDING = frozenset(("excluded", "limit"))
MULTIPLYING = frozenset("·")
FRACTIONS = frozenset((r"\frac", r"\tfrac", r"\dfrac"))
SAMPLES = words("k l g")  # small letters that may count samples, beside those that do


def read_sum(builder: Builder, items: list[Item], p: int) -> Node:
    """Σ, Π or ∫ over the rest of the product."""
    item = items[p]
    sign = {"sum": r"\sum", "prod": r"\prod", "int": r"\int"}[item.value]
    if item.sub is None and item.sup is None and item.value == "int" and p + 1 < len(items):
        raise unnamed_integral(item.pos, items[p + 1:])
    if item.sub is None:
        raise Fault(f"{sign} has no range: write what it runs over", item.pos)
    if p + 1 == len(items):
        raise Fault(f"{sign} of nothing: what it runs over must follow, a sign in brackets", item.pos)
    if item.value == "int" and (len(content_of(item.sub).pieces) > 1 or unwrap(item.sub).value in
                                state_letters(builder) - builder.facts.outcomes and not visited(
                                    builder, unwrap(item.sub).value)):
        return read_formal_integral(builder, content_of(item.sub), items[p + 1:], item.pos)
    if range_of(builder.text, item, "") in builder.facts.numbering.vague:
        raise Fault(f"{sign} runs over one variable or over both: write one sum for each", item.pos)
    if runs_over_pairs(builder, sign, item, items[p + 1:], partial(over_pairs, builder, item, items[p + 1:])):
        return over_pairs(builder, item, items[p + 1:])
    one, *more = single(item, False)
    if one is not item:
        return read_sum(builder, [one, *more, *items[p + 1:]], 0)
    if item.value in ("sum", "prod") and (order := read_order(builder, item, partial(numbered_end, builder, item))
                                          ) is not None:
        return read_ordered(builder, item, order, items[p + 1:])
    if item.value in ("sum", "prod") and not endless(item) and (begun := begun_at(builder, item)) is not None and not (
            is_index(builder, whole_item(begun[1]))):
        return read_from(builder, item, *begun, items[p + 1:])
    if (special := read_special_range(builder, item, sign)) is not None:
        return read_formal_sum(builder, sign, *special, items[p + 1:], item.pos)
    if endless(item) and not builder.on_a_path:
        return read_series(builder, item, items[p + 1:])
    if item.value == "prod":
        inside = factors_of_product(item, items[p + 1:])
        rest = items[p + 1 + inside:]
        items = [*items[:p + 1], *as_one(items[p + 1:p + 1 + inside]), *rest]
        inside = len(items) - len(rest) - p - 1
        if rest:  # what does not depend on the index is no power
            if rest[-1].kind == "op":
                raise Malformed("a factor is missing beside this sign", rest[-1].pos)
            rest = rest[rest[0].kind == "op":]
            return builder.built(times, read_sum(builder, items[:p + 1 + inside], p), builder.term(rest), pos=item.pos)
    var, upper, excluded = read_range(builder, item, sign)
    with builder.opened():
        if upper == ALL:
            builder.bind(var)
        else:
            builder.bound[var.name] = var
        builder.spans = {**builder.spans, var: upper}
        builder.raises[var] = builder.facts.numbering.offset(range_of(builder.text, item, var.name)) or 0
        body = builder.term(items[p + 1:])
    if upper == ALL:
        refuse_successor(builder, var, body, item.pos)
        if excluded != NONE and item.value != "sum":
            raise Fault("a product over all but one of a set cannot be said", item.pos)
        if excluded != NONE:
            body, excluded = builder.built(times, plus(Num(1), Neg(Same(var, excluded))), body), NONE
    else:
        builder.summed.setdefault(var.name, item.pos)
    node = builder.built(Product if item.value == "prod" else Sum, upper, excluded, Scope.close(var, body),
                         pos=item.pos)
    if (halved := over_all_pairs(builder, node)) != node:
        return halved
    if item.value == "int":
        refuse_counted(builder, var, body, item.pos)
        node.hints = {"form": "integral"}
    if upper == ALL and var.sort == "action" and (named := note_members(builder, var, body, item)):
        node.hints |= {"set": named}
    return node


def over_pairs(builder: Builder, item: Item, items: list[Item]) -> Node:
    r"""\sum_{i \neq j} as a sum over i of sums over j."""
    return read_sum(builder, [*single(item, True), *items], 0)


def read_ordered(builder: Builder, item: Item, order: Order, items: list[Item]) -> Node:
    """Σ or Π over a range in its order; what follows a product and does not name its index is a factor."""
    inside = factors_of_product(item, items) if item.value == "prod" else len(items)
    var, rest = Var(order.name, order.other.sort), items[inside:]
    with builder.opened():
        builder.bound[var.name] = var
        builder.spans = {**builder.spans, var: order.end}
        builder.raises[var] = builder.raises[order.other]
        body = builder.term(as_one(items[:inside]) if item.value == "prod" else items[:inside])
    builder.summed.setdefault(var.name, item.pos)
    node = ordered(builder, order, var, body, item.pos, product=item.value == "prod")
    if not rest:
        return node
    return builder.built(times, node, builder.term(rest[rest[0].kind == "op":]), pos=item.pos)


def read_from(builder: Builder, item: Item, index: Item, begin: Expr, items: list[Item]) -> Node:
    """Σ or Π over a range that starts at no numeral; what follows a product and does not name its index is a factor."""
    assert item.sup is not None
    inside = factors_of_product(item, items) if item.value == "prod" else len(items)
    start, var, rest = start_of(builder, index, begin), Var(index.value + index.dashes, "index"), items[inside:]
    count = builder.built(whole, number_of_terms(start, read_upper(builder, item.sup)), pos=item.pos)
    with builder.opened():
        builder.bound[var.name] = var
        builder.spans = {**builder.spans, var: count}
        builder.raises[var], builder.starts[var] = 0, start
        body = builder.term(as_one(items[:inside]) if item.value == "prod" else items[:inside])
    del builder.starts[var]
    refuse_members(var, body, item.pos)
    builder.summed.setdefault(var.name, item.pos)
    node = builder.built(Product if item.value == "prod" else Sum, count, NONE, Scope.close(var, body), pos=item.pos)
    node.hints = hints(start, rf"{label(whole_item(begin))} \leq {label(item.sup)} + 1")
    return node if not rest else builder.built(times, node, builder.term(rest[rest[0].kind == "op":]), pos=item.pos)


def factors_of_product(item: Item, items: list[Item]) -> int:
    r"""How many items after a \prod belong to it: up to the last that names its index, and the first factor."""
    assert item.sub is not None
    names = set(counted(item.sub)) or {name for piece in content_of(item.sub).pieces if (name := named(piece))}
    last = max((place for place, one in enumerate(items) if mentions([one], names)), default=0)
    if items[0].kind == "big":  # all that is in a product inside, and all after a sum
        inner = items[1:] and items[0].value == "prod" and items[0].sub is not None
        last = max(last, factors_of_product(items[0], items[1:]) if inner else len(items) - 1)
    end = last + 1
    applied = items[last].value not in FRACTIONS
    while applied and end < len(items) and items[end].kind == "group" and items[end].value in ("(", "["):
        end += 1
    whole = end < len(items) and items[end - 1].kind in WHOLE and items[end - 1].value not in APPLYING
    apart = whole and (items[end].kind != "op" or items[end].value in MULTIPLYING) and items[end].kind != "bar"
    return end if apart else len(items)


def as_one(items: list[Item]) -> list[Item]:
    r"""What belongs to two products in a row, \prod_i \prod_j x_i y_j, as a bracket, so that it belongs to both."""
    signs = next((place for place, item in enumerate(items) if item.kind != "big" or item.value != "prod"), len(items))
    if not signs or len(items) < signs + 2:
        return items
    first, last = items[signs], items[-1]
    return [*items[:signs], Item("group", "(", first.pos, last.end, Content(Piece(Expr("", items[signs:], first.pos))))]


def mentions(items: Sequence[Item], names: set[str]) -> bool:
    """Whether a product names one of some indices, other than those that a sign in it binds anew."""
    for place, item in enumerate(items):
        if item.kind == "sym" and item.value in names:
            return True
        if item.kind == "big" and item.sub is not None and names & set(counted(item.sub)):
            above = [] if item.sup is None else [item.sup]
            return mentions(above, names) or mentions(items[place + 1:], names - set(counted(item.sub)))
        inner = [seen_in(part) for part in (*item.args, item.sub, item.sup) if part is not None]
        inner += [] if item.body is None else [item.body]
        if any(mentions(factors, names) for content in inner for piece in content.pieces for side in piece.sides
               if side is not None for _, factors, _ in side.terms):
            return True
    return False


def refuse_counted(builder: Builder, var: Var, body: Node, pos: int) -> None:
    """Refuse an integral that is no sum: one that measures a set, or picks one of its members."""
    if var not in expand(body, builder.environment.definitions).free or any(
            isinstance(part, Same) and var in part.free for part in body.walk()):
        raise Fault(r"\int is read as a sum here, and this integral is none: write \sum", pos)


def over_all_pairs(builder: Builder, node: Node) -> Node:
    r"""\sum_{i<j} of what is the same for (i, j) and (j, i): half of the sum over i \neq j; anything else as it is."""
    from ..names.meaning import DIFFERENT, same_meaning

    if not isinstance(node, Sum) or isinstance(node.args[0], Span) or node.args[0] == ALL or node.args[1] != NONE or \
            not isinstance(node.scope.body, Sum):
        return node
    one, inner = node.scope.open(node.free)
    two, counted = inner.scope.open(inner.free | node.free)
    apart = counted.args[0] if isinstance(counted, Times) else None
    beside = (Indicator(sign, Ordinal(two), plus(Ordinal(one), by)) for sign, by in (("≥", Num(1)), ("≤", Neg(Num(1)))))
    if inner.args[:2] != node.args[:2] or apart not in tuple(beside):
        return node
    body = times(*counted.args[1:])
    turned = substitute(body, {one: two, two: one})
    if body != turned and same_meaning(body, turned, builder.environment.definitions) == DIFFERENT:
        return node
    every = Sum(node.args[0], NONE, Scope.close(one, Sum(node.args[0], one, Scope.close(two, body))))
    return times(Frac(Num(1), Num(2)), every)


def note_members(builder: Builder, var: Var, body: Node, item: Item) -> str:
    """The set of actions over which something runs; a statement counts the members of one, and of none by a letter."""
    named = members_of(item)
    if var not in expand(body, builder.environment.definitions).free:
        mine = table.ACTION_SET if letter(var) == ACTION else f"the values of {letter(var)}"
        count_members(builder, named or mine, {letter(var)}, item.pos)
    if named in table.ACTION_SETS:
        one_name(builder.one_law, THROUGH + named, named, item.pos)
    return named


def members_of(item: Item) -> str:
    r"""The set after the ∈ of a range; empty where none is printed."""
    assert item.sub is not None
    piece = content_of(item.sub).pieces[0]
    found = piece.sides[1] if [rel for rel, _ in piece.rels] == ["∈"] else None
    return "" if found is None or found.lone is None else spelled(unwrap(found.lone))


def read_special_range(builder: Builder, item: Item, sign: str) -> tuple[Var, Basic | None, Basic | None, str] | None:
    """A range from another index on, or over a named set; None for a range that Sum has."""
    assert item.sub is not None
    piece = content_of(item.sub).pieces[0]
    left, right = (None if side is None else side.lone for side in (piece.sides * 2)[:2])
    if len(content_of(item.sub).pieces) > 1 or len(piece.rels) != 1 or left is None or right is None:
        return None
    name, rel = spelled(unwrap(left)), piece.rels[0][0]
    if rel == "=" and item.sup is not None and is_index(builder, right):
        return Var(name, "token"), read_index(builder, right), read_upper(builder, item.sup), ""
    if rel == "∈" and item.sup is None and spelled(unwrap(right)) not in (*table.ACTION_SETS, table.STATE_SET) and \
            unwrap(right).kind == "cmd" and size_of_set(builder, name, right, item) is None:
        refuse_moving(spelled(unwrap(right)), right.pos)
        refuse_dropped(builder, right, Num(0))
        return Var(name, "action"), None, None, spelled(unwrap(right))
    return None


def read_range(builder: Builder, item: Item, sign: str) -> tuple[Var, Basic, Basic]:
    """The variable, upper end and excluded index of a range."""
    assert item.sub is not None
    content = content_of(item.sub)
    if any(mark != "," for mark, _ in content.seps):
        raise Fault(f"the range of {sign} cannot be read: write i=1, j \\neq i, or an action", item.sub.pos)
    first = content.pieces[0]
    left = None if first.sides[0] is None else first.sides[0].lone
    if left is None or unwrap(left).kind != "sym" or not all(piece.rels for piece in content.pieces[1:]):
        raise Fault(f"{sign} runs over one variable", item.sub.pos)
    above = unwrap(left).sup
    if above is not None and (content.pieces[0].rels or unwrap(above).kind != "mark"):
        raise Fault(f"{sign} runs over a variable, which {spelled(unwrap(left))} is not", left.pos)
    name = spelled(unwrap(left))
    start, excluded, through = "", None, None
    for piece in content.pieces:
        if piece is not first and (piece.sides[0] is None or piece.sides[0].lone is None
                                   or spelled(unwrap(piece.sides[0].lone)) != name):
            raise Fault(f"{sign} runs over one variable", item.sub.pos)
        rels = [rel for rel, _ in piece.rels]
        right = piece.sides[1] if rels else None
        if rels == ["="] and start or rels == ["≠"] and excluded is not None or \
                "∈" in rels and (start or through):
            raise Fault(f"{sign} runs over two ranges of {name}: write one", item.sub.pos)
        if rels == ["="] and right is not None:
            start = label(Item("group", "brace", right.pos, right.pos, Content(Piece(right))))
        elif rels == ["≠"] and right is not None and right.lone is not None:
            excluded = right.lone
        elif rels == ["∈"] and right is not None and right.lone is not None:
            through = right.lone
        elif rels:
            raise Fault(f"the range of {sign} cannot be read: write i=1, j \\neq i, or an action", item.sub.pos)
    if through is None:
        return read_counted(builder, unwrap(left), name, start, excluded, sign, item)
    if excluded is not None and (end := first_numbers(through)) is not None:
        item = item.copy()
        item.sup = end
        return read_counted(builder, unwrap(left), name, "1", excluded, sign, item)
    var, upper, _ = read_over_set(builder, name, through, sign, item)
    if upper != ALL and excluded is not None:
        raise Fault(f"which of {spelled(unwrap(through))} {spelled(excluded)} is, is not known", excluded.pos)
    return var, upper, left_out_of_all(builder, excluded, var.sort)


def read_over_set(builder: Builder, name: str, found: Item, sign: str, item: Item) -> tuple[Var, Basic, Basic]:
    """a ∈ A."""
    if spelled(unwrap(found)) == table.STATE_SET and item.sup is None and is_state(builder, name):
        return Var(name, "state"), ALL, NONE
    if item.sup is None and (size := size_of_set(builder, name, found, item)) is not None:
        first = first_number(builder, 1, name, item)
        span = builder.built(Span, first, size) if first > 1 else size
        return Var(name, sort_of_range(builder, name, item)), span, NONE
    if spelled(unwrap(found)) not in table.ACTION_SETS or item.sup is not None:
        raise Fault(f"{sign} over {spelled(unwrap(found))}: only the set of actions \\mathcal{{A}} is known",
                    found.pos)
    return Var(name, "action"), ALL, NONE


def size_of_set(builder: Builder, name: str, found: Item, item: Item) -> Node | None:
    r"""The size of a set of indices over which one runs, \mathcal{T} or [K]; None where it is no such set."""
    if (end := first_numbers(found)) is not None:
        first = first_number(builder, 1, name, item)
        return raised_by(read_upper(builder, end), first - 1)
    text = set_of(found)
    if text is not None and text in builder.environment.names:
        raise Fault(f"{text} is defined: a sum over it cannot be said", found.pos)
    if text is None or text in table.ACTION_SETS or not only_numbers(builder, name):
        return None
    if builder.facts.numbering.offset(range_of(builder.text, item, name)) is None:
        raise Fault(f"{name} runs over {text} and over something else: what these share is not known", found.pos)
    size = Const(rf"|{text}|")
    refuse_moving(text, found.pos)
    refuse_dropped(builder, found, size)
    return size


def only_numbers(builder: Builder, letter: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether a letter stands in subscripts only, as the index of a family, or in ``more`` uses."""
    used = {use for name, use in builder.facts.evidence if name == letter}
    return used <= INDEXING | more


def sort_of_range(builder: Builder, name: str, item: Item) -> str:
    """Whether a range is one of tokens or of indices."""
    steps = range_of(builder.text, item, name) in builder.facts.numbering.steps or \
        builder.facts.trajectory and not builder.facts.grouped or \
        name == table.TRAJECTORY and item.sup is not None and label(item.sup)[:1] in table.LENGTHS
    return "token" if steps or builder.facts.sorts.get(name) == "token" else "index"


def read_counted(builder: Builder, left: Item, name: str, start: str, excluded: Item | None, sign: str, item: Item
                 ) -> tuple[Var, Basic, Basic]:
    """An index from 1 to its end, or an action over all actions."""
    upper = None if item.sup is None else read_upper(builder, item.sup)
    letter = left.value
    default = builder.facts.sorts.get(letter, "")
    grouped = item.sup is not None and label(item.sup) == GROUP  # of which the first member is 0 or 1
    if start and not (start if grouped else start.removeprefix("-")).isdecimal():
        raise Fault(f"{sign} from {start} cannot be said: ranges start at 1, or at another number", item.pos)
    if start not in ("", "1") and upper is None:
        raise Fault(f"{sign} has no upper end", item.pos)
    first = first_number(builder, int(start or 1), name, item)
    if upper is not None:
        upper = raised_by(upper, first - int(start or 1))
    if upper is None and not start and left.sub is None and default in ("state", "") and is_state(builder, letter):
        return Var(name, "state"), ALL, left_out_of_all(builder, excluded, "state")
    acts = default == "action" or letter == table.TRAJECTORY or letter in builder.facts.outcomes
    if upper is None and not start and acts:
        if left.sub is not None and is_bound(builder, unwrap(left.sub)):
            raise Malformed(f"{sign} over {name} cannot be said: its index is bound", left.pos)
        return Var(name, "action"), ALL, left_out_of_all(builder, excluded, "action")
    ranged = bool(start) and upper is not None and only_numbers(builder, name, BOUNDING)
    if left.sub is not None or default in ("action", "state") and not ranged or \
            upper is None and default != "index" and excluded is None and not of_all_steps(builder, default, sign):
        raise Fault(f"{sign} over {name} has no range: only actions, group indices and tokens t=1…T have one"
                    + (" (is a capital sigma or a standard deviation meant?)" if sign == r"\sum" else ""), item.pos)
    sort = "token" if type(upper).__name__ == "Length" else sort_of_range(builder, name, item)
    left_out: Basic = NONE
    if excluded is not None:
        found = read_index(builder, excluded)
        if found is None or sort_of(found) != sort:
            raise Fault(f"{spelled(excluded)} is not known to be in the range of {name}", excluded.pos)
        left_out = found
    if excluded is not None and first > 1:
        raise Fault("an index is left out of a range that does not start at 1: write the sum in parts", excluded.pos)
    if isinstance(builder.spans.get(left_out) if upper is None else upper, Span):
        raise Fault("an index is left out of a range that does not start at 1: write the sum in parts", item.pos)
    if upper is None and left_out in builder.spans:
        return Var(name, sort), builder.spans[left_out], left_out
    end = whole_range(builder, name, item, excluded is not None) if upper is None else upper
    return Var(name, sort), builder.built(Span, first, end) if first > 1 else end, left_out


def of_all_steps(builder: Builder, sort: str, sign: str) -> bool:
    r"""Whether a range that is not printed, \max_t, is that of all steps, as other ranges print it."""
    return sort == "token" and sign not in (r"\sum", r"\prod", r"\int") and any(
        use == "limit" for _, use in builder.facts.evidence)


def left_out_of_all(builder: Builder, excluded: Item | None, sort: str) -> Basic:
    """The state or action that a sum over all of them leaves out."""
    if excluded is None:
        return NONE
    found = read_variable(builder, excluded)
    if found is None or sort_of(found) != sort or not isinstance(found, Var):
        raise Fault(f"{spelled(excluded)} is not known to be one of the {sort}s over which this runs",
                    excluded.pos)
    return found


def is_state(builder: Builder, letter: str) -> bool:
    """Whether a letter that may be a state is one: what a law is conditioned on, or what a law of states has."""
    conditioned = (letter, "condition") in builder.facts.evidence and letter not in builder.facts.outcomes
    return conditioned or visited(builder, letter)


def visited(builder: Builder, letter: str) -> bool:
    """Whether a law of states has a letter as its argument."""
    return any(known == letter and use.startswith(ARGUMENT_OF) and is_state_law(use.removeprefix(ARGUMENT_OF),
                                                                                builder.facts.evidence)
               for known, use in builder.facts.evidence)


def whole_range(builder: Builder, name: str, item: Item, left_out: bool) -> Node:
    """The end of a range that is not printed: that of the other ranges of the text, or the size of the group.

    Where a member is ``left_out``, it is the only size that the text prints.
    """
    uses = builder.facts.evidence
    ends = {letter for letter, use in uses if use == "limit" and letter.isalpha()}
    counts = ends or {letter for letter, use in uses if use == "number" and (
        letter in table.COUNTS or left_out and letter in SAMPLES and less_one(builder.text, letter))}
    if not counts or "G" in counts:
        return GROUP_SIZE
    if len(counts) > 1 or not (ends or left_out):
        raise Fault(f"how far {name} runs is not printed: write its end, as {min(counts)}", item.pos)
    end, = counts
    return builder.expression(Expr("", [Item("sym", end, item.pos, item.pos)], item.pos), item.pos)


def less_one(text: str, letter: str) -> bool:
    """Whether a text prints a letter less one, as what a sum that leaves out a member is divided by."""
    return re.search(rf"(?<![A-Za-z\\]){letter}\s*-\s*1(?!\d)", text) is not None


def first_number(builder: Builder, start: int, name: str, item: Item) -> int:
    """The number at which a range starts, its members numbered from 1 on."""
    offset = builder.facts.numbering.offset(range_of(builder.text, item, name))
    if offset is None and start < 1:
        raise Fault(f"a range from {start} beside other numberings of what it runs over: number what is summed in "
                    "one way", item.pos)
    return start + (offset or 0)


def read_upper(builder: Builder, sup: Item) -> Node:
    """The upper end of a range."""
    if unwrap(sup).value == r"\infty" and builder.on_a_path:
        unwrap(sup).taken = True
        return ENDLESS
    if unwrap(sup).value == r"\infty":
        raise Fault("a sum without an end cannot be said", sup.pos)
    found = builder.inside(content_of(sup), sup.pos)
    if found.shape != SCALAR:
        raise Fault("the end of a range is a number", sup.pos)
    end = expand(found, builder.environment.definitions)
    fraction = isinstance(end, Num) or isinstance(end, Frac) and all(isinstance(part, Num) for part in end.args)
    if not fraction and (fractional(end) or not is_whole(end)):
        raise Fault("a range ends at a whole number, and whether this is one is not said: give it a name, such as N",
                    sup.pos)
    builder.built(whole, end, pos=sup.pos)
    return found


def numbered_end(builder: Builder, item: Item, by: int) -> Node:
    """The upper end of a range whose members are numbered ``by`` higher than they are printed."""
    assert item.sup is not None
    return raised_by(read_upper(builder, item.sup), by)


def raised_by(end: Node, by: int) -> Node:
    """The end of a range whose members are numbered ``by`` higher."""
    if not by or end == ENDLESS:
        return end
    terms = list(end.args) if isinstance(end, Plus) else [end]
    last = terms[-1].args[0] if isinstance(terms[-1], Neg) else terms[-1]
    if isinstance(last, Num) and (len(terms) > 1 or isinstance(end, Num)):
        by += int(last.value) * (-1 if isinstance(terms.pop(), Neg) else 1)
    if by or not terms:
        terms.append(Num(by) if by >= 0 else Neg(Num(-by)))
    return plus(*terms)
