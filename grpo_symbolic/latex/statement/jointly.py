"""A text whose laws only a joint law explains, p(x|y) beside p(y|x), read as one of that; and one of parts of paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ..notation.profiles import Profile
from ..read_error import Fault, ReadError
from ..spelling.customary_entropies import in_entropies
from ..spelling.customary_slices import in_slices
from ..spelling.edits import Change, Edit, Found, edited
from ..spelling.joint_draws import NoJoint
from ..spelling.joint_readings import jointly
from ..spelling.permuted import permuted
from .customs import LETTER, Written, read_written, surface
from .statement import Statement

BETWEEN = " , "
Read = Callable[[str, Sequence[str], Sequence[str]], Statement]


def read_jointly(latex: str, where: Sequence[str], assume: Sequence[str], layouts: Iterable[str], profile: Profile,
                 read: Read, chosen: bool = False) -> Iterator[Statement | None]:
    """What a text says under each reading of its laws as those of joint laws, and of parts of paths, None for one that
    cannot be said.

    ``layouts`` are those of the functions that are defined beside the text, ``read`` reads a text, its definitions and
    its assumptions, which speak of the same laws. Where it is ``chosen`` which letters are those of laws, no other is.
    """
    defined = frozenset(letter[0] for layout in layouts if (letter := LETTER.match(layout)))
    texts, whole = (latex, *where, *assume), BETWEEN.join((latex, *where, *assume))
    try:
        found = Found(whole, surface(whole, profile), defined)
    except Fault:
        return
    if permuted(whole):
        yield None  # by letters one law, by places two
        return
    for rule in (partial(jointly, chosen=chosen), in_slices, in_entropies):
        try:
            for change in rule(found):
                written = [written_out(text, change, start) for text, start in zip(texts, starts(texts), strict=True)]
                said = said_so(texts, written, len(where), read)
                yield from (said,) if said is not None or change.shown else ()
        except NoJoint:
            yield None


def said_so(texts: Sequence[str], written: Sequence[Written | None], defining: int, read: Read) -> Statement | None:
    """What a text and those beside it say once they are written out; None where that cannot be read."""
    try:
        return read_written(texts[0], texts[1:], written, lambda text, beside, _: read(
            text, beside[:defining], beside[defining:]))
    except ReadError:
        return None


def starts(texts: Sequence[str]) -> Iterator[int]:
    """Where each text begins among all of them."""
    place = 0
    for text in texts:
        yield place
        place += len(text) + len(BETWEEN)


def written_out(text: str, change: Change, start: int) -> Written | None:
    """One of the texts, written out; None where nothing of it is."""
    edits = [Edit(edit.start - start, edit.end - start, edit.text) for edit in change.edits
             if start <= edit.start <= edit.end <= start + len(text)]
    done = edited(text, edits)
    return Written(done.text, (change.said,), change.shown, (done,)) if edits else None
