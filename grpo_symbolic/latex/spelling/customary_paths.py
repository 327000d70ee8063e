r"""Paths by another letter, \mathcal{T} \sim \pi, and their law by another name, p_\theta(\tau)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..parsing.drawn_values import conditional
from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Item, unwrap
from .edits import LABEL, Change, Edit, Found, end_of, products
from .indexed import contents

POLICY, PATH = r"\pi", r"\tau"
OF_PATHS = r"paths \tau have the probability"
PATH_LETTERS = (r"\mathcal{T}", r"\xi", r"\zeta")
LAWS_OF_PATHS = ("p", "P")
NEXT_GIVEN = re.compile(r"s_\{?t\s*\+\s*1\}?\s*(?:\\mid|\||\\vert)")
START, MOVE = r"\rho_0(s_0)", "P"
STARTS, MOVES = ("p", "P", r"\rho", r"\mu", "d"), ("p", "P", r"\mathcal{P}", r"\mathcal{T}", "T")
FIRST_STATE, NEXT_STATE = re.compile(r"s_(?:0|\{\s*0\s*\})"), re.compile(r"s_\{?\s*t\s*\+\s*1\s*\}?")
POINT = re.compile(r"\\theta(?![A-Za-z])|\\bar\s*\{?\s*\\theta")


def draws(found: Found) -> Iterator[tuple[Item, list[Item]]]:
    """What is drawn, and the factors of the law that it is drawn from."""
    for content in contents(found.content):
        for piece in content.pieces:
            left, *right = piece.sides
            if [rel for rel, _ in piece.rels] == ["∼"] and left is not None and left.lone is not None and \
                    right[0] is not None and len(right[0].terms) == 1:
                yield unwrap(left.lone), right[0].terms[0][1]


def repeated_outcomes(found: Found) -> Change | None:
    """What is drawn, left out of the brackets after its law: s ∼ d(s) is s ∼ d, where d is given nothing elsewhere."""
    edits, given = [], conditional(found.content)
    for item, law in draws(found):
        body = law[1].body if len(law) == 2 and law[1].kind == "group" and law[1].value == "(" else None
        if body is not None and body.lone is not None and spelled(unwrap(body.lone)) == spelled(item) and \
                nucleus(law[0]) is not None and spelled(law[0]) not in given:
            edits.append(Edit(law[1].pos, law[1].end, ""))
    return Change(tuple(edits), "") if edits else None


def path_letters(found: Found) -> Change | None:
    r"""\mathcal{T} \sim \pi for \tau \sim \pi, where the letter stands for nothing else."""
    letters = {spelled(item) for item, law in draws(found) if law_of_paths(found, law) is not None}
    mine = letters & set(PATH_LETTERS)
    if len(mine) != 1 or PATH in found.text:
        return None
    letter, = mine
    places = [item for items in products(found.content) for item in items
              if item.kind != "group" and item.sub is None and item.sup is None and spelled(item) == letter]
    drawn = sum(spelled(item) == letter for item, _ in draws(found))
    held = sum(item.kind == "group" and item.value == "(" and item.body is not None and item.body.lone is not None
               and spelled(unwrap(item.body.lone)) == letter for items in products(found.content) for item in items)
    if drawn + held != len(places) or found.text.count(letter) != len(places):
        return None
    return Change(tuple(Edit(item.pos, item.end, PATH + " ") for item in places), f"{letter} is a path")


def law_of_paths(found: Found, law: list[Item]) -> str | None:
    r"""The policy of a law that is printed as p_\theta, p_{\pi_\theta}(\tau), p(\tau|\theta) or \pi(\tau).

    None for what may be another law.
    """
    symbol = nucleus(law[0]) if law else None
    if symbol is None or symbol.decorations or len(law) > 2:
        return None
    of = ""
    if len(law) == 2:
        of = argument(found, law[1]) or ""
        if not of:
            return None
    below, above = found.of(symbol.item.sub), found.of(symbol.item.sup)
    if symbol.letter == POLICY and of in ("", PATH):
        return found.text[law[0].pos:end_of(found.text, law[0])].strip()
    if symbol.letter not in LAWS_OF_PATHS or symbol.letter in found.defined:
        return None
    given = [one for one in (below, above, of.removeprefix(PATH).strip()) if one]
    if len(given) != 1:
        return None
    return of_point(given[0])


def of_point(given: str) -> str | None:
    """The policy that a script names: itself, or that at a point of the parameter."""
    if given.startswith(POLICY):
        return given
    return rf"\pi_{{{given}}}" if POINT.match(given) else None


def argument(found: Found, group: Item) -> str | None:
    r"""\tau for (\tau), \tau\theta for (\tau|\theta) and (\tau;\theta); None for anything else in brackets."""
    if group.kind != "group" or group.value != "(" or group.body is None or not group.plain:
        return None
    pieces = [None if piece.only is None or piece.only.lone is None else piece.only.lone for piece in group.body.pieces]
    if pieces[0] is None or spelled(unwrap(pieces[0])) != PATH or None in pieces or len(pieces) > 2:
        return None
    if len(pieces) == 2 and group.body.seps[0][0] not in ("|", ";"):
        return None
    return PATH if len(pieces) == 1 else PATH + found.of(pieces[1])


def laws_of_paths(found: Found) -> Change | None:
    r"""\tau \sim p_\theta(\tau) for \tau \sim \pi_\theta, and p_\theta(\tau) for the probability of a path under it."""
    edits, names = dict[int, Edit](), set[str]()
    for item, law in draws(found):
        policy = law_of_paths(found, law) if spelled(item) == PATH else None
        if policy is not None:
            last = law[-1]
            edits[law[0].pos] = Edit(law[0].pos, last.end if len(law) == 2 else end_of(found.text, last), policy)
    for items in products(found.content):
        for symbol, group in zip(items, items[1:], strict=False):
            policy = law_of_paths(found, [symbol, group]) if argument(found, group) else None
            if policy is not None:
                edits.setdefault(symbol.pos, Edit(symbol.pos, group.end, rf"{policy}({PATH})"))
    changed = tuple(one for one in edits.values() if found.text[one.start:one.end].strip() != one.text)
    names = {one.text.removesuffix(f"({PATH})") for one in changed}
    if not changed or any(is_defined(found, one) for one in changed):
        return None
    policy = min(names)
    whole = rf"\rho_0(s_0) \prod_t {policy}(a_t|s_t) P(s_{{t+1}}|s_t,a_t)"
    return Change(changed, f"{OF_PATHS} {whole}")


def is_defined(found: Found, edit: Edit) -> bool:
    """Whether what an edit replaces is what the text defines, or speaks of all its factors."""
    return not LABEL.sub("", found.text[:edit.start]).strip() or NEXT_GIVEN.search(found.text) is not None


def factors_of_paths(found: Found) -> Change | None:
    r"""p_\theta(\tau) by all of its factors: where a path starts, \rho_0(s_0), and where its steps lead, P(s'|s,a)."""
    if NEXT_GIVEN.search(found.text) is None:
        return None
    whole, parts = dict[int, Edit](), dict[int, Edit]()
    for items in products(found.content):
        for symbol, group in zip(items, items[1:], strict=False):
            policy = law_of_paths(found, [symbol, group]) if argument(found, group) else None
            if policy is not None and not found.text.startswith(POLICY, symbol.pos):
                whole[symbol.pos] = Edit(symbol.pos, group.end, rf"P({PATH}|{policy})")
            elif (factor := factor_of_path(found, symbol, group)) is not None:
                parts[symbol.pos] = factor
    if not whole:
        return None
    printed = {edit.text: found.text[edit.start:edit.end] for edit in parts.values()}
    start, moves = printed.get(START, START), printed.get(MOVE, MOVE)
    said = rf"{PATH} has the probability {start} \prod_t \pi(a_t|s_t) {moves}(s_{{t+1}}|s_t,a_t)"
    return Change((*whole.values(), *parts.values()), said)


def factor_of_path(found: Found, symbol: Item, group: Item) -> Edit | None:
    r"""The edit of p(s_0) and of p(s_{t+1}|s_t,a_t), under whatever name; None for any other value."""
    name, body = nucleus(symbol), group.body if group.kind == "group" and group.value == "(" and group.plain else None
    first = None if body is None or body.pieces[0].only is None else body.pieces[0].only.lone
    if name is None or first is None or body is None or name.letter in found.defined:
        return None
    if FIRST_STATE.fullmatch(found.of(first)) and len(body.pieces) == 1 and name.letter in STARTS:
        return Edit(symbol.pos, group.end, START)
    if NEXT_STATE.fullmatch(found.of(first)) and body.seps and body.seps[0][0] == "|" and name.name in MOVES:
        return Edit(symbol.pos, end_of(found.text, symbol), MOVE)
    return None
