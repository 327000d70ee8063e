r"""Vectors x \in \mathbb{R}^n of which components x_i are printed: norms and products as sums of what these are.

\|x - y\|_2^2 is \sum_{k=1}^n (x_k - y_k)^2, x^\top y is \sum_{k=1}^n x_k y_k, and x_1, \ldots, x_n are any numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..parsing.macros import Expanded
from ..parsing.naming import label
from ..parsing.parser import parse
from ..parsing.surface import Content, Expr, Item, Piece, unwrap
from ..read_error import Fault
from .edits import Edit, edited, end_of, products
from .indexed import every

DECLARED = re.compile(r"\s*(?P<names>[a-z](?:\s*,\s*[a-z])*)\s*(?:\\in|∈)\s*(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)\s*\^\s*"
                      r"(?:\{\s*)?(?P<size>[a-zA-Z])(?:\s*\})?\s*")
BETWEEN = re.compile(r"\\langle\s*([a-z])\s*,\s*([a-z])\s*\\rangle")
OPENING = re.compile(r"\\(?:left|[bB]igl?)\s*$")
CLOSING = re.compile(r"(?:\\(?:right|[bB]igr?)(?![A-Za-z])\s*)?(?:\\rVert|\\Vert|\\\||\|\s*\||‖)")
TRANSPOSED, NORM, INFINITE = "⊤", "‖", r"\infty"
EXTREMES = frozenset(("max", "min"))
LETTERS = "kjlmpi"


class Uncomponented(Exception):
    """What is said of a vector otherwise than by its components."""


class Vectors(NamedTuple):
    """The letters of vectors of one size, and a letter for the index of their components that stands nowhere else."""

    names: frozenset[str]
    size: str
    letter: str


class Componentwise(NamedTuple):
    """A text and those beside it in components, which of the declarations say of what, the letter of how many there
    are, and the largest number of one that is printed."""

    text: Expanded
    assume: tuple[str, ...]
    declared: frozenset[str]
    size: str
    most: int


def declared_vectors(texts: Sequence[str]) -> Mapping[str, re.Match[str]]:
    """The texts that declare vectors of numbers, and nothing else."""
    return {text: found for text in texts if (found := DECLARED.fullmatch(text.strip().rstrip(".,;")))}


def in_components(latex: str, assume: Sequence[str], beside: Sequence[str]) -> Componentwise | None:
    """A text, and what it assumes, with vectors in components; None where a vector is anything else too."""
    found = declared_vectors(beside)
    sizes = {one["size"] for one in found.values()}
    letters = [letter for letter in LETTERS if not any(letter in text for text in (latex, *assume))]
    if len(sizes) != 1 or not letters:
        return None
    names = frozenset(name.strip() for one in found.values() for name in one["names"].split(","))
    vectors = Vectors(names, sizes.pop(), letters[0])
    try:
        text, *given = (written(one, vectors) for one in (latex, *assume))
        most = max(largest(one.text, vectors) for one in (text, *given))
    except (Fault, Uncomponented):
        return None
    return Componentwise(text, tuple(one.text for one in given), frozenset(found), vectors.size, most)


def largest(text: str, vectors: Vectors) -> int:
    """The largest number by which a component is printed, which counts from 1; 0 for none. Raises Uncomponented."""
    numbers = [int(label(item.sub)) for item in every(parse(text)[0]) if item.kind == "sym" and item.sub is not None
               and item.value in vectors.names and label(item.sub).isdecimal()]
    if 0 in numbers:
        raise Uncomponented
    return max(numbers, default=0)


def written(text: str, vectors: Vectors) -> Expanded:
    """A text in components. Raises Uncomponented and Fault."""
    text = BETWEEN.sub(r"\1^\\top \2", text)
    edits: list[Edit] = []
    used: set[int] = set()
    content, _ = parse(text)
    indices = {label(item.sub) for item in every(content) if item.sub is not None and is_component(item, vectors)}
    for items in products(content):
        for place, item in enumerate(items):
            if id(item) not in used and (edit := edit_of(text, items[place:], vectors, indices)) is not None:
                edits.append(edit)
                used |= {id(one) for one in items if edit.start <= one.pos < edit.end}
    result = edited(text, [one for one in edits if not any(within(one, other) for other in edits)])
    if any(vector(item, vectors) for item in every(parse(result.text)[0])):
        raise Uncomponented
    return result


def within(one: Edit, other: Edit) -> bool:
    """Whether an edit is of a part of what another one is of."""
    return one != other and other.start <= one.start and one.end <= other.end


def edit_of(text: str, items: Sequence[Item], vectors: Vectors, indices: set[str]) -> Edit | None:
    """How factors that begin with a norm, a product of vectors or a range of components are written."""
    item, *more = items
    if item.kind == "group" and item.value == NORM and item.body is not None and item.body.only is not None:
        if not any(vector(one, vectors) for one in every(item.body)):
            return None
        opened = OPENING.search(text, 0, item.pos)
        start = item.pos if opened is None else opened.start()
        return Edit(start, end_of(text, closed(text, item)), norm(text, item, item.body.only, vectors))
    if item.sup is not None and unwrap(item.sup).value == TRANSPOSED and more and holds(item, vectors):
        left, right = without_script(text, item, vectors), without_script(text, more[0], vectors)
        return Edit(item.pos, end_of(text, more[0]), summed(f"{left} {right}", vectors))
    if len(more) > 1 and vector(item, vectors) and more[0].kind == "op" and more[0].value == "·" and \
            vector(more[1], vectors):
        left, right = (without_script(text, one, vectors) for one in (item, more[1]))
        return Edit(item.pos, end_of(text, more[1]), summed(f"{left} {right}", vectors))
    if item.sub is not None and item.sup is None and label(item.sub) in indices:
        range_ = {"big": f"{label(item.sub)}=1", "fn": rf"1 \leq {label(item.sub)} \leq {vectors.size}"}
        if item.kind == "big" or item.kind == "fn" and item.value in EXTREMES:
            above = f"^{{{vectors.size}}}" if item.kind == "big" else ""
            return Edit(item.sub.pos, item.sub.end, f"{{{range_[item.kind]}}}{above}")
    return None


def closed(text: str, item: Item) -> Item:
    """A norm that ends where all of its last bar ends. Raises Uncomponented."""
    found = CLOSING.match(text, item.end - 1)
    if found is None:
        raise Uncomponented
    twin = item.copy()
    twin.end = found.end()
    return twin


def norm(text: str, item: Item, inside: Expr, vectors: Vectors) -> str:
    """A norm as a sum, a root or a maximum of what the components are. Raises Uncomponented."""
    below = "2" if item.sub is None else label(item.sub)
    above = "" if item.sup is None else f"^{{{label(item.sup)}}}"
    one = component(text, inside, vectors)
    if item.primes or below not in ("1", "2", INFINITE) or above and not label(item.sup or item).isdecimal():
        raise Uncomponented
    if below == "2":
        squares = summed(f"({one})^2", vectors)
        return squares if above == "^{2}" else rf"\left(\sqrt{{{squares}}}\right){above}"
    if below == "1":
        return summed(rf"\left|{one}\right|", vectors) + above
    return rf"\left(\max_{{1 \leq {vectors.letter} \leq {vectors.size}}} \left|{one}\right|\right){above}"


def summed(term: str, vectors: Vectors) -> str:
    """The sum of a term over the components."""
    return rf"\left(\sum_{{{vectors.letter}=1}}^{{{vectors.size}}} {term}\right)"


def component(text: str, expr: Expr, vectors: Vectors) -> str:
    """A component of a sum of multiples of vectors. Raises Uncomponented."""
    found = ""
    for sign, items, _ in expr.terms:
        if sum(holds(one, vectors) for one in items) != 1 or sign not in ("", "+", "-"):
            raise Uncomponented
        found += sign + " ".join(without_script(text, one, vectors) if holds(one, vectors) else printed_item(text, one)
                                 for one in items)
    return found


def without_script(text: str, item: Item, vectors: Vectors) -> str:
    """A component of a vector, or of a sum of vectors in a bracket, whatever its script says. Raises Uncomponented."""
    if item.sub is not None or item.primes or item.sup is not None and unwrap(item.sup).value != TRANSPOSED:
        raise Uncomponented
    if item.kind == "sym" and item.value in vectors.names:
        return f"{item.value}_{{{vectors.letter}}}"
    if item.kind == "group" and item.value == "(" and item.body is not None and item.body.only is not None:
        return f"({component(text, item.body.only, vectors)})"
    raise Uncomponented


def holds(item: Item, vectors: Vectors) -> bool:
    """Whether a factor is a vector, or has one in it otherwise than by a component."""
    return any(vector(one, vectors) for one in every(Content(Piece(Expr("", [item], item.pos)))))


def vector(item: Item, vectors: Vectors) -> bool:
    """Whether an item is a vector as a whole."""
    return item.kind == "sym" and item.value in vectors.names and item.sub is None


def is_component(item: Item, vectors: Vectors) -> bool:
    """Whether an item is a component of a vector, by one letter or number."""
    return item.kind == "sym" and item.value in vectors.names and item.sub is not None and len(label(item.sub)) == 1


def printed_item(text: str, item: Item) -> str:
    """What an item prints."""
    return text[item.pos:end_of(text, item)]
