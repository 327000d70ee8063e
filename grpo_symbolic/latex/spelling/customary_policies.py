r"""Policies as \pi(s, a; \theta) and as a bare \pi, bold letters, and sets of all states or actions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..notation.vocabulary import BOLD, OLD_WORDS
from ..parsing.naming import nucleus, spelled, word
from ..parsing.surface import Content, Item, seen_in, unwrap
from .customary_paths import POLICY
from .edits import Change, Edit, Found, end_of, products

BAR = "|"
POINTS = (r"\theta", r"\phi")
LOGARITHM, BARE = "log", re.compile(r"\\pi(?![A-Za-z]|\s*[_^])")
MOVING = re.compile(r"\\pi\s*_\s*\{?\s*\\(?:theta|phi)(?![A-Za-z])")
VALUES = ("J", "V", "Q", r"\eta")
# What is drawn that is no state or action by its letter: \mathcal{S} and \mathcal{A} are read as they are.
OUTCOMES, PRIME, CALLIGRAPHIC = frozenset("xyqo"), "'", r"\mathcal{}"
# The states at which a path has not ended, which are all that values and visits are of.
NOT_LAST = r"\mathcal{N}"
STATES, ACTIONS = frozenset("sS"), frozenset("aAb")


def bold_letters(found: Found) -> Change | None:
    """Bold letters as plain ones, where no letter is printed both ways, and each is an argument or a subscript: of a
    factor it may say that it is a vector or a matrix, of which products do not commute."""
    items = [item for factors in products(found.content) for item in factors]
    bold = [item for item in items if item.kind == "cmd" and item.value in BOLD]
    inner = [unwrap(item.args[0]) for item in bold]
    plain = {item.value for item in items if item.kind == "sym" and not any(item is one for one in inner)}
    if not bold or any(one.kind != "sym" or not one.plain or one.value in plain for one in inner):
        return None
    places = [*arguments(found.content), *lengths(found.content)]
    if not all(any(item is one for one in places) for item in bold):
        return None
    letters = {(item.value, one.value) for item, one in zip(bold, inner, strict=True)}
    return Change(tuple(Edit(*spot.span(), f" {letter} ") for font, letter in sorted(letters)
                        for spot in in_font(font, letter).finditer(found.text)), "")


def in_font(font: str, letter: str) -> re.Pattern[str]:
    """A letter in a font, wherever a text prints it."""
    return re.compile(rf"{re.escape(font)}\s*(?:\{{\s*{re.escape(letter)}\s*\}}|{re.escape(letter)}(?![A-Za-z]))")


def lengths(content: Content) -> Iterator[Item]:
    r"""What stands alone between bars and is drawn, so that |\mathbf{y}| is its length and no norm or determinant."""
    bodies = [(item.value, item.body) for items in products(content) for item in items if item.body is not None]
    drawn = {spelled(item) for _, body in bodies for item in before_a_bar(body)}
    for bracket, body in bodies:
        if bracket == BAR and body.lone is not None and spelled(body.lone) in drawn:
            yield body.lone


def before_a_bar(content: Content) -> Iterator[Item]:
    """What a law gives the probability of: what stands alone before a bar."""
    if content.seps and content.seps[0][0] == BAR and content.pieces[0].only is not None:
        yield from filter(None, [content.pieces[0].only.lone])


def arguments(content: Content) -> Iterator[Item]:
    """What stands alone in a subscript, or as an argument of a function."""
    for items in products(content):
        for before, item in zip([None, *items], items, strict=False):
            applied = before is not None and nucleus(before) is not None and item.kind == "group"
            for inside in (item.body if applied else None, None if item.sub is None else seen_in(item.sub)):
                sides = [] if inside is None else [side for piece in inside.pieces for side in piece.sides]
                yield from (side.lone for side in sides if side is not None and side.lone is not None)


def old_points(found: Found) -> Change | None:
    r"""\pi_{\theta_{old}} for \pi^{old} beside \theta^{old}, which says of what point that policy is."""
    raised = [item for items in products(found.content) for item in items
              if item.kind == "sym" and item.sup is not None and item.sub is None and not item.primes
              and word(item.sup) in OLD_WORDS]
    points = [item for item in raised if item.value in POINTS]
    policies = [item for item in raised if item.value == POLICY]
    if not points or not policies or len({(item.value, word(item.sup)) for item in points}) > 1:
        return None
    old = rf"{points[0].value}_{{\text{{old}}}}"
    edits = [Edit(item.pos, end_of(found.text, item), f"{{{old}}}") for item in points]
    edits += [Edit(item.pos, end_of(found.text, item), rf"{{{POLICY}_{{{old}}}}}") for item in policies]
    return Change(tuple(edits), rf"\pi^{{{word(points[0].sup)}}} is \pi at {points[0].value}^{{{word(points[0].sup)}}}")


def policy_at_a_point(found: Found) -> Change | None:
    r"""\pi_\theta for a bare \pi, where all other policies of the text are printed as \pi(\ldots; \theta)."""
    policies = [(items, place) for items in products(found.content) for place, item in enumerate(items)
                if item.kind == "sym" and item.value == POLICY]
    points = {point for items, place in policies if (point := point_of(found, items, place))}
    bare = [(items, place) for items, place in policies if not point_of(found, items, place)]
    if len(points) != 1 or not bare or POLICY in found.defined or any(
            not items[place].plain or is_factor(items, place) or is_applied(items, place) for items, place in bare):
        return None
    point, = points
    edits = (Edit(item.pos, item.end, rf"{{{POLICY}_{{{point}}}}}") for items, place in bare for item in [items[place]])
    return Change(tuple(edits), rf"\pi is \pi(\cdot;{point})")


def point_of(found: Found, items: list[Item], place: int) -> str:
    """The parameter after a semicolon in the brackets of a policy; nothing for another policy."""
    if not items[place].plain or not is_applied(items, place):
        return ""
    body = items[place + 1].body
    only = body.pieces[-1].only if body is not None and body.seps and body.seps[-1][0] == ";" else None
    point = "" if only is None or only.lone is None else found.of(only.lone)
    return point if point in POINTS else ""


def is_applied(items: list[Item], place: int) -> bool:
    """Whether brackets follow a policy."""
    after = items[place + 1] if place + 1 < len(items) else None
    return after is not None and after.kind == "group" and after.value == "("


def policies_with_commas(found: Found) -> Change | None:
    r"""\pi_\theta(a|s) for \pi(s, a; \theta)."""
    edits = []
    for items in products(found.content):
        for law, group in zip(items, items[1:], strict=False):
            symbol = nucleus(law)
            if symbol is not None and symbol.letter == POLICY and law.plain and (given := places(found, group)):
                state, action, point = given
                edits.append(Edit(law.pos, group.end, rf"{POLICY}_{{{point}}}({action}|{state})"))
    return Change(tuple(edits), r"\pi(s,a;\theta) = \pi_\theta(a|s)") if edits else None


def places(found: Found, group: Item) -> tuple[str, str, str] | None:
    """A state, an action and the parameter in brackets."""
    if group.kind != "group" or group.value != "(" or group.body is None or not group.plain or \
            [sign for sign, _ in group.body.seps] != [",", ";"]:
        return None
    lone = [None if piece.only is None else piece.only.lone for piece in group.body.pieces]
    if None in lone:
        return None
    state, action, point = (found.of(item) for item in lone)
    return (state, action, point) if state[:1] in STATES and action[:1] in ACTIONS else None


def whole_sets(found: Found) -> Change | None:
    r"""\sum_{x \in \mathcal{X}} as a sum over all x, where the set has its members' letter, or is that of the states
    at which a path goes on, and stands in sums only.

    A set by another letter may be a batch, or any other part.
    """
    ranges = list(over_sets(found))
    names = {name for _, _, name in ranges}
    if not ranges or any(found.text.count(name) > sum(name == other for _, _, other in ranges) for name in names):
        return None
    edits = tuple(Edit(below.pos, below.end, f"{{{letter}}}") for below, letter, _ in ranges)
    members = {name: "s" if name == NOT_LAST else name.strip(CALLIGRAPHIC).lower() for name in sorted(names)}
    return Change(edits, ", ".join(f"{name} has all {letter}" for name, letter in members.items()))


def over_sets(found: Found) -> Iterator[tuple[Item, str, str]]:
    """The scripts of sums over a set that has the letter of its members, with the member and the set."""
    for items in products(found.content):
        for item in items:
            if item.kind != "big" or item.value != "sum" or item.sub is None:
                continue
            inside = seen_in(item.sub)
            piece = inside.pieces[0]
            left, right = (piece.sides * 2)[:2]
            if len(inside.pieces) > 1 or [rel for rel, _ in piece.rels] != ["∈"] or left is None or left.lone is None \
                    or right is None or right.lone is None:
                continue
            letter, name = found.of(left.lone), spelled(unwrap(right.lone))
            own = letter.rstrip(PRIME) in OUTCOMES and name == rf"\mathcal{{{letter.rstrip(PRIME).upper()}}}"
            if own or letter[:1] in STATES and name == NOT_LAST:
                yield item.sub, letter, name


def bare_policies(found: Found) -> Change | None:
    r"""\pi for \pi_\theta, where the text has both, and \pi for no number."""
    policies = [(items, place) for items in products(found.content) for place, item in enumerate(items)
                if item.kind == "sym" and item.value == POLICY]
    bare = [items[place] for items, place in policies if items[place].plain]
    moving = [items[place] for items, place in policies if found.of(items[place].sub) in POINTS]
    if not bare or not moving or any(is_factor(items, place) for items, place in policies):
        return None
    point = found.of(moving[0].sub)
    return Change(tuple(Edit(item.pos, item.end, rf"{{{POLICY}_{{{point}}}}}") for item in bare),
                  rf"\pi is \pi_{point}", is_gradient_of_values(found, moving))


def is_gradient_of_values(found: Found, moving: list[Item]) -> bool:
    r"""Whether a text speaks of the gradient of a value as it does in the policy gradient theorem.

    Values of one policy are differentiated, printed as \pi or as \pi_\theta, nothing else is but the score, and
    \pi_\theta is printed in these only. Where both stand in what is differentiated, they are two policies.
    """
    values, scores = list[str](), list[Item]()
    for items in products(found.content):
        for place, item in enumerate(items):
            if not found.text.startswith(r"\nabla", item.pos):
                continue
            rest = items[place + 1:]
            score = rest[1:] if rest and rest[0].value == LOGARITHM else rest
            if score and score[0].kind == "sym" and score[0].value == POLICY:
                scores.append(score[0])
            elif rest and rest[0].value in VALUES:
                values.append(found.text[rest[0].pos:end_of(found.text, rest[min(len(rest), 2) - 1])])
            elif rest and BARE.search(found.text, rest[0].pos, end_of(found.text, rest[-1])):
                return False
    both = all(any(sign.search(one) for one in values) for sign in (BARE, MOVING))
    within = sum(len(MOVING.findall(one)) for one in values)
    return bool(values) and POLICY not in found.defined and not both and len(moving) == len(scores) + within


def is_factor(items: list[Item], place: int) -> bool:
    """Whether a policy stands beside others as a number does."""
    return len(items) > 1 and not is_applied(items, place)
