r"""What each letter is used as in a text: the evidence from which its kind is inferred, by ``kinds``.

A use is a pair of a letter and a word: ``drawn`` from a law, ``outcome`` or ``condition`` of one, ``argument`` of a
function, ``valued state`` or ``valued action`` of a policy, ``visited`` by one, ``ranged`` over a set, ``enumerated``
if that is named, ``counted`` from a number by a sum or ``excluded`` from it, ``subscript``, ``position`` that ends a
prefix of what is ``prefixed``, ``limit`` of a range, what ``numbers`` the members of a group that is drawn,
``measured`` between bars, ``number`` in arithmetic, ``label`` of what an expectation draws. Of symbols: ``source`` of a
draw, ``compared`` with a law, alone ``under`` an expectation, ``moving`` with θ, ``conditioned`` by a bar in its
brackets, ``applied`` to more than θ, in a ``ratio`` to another, which may be one of ``values``. A letter beside others
in arithmetic is ``calculated`` with; one that an indicator compares with another is ``matched``, and MATCHED_WITH goes
before that. ARGUMENT_OF and DRAWN_FROM go before the symbol of which a letter is an argument or from which it is drawn;
STANDS_AT before the number of its place and that symbol, a pair that is ``calculated`` where arithmetic stands there;
BESIDE before the symbol that makes a fraction with another. A letter is ``preferred`` that stands beside ≻ in the
brackets of a symbol, which ``prefers``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from ...language.derived import DISTANCES, FUNCTIONS_BY_WORD
from ..notation.priors import (
    ACTION_SETS,
    DIVERGENCES,
    DRAWING,
    ENTROPIES,
    EXPECTATIONS,
    INDICATORS,
    LAW_LETTERS,
    POLICY,
    STATES,
    TRAJECTORY,
)
from ..parsing.naming import PLAIN_WORD, Nucleus, label, nucleus, word
from ..parsing.surface import Content, Expr, Item, Piece, content_of, unwrap
from ..spelling.indexed import counted, is_set
from ..spelling.labels import label_uses
from .anonymous import MOMENT, conditioned, moment_before
from .numbering import set_of
from .parameter import OPERATORS, THETA, letter

Use: TypeAlias = tuple[str, str]

# Letters of distances of laws, with the word of one below.
APART = DIVERGENCES | {"d"}
NUMERIC = frozenset(("number", "limit"))
# What a letter is an argument of, or drawn from; the place, by its number, at which it is an argument; its match.
ARGUMENT_OF, DRAWN_FROM, STANDS_AT, MATCHED_WITH = "argument of ", "drawn from ", "at ", "matched with "
# The use of a set of actions goes before the letter that runs over it.
RUN_BY = "run through by "
# What a symbol makes a fraction with.
BESIDE = "beside "
# Functions of numbers.
OF_NUMBERS = frozenset((r"\sigma", r"\text{clip}", r"\text{sign}", r"\text{sgn}", r"\tanh",
                        *(rf"\text{{{word}}}" for word in FUNCTIONS_BY_WORD)))
ORDERINGS = frozenset("<>≤≥")
# Between what is preferred to what.
PREFERRED, PREFERS = "preferred", "prefers"
PREFERRING = frozenset((r"\succ", r"\prec"))
EXTREMES = frozenset(("max", "min", "sup", "inf"))
# Of what one law has before and after its bar, P(s'|s,a); of what alone stands after that of a policy.
SUCCEEDED, OBSERVED = "succeeded", "observed"
# Of a letter without primes or scripts that a law gives a probability of.
GIVEN_OUT = "given out"
# Of a sequence, what stands before a place of it being a condition.
PREFIXED = "prefixed"
# Of the letter e below an exponent.
EXPONENTIAL = "exponential"
# What a state is worth under a policy, or an action at one, and what their arguments are.
WORTHS = frozenset("VQA")
VALUED_STATE, VALUED_ACTION = WORTH = ("valued state", "valued action")
OF_SCALARS = EXTREMES | {"exp", "log", "ln"}


def evidence(content: Content) -> frozenset[Use]:
    """The uses of letters in a text."""
    return frozenset(_content(content))


def _content(content: Content) -> Iterator[Use]:
    compared = any(sign == "‖" for sign, _ in content.seps)
    for piece in content.pieces:
        for side in piece.sides:
            if side is not None:
                yield from _law(side, "compared") if compared else _expression(side)
        if any(rel in ORDERINGS for rel, _ in piece.rels):
            sides = [None if side is None or side.lone is None else unwrap(side.lone) for side in piece.sides]
            yield from ((item.value, "calculated") for item in sides
                        if item is not None and item.kind == "sym" and item.sub is None)


def _expression(expr: Expr) -> Iterator[Use]:
    for _, items, _ in expr.terms:
        yield from _slashed(items)
        yield from _calculated(items, len(expr.terms) > 1)
        p = 0
        while p < len(items):
            after = items[p + 1] if p + 1 < len(items) else None
            found, p = _item(items[p], after), p + 1
            yield from found
            if after is not None and after.kind == "group" and (takes(items[p - 1], after) or _matched(
                    nucleus(items[p - 1]), after) and not _matched(nucleus(items[p - 1]), None)):
                p += 1


def _calculated(items: Sequence[Item], beside: bool) -> Iterator[Use]:
    """The letters among factors that are calculated with: beside others, under a power, in a fraction or exponent."""
    for item, after in zip(items, [*items[1:], None], strict=True):
        power = item.sup is not None and unwrap(item.sup).kind == "num"
        if item.kind == "sym" and item.sub is None and (beside or len(items) > 1 or power) and not (
                after is not None and takes(item, after)):
            yield item.value, "calculated"
        parts = [content_of(arg) for arg in item.args] if item.value in (r"\frac", r"\sqrt") else []
        if item.value in ("e", "exp") and item.sup is not None:
            parts.append(content_of(item.sup))
            yield item.value, EXPONENTIAL
        if item.kind == "fn" and item.value in OF_SCALARS and after is not None and after.body is not None:
            parts.append(after.body)
        for piece in (piece for part in parts for piece in part.pieces):
            lone = None if piece.only is None or piece.only.lone is None else unwrap(piece.only.lone)
            if lone is not None and lone.kind == "sym" and lone.sub is None:
                yield lone.value, "calculated"


def numbers_only(uses: Iterable[Use]) -> bool:
    """Whether a text prints no letter but those that may be a number of their own, e and π."""
    return all(name in ("e", POLICY) for name, _ in uses)


def takes(item: Item, after: Item) -> bool:
    """Whether a bracket may hold the arguments of what stands before it."""
    if after.kind != "group" or after.value != "(" or after.body is None:
        return False
    symbol = nucleus(item)
    return item.kind == "group" if symbol is None else not symbol.name.isdigit()


def _item(item: Item, after: Item | None) -> Iterator[Use]:
    symbol = nucleus(item)
    if item.kind == "big" and item.sub is not None:
        yield from _range(item)
        return
    extreme = item.kind == "fn" and item.value in EXTREMES and item.sub is not None
    if extreme and letter(item.sub) not in (THETA, POLICY):
        yield from _range(item)
        return
    if symbol is not None and (symbol.name in ENTROPIES or _apart(symbol)) and after is not None and \
            takes(item, after) and after.body is not None and _laws_in(after):
        for piece in after.body.pieces:
            yield from () if piece.only is None else _law(piece.only, "compared")
        return
    expectation = symbol is not None and (symbol.name in EXPECTATIONS or symbol.name in DRAWING)
    if expectation and item.sub is not None:
        yield from _draws(content_of(unwrap(item.sub)))
        if after is not None and moment_before(item, after) and takes(item, after) and after.body is not None:
            yield from _content(after.body)
        return
    if symbol is not None and after is not None and after.body is not None and moment_before(item, after) and \
            takes(item, after):
        yield from _scripts(symbol.item)
        yield from _content(after.body)
        yield from _scripts(after)
        return
    if matched := _matched(symbol, after):
        yield from ((letter, "matched") for letter in matched)
        yield from ((letter, MATCHED_WITH + other) for letter, other in zip(matched, reversed(matched), strict=True))
        return
    if symbol is None:
        yield from _inner(item)
    if symbol is not None:
        yield from _lawlike(symbol, after)
    if after is not None and takes(item, after):
        labelled = symbol is not None and symbol.name in OF_NUMBERS and symbol.item.sub is not None
        roles = WORTH if symbol is not None and _of_a_policy(symbol) else ()
        yield from _arguments(after, "" if symbol is None or labelled else symbol.name, roles)
        yield from _scripts(after)
    elif symbol is not None and not symbol.decorations and item.kind == "sym":
        before_text = after is not None and after.kind == "text" and not MOMENT.fullmatch(after.value)
        yield item.value, "argument" if before_text else "number"
    if item.kind == "fn" and item.value in OPERATORS:
        return
    carrier = item if symbol is None else symbol.item
    yield from _scripts(carrier, conditioned=symbol is not None and symbol.letter == POLICY)


def _of_a_policy(symbol: Nucleus) -> bool:
    r"""Whether a symbol is V^\pi, Q^\pi or A^\pi, perhaps at a step: what states and actions are worth."""
    above = None if symbol.item.sup is None else nucleus(unwrap(symbol.item.sup))
    return symbol.letter in WORTHS and above is not None and above.letter == POLICY


def _of_pairs(symbol: Nucleus, after: Item | None) -> bool:
    r"""Whether a symbol is Q_\theta(s,a), what a pair is worth: a law has a bar there."""
    body = None if symbol.letter != "Q" or after is None or not takes(symbol.item, after) else after.body
    return body is not None and [sign for sign, _ in body.seps] == [","]


def _apart(symbol: Nucleus) -> bool:
    """Whether a symbol is a distance of the laws in its brackets, which a comma may part."""
    return symbol.item.kind == "text" and symbol.item.value in DISTANCES or symbol.name in APART and \
        symbol.item.sub is not None and word(symbol.item.sub) in DISTANCES


def _matched(symbol: Nucleus | None, after: Item | None) -> list[str]:
    """The two letters that an indicator compares, in brackets or below; empty for anything else."""
    if symbol is None or symbol.name not in INDICATORS:
        return []
    held = symbol.item.sub or after
    body = None if held is None else held.body
    piece = body.pieces[0] if body is not None and len(body.pieces) == 1 else None
    if piece is None or len(piece.rels) != 1 or piece.rels[0][0] not in ("=", "≠"):
        return []
    lone = [None if side is None or side.lone is None else unwrap(side.lone) for side in piece.sides]
    found = [item for item in lone if item is not None and item.kind == "sym"]
    return [item.value if item.sub is None else "" for item in found] if len(found) == 2 else []


def _lawlike(symbol: Nucleus, after: Item | None) -> Iterator[Use]:
    """What makes a symbol that stands in a formula a law: θ below it, a bar in its brackets."""
    if symbol.item.sub is not None and letter(symbol.item.sub) == THETA and not _of_pairs(symbol, after):
        yield symbol.name, "moving"
    if after is None or after.kind != "group" or after.value != "(" or after.body is None:
        return
    of_parameter = _starts_with(after.body, TRAJECTORY) and _starts_with(Content(after.body.pieces[-1]), THETA)
    preference = any(sign in PREFERRING for sign, _ in after.body.seps)
    if any(sign == "|" for sign, _ in after.body.seps) and not of_parameter and not preference:
        yield symbol.name, "conditioned"
    if preference:
        yield symbol.name, PREFERS
    if not _starts_with(after.body, THETA):
        yield symbol.name, "applied"


def _starts_with(content: Content, letter: str) -> bool:
    """Whether a letter stands alone in the first place of a bracket."""
    first = content.pieces[0].only
    return first is not None and first.lone is not None and unwrap(first.lone).value == letter


def _laws_in(group: Item) -> list[str]:
    """The symbols in a bracket that holds nothing but what custom calls laws."""
    assert group.body is not None
    found = [None if piece.only is None else _alone(piece.only.terms) for piece in group.body.pieces]
    return [name for name in found if name] if all(found) else []


def _alone(terms: Sequence[tuple[str, Sequence[Item], int]]) -> str:
    """The name of the law, by custom, that stands alone in terms, perhaps with its outcome; else empty."""
    sign, items, _ = terms[0]
    symbol = nucleus(items[0])
    if len(terms) > 1 or sign or symbol is None or symbol.letter not in (*LAW_LETTERS, POLICY):
        return ""
    return symbol.name if len(items) == 1 or _valued(items) else ""


def _valued(items: Sequence[Item]) -> bool:
    """Whether items are a symbol and, in brackets, one outcome, perhaps with its conditions."""
    body = items[1].body if len(items) == 2 and takes(items[0], items[1]) else None
    return body is not None and (len(body.pieces) == 1 or body.seps[0][0] == "|")


def _slashed(items: Sequence[Item]) -> Iterator[Use]:
    """The laws that a slash compares."""
    for place, item in enumerate(items):
        if item.kind == "op" and item.value == "/" and place:
            yield from _ratio([("", items[place - 1:place], 0)], [("", items[place + 1:place + 2], 0)])


def _ratio(above: Sequence[tuple[str, Sequence[Item], int]], below: Sequence[tuple[str, Sequence[Item], int]]
           ) -> Iterator[Use]:
    """The laws of a fraction that has one above and one below."""
    names = [_alone(terms) if terms[0][1] else "" for terms in (above, below)]
    if all(len(terms) == 1 and _valued(terms[0][1]) for terms in (above, below)):
        yield from ((name, "values") for name in names if name)
    if all(names):
        yield from ((name, "ratio") for name in names)
    heads = [_head(terms) for terms in (above, below)]
    if all(heads):
        yield from ((head, BESIDE + other) for head, other in zip(heads, reversed(heads), strict=True))


def _head(terms: Sequence[tuple[str, Sequence[Item], int]]) -> str:
    """The symbol that stands alone in terms, perhaps with its outcome and conditions; else empty."""
    items = terms[0][1] if len(terms) == 1 and not terms[0][0] else ()
    symbol = nucleus(items[0]) if len(items) == 1 or _valued(items) else None
    return "" if symbol is None or symbol.item.kind == "num" else symbol.name


def _inner(item: Item) -> Iterator[Use]:
    if item.value == r"\frac":
        above, below = (content_of(arg).only for arg in item.args)
        if above is not None and below is not None:
            yield from _ratio(above.terms, below.terms)
    for arg in item.args:
        yield from _content(content_of(arg))
    if item.body is None:
        return
    if is_set(item):
        assert item.sub is not None
        yield from ((letter, "counted") for letter in counted(item.sub))
    lone = item.body.lone
    if item.value == "|" and lone is not None and lone.kind == "sym":
        yield lone.value, "measured"
        yield from _scripts(lone)
    else:
        yield from _content(item.body)


def _scripts(item: Item, conditioned: bool = False) -> Iterator[Use]:
    if item.sub is not None:
        for piece in content_of(unwrap(item.sub)).pieces:
            prefix = [rel for rel, _ in piece.rels] == ["<"] and piece.sides[0] is None
            for side in piece.sides:
                if side is not None and prefix:
                    yield from ((letter, "position") for letter, use in _expression(side) if use in NUMERIC)
                if side is not None:
                    yield from ((letter, "subscript") for letter, use in _expression(side) if use in NUMERIC)
    if item.sup is not None and (letters := listed(item.sup)):
        yield from ((letter, "subscript") for letter in letters)
    elif item.sup is not None:
        found = () if PLAIN_WORD.fullmatch(label(item.sup)) else _content(content_of(item.sup))
        yield from ((letter, "condition") for letter, _ in found) if conditioned else found


def listed(sup: Item) -> list[str]:
    """The letters of a superscript that lists several in brackets, as (i,j), and so is no power."""
    body = unwrap(sup).body
    if unwrap(sup).value != "(" or body is None or [sign for sign, _ in body.seps] != [","] * len(body.seps):
        return []
    lone = [None if piece.only is None else piece.only.lone for piece in body.pieces]
    letters = [one.value for one in lone if one is not None and one.kind == "sym" and one.plain]
    return letters if len(letters) == len(lone) > 1 else []


def _arguments(group: Item, head: str, roles: Sequence[str] = ()) -> Iterator[Use]:
    """The uses in a bracket of arguments, of which the first may have ``roles``: outcomes stand before a bar."""
    assert group.body is not None
    if any(sign == "‖" for sign, _ in group.body.seps):
        yield from _content(group.body)
        return
    bars = [k for k, (sign, _) in enumerate(group.body.seps) if sign == "|"]
    if bars:
        before, after = plainly(group.body.pieces[:bars[0] + 1]), plainly(group.body.pieces[bars[0] + 1:])
        yield from ((letter, SUCCEEDED) for letter in before & after)
        if head == POLICY and len(after) == len(group.body.pieces) - bars[0] - 1 == 1:
            yield from ((letter, OBSERVED) for letter in after)
    preferred = bool(group.body.seps) and group.body.seps[0][0] in PREFERRING
    for k, piece in enumerate(group.body.pieces):
        if piece.only is None or piece.only.lone is None:
            for side in piece.sides:
                if side is not None:
                    yield from _expression(side)
            if not bars and piece.only is not None and len(piece.only.terms) > 1:
                yield f"{k} {head}", "calculated"
            continue
        role = "argument" if not bars and head != POLICY else "condition" if bars and k > bars[0] else "outcome"
        if not bars and k < len(roles) and unwrap(piece.only.lone).kind == "sym":
            yield unwrap(piece.only.lone).value, roles[k]
        yield from _placed(piece.only.lone, "outcome" if preferred and k < 2 else role)
        if preferred and k < 2 and unwrap(piece.only.lone).kind == "sym":
            yield unwrap(piece.only.lone).value, PREFERRED
        if role == "argument" and unwrap(piece.only.lone).kind == "sym":
            yield unwrap(piece.only.lone).value, ARGUMENT_OF + head
            yield unwrap(piece.only.lone).value, f"{STANDS_AT}{k} {head}"


def plainly(pieces: Sequence[Piece]) -> frozenset[str]:
    """The letters that stand alone in places, in none of which a prefix stands."""
    lone = [unwrap(piece.only.lone) for piece in pieces if piece.only is not None and piece.only.lone is not None]
    if any(map(before_a_place, lone)):
        return frozenset()
    return frozenset(item.value for item in lone if item.kind == "sym")


def _placed(item: Item, role: str) -> Iterator[Use]:
    """The uses in a place that takes a member of a set: of its letter, and in its scripts."""
    item = unwrap(item)
    if item.kind == "sym":
        yield item.value, PREFIXED if role == "condition" and before_a_place(item) else role
        if role == "outcome" and item.plain:
            yield item.value, GIVEN_OUT
        yield from _scripts(item)
    else:
        yield from _item(item, None)


def before_a_place(item: Item) -> bool:
    """Whether an item is what stands before a place of a sequence, y_{<t}."""
    return item.sub is not None and any(piece.rels and piece.sides[0] is None for piece in content_of(item.sub).pieces)


def _draws(content: Content) -> Iterator[Use]:
    """The uses under an expectation: what is drawn, and the law it is drawn from."""
    lawful = any(rel == "∼" for piece in content.pieces for rel, _ in piece.rels)
    barred = any(sign == "|" for sign, _ in content.seps)
    for k, piece in enumerate(content.pieces):
        names, law = piece.sides[0], piece.sides[1] if len(piece.sides) > 1 else None
        if barred and not lawful and k == len(content.pieces) - 1:
            names, law = None, piece.sides[0]
        lone = None if names is None else names.lone
        if law is not None and barred and conditioned(content):
            yield conditioned(content), "condition"
            continue
        if lone is not None:
            if is_set(lone) and lone.sub is not None:
                yield from ((letter, "numbers") for letter in counted(lone.sub))
            member = lone.body.lone if is_set(lone) and lone.body is not None else None
            yield from _placed(member or lone, "drawn" if law is not None or len(content.pieces) > 1 else "under")
            yield from (use for one in _listed(lone) for use in label_uses(one))
            yield from (use for one in _listed(lone) if law is not None and one is not lone
                        for use in _placed(one, "drawn"))
        elif names is not None:
            yield from _law(names, "under")
        if law is not None and lone is not None and unwrap(lone).value in conditions_of(law):
            yield unwrap(lone).value, SUCCEEDED
        if law is not None and lone is not None and (source := nucleus(law.terms[0][1][0])) is not None:
            yield unwrap(lone).value, DRAWN_FROM + source.name
            scripts = [nucleus(unwrap(script)) for script in (source.item.sub, source.item.sup) if script is not None]
            if source.letter != POLICY and any(one is not None and one.letter == POLICY for one in scripts):
                yield unwrap(lone).value, "visited"
        if law is not None:
            yield from _law(law, "states" if lone is not None and lone.value in STATES else "source")


def conditions_of(law: Expr) -> frozenset[str]:
    """The letters on which a law is conditioned in its brackets."""
    items = law.terms[0][1]
    body = items[1].body if len(items) == 2 and items[1].kind == "group" else None
    bars = [] if body is None else [k for k, (sign, _) in enumerate(body.seps) if sign == "|"]
    return plainly(body.pieces[bars[0] + 1:]) if body is not None and bars else frozenset()


def _listed(item: Item) -> Iterator[Item]:
    """The variables in brackets, (s, a), or the one that an item is."""
    if item.kind == "group" and item.value == "(" and item.body is not None:
        yield from (lone for piece in item.body.pieces if piece.only is not None and (lone := piece.only.lone))
    else:
        yield item


def _law(expr: Expr, role: str) -> Iterator[Use]:
    """The uses where a law stands: its symbol, and what it is conditioned on."""
    items = expr.terms[0][1]
    symbol = nucleus(items[0])
    if len(expr.terms) > 1 or symbol is None or len(items) > 2:
        yield from _expression(expr)
        return
    yield symbol.name, "source" if role == "states" and symbol.name in LAW_LETTERS else role
    yield from _scripts(symbol.item, conditioned=True)
    if len(items) == 2 and items[1].body is not None:
        lone = items[1].body.lone
        population = lone is not None and lone.plain and len(lone.value) == 1 and lone.value.isupper()
        yield from () if population else _arguments(items[1], POLICY)  # P(Q) is the law of questions, whatever Q is
        if any(sign == "|" for sign, _ in items[1].body.seps):
            yield symbol.name, "conditioned"


def _named_set(expr: Expr | None) -> bool:
    """Whether an expression is the name of a set that is not one of actions."""
    lone = None if expr is None else expr.lone
    return lone is not None and (name := set_of(lone)) is not None and name not in ACTION_SETS


def _range(item: Item) -> Iterator[Use]:
    """The uses in the range of a sum: its variable, and the limits."""
    assert item.sub is not None
    for piece in content_of(unwrap(item.sub)).pieces:
        name = None if piece.sides[0] is None else piece.sides[0].lone
        rels = [rel for rel, _ in piece.rels]
        if name is not None:
            yield from _placed(name, "counted" if rels and rels[0] != "∈" else "ranged")
            if rels == ["∈"] and unwrap(name).kind == "sym" and _named_set(piece.sides[1]):
                yield unwrap(name).value, "enumerated"
            through = None if rels != ["∈"] or piece.sides[1] is None else piece.sides[1].lone
            if through is not None and set_of(through) in ACTION_SETS:
                yield str(set_of(through)), RUN_BY + ("" if name is None else unwrap(name).value)
        for side in piece.sides[1:]:
            if side is not None and rels[0] != "∈":
                yield from ((letter, "limit" if rels[0] == "=" else "excluded") for letter, _ in _expression(side))
    if item.sup is not None:
        yield from ((letter, "limit" if use in NUMERIC else use) for letter, use in _content(content_of(item.sup)))
