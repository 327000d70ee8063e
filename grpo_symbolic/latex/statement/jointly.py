"""A text whose laws only a joint law explains, p(x|y) beside p(y|x), read as one of that; and one of parts of paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..notation.profiles import Profile
from ..parsing.parser import parse
from ..read_error import Fault, ReadError
from ..spelling.customary_slices import in_slices
from ..spelling.edits import Found, edited
from ..spelling.joint_draws import NoJoint
from ..spelling.joint_readings import jointly
from .customs import LETTER, Read, Written, read_written
from .statement import Statement


def read_jointly(latex: str, where: Sequence[str], layouts: Iterable[str], profile: Profile, read: Read
                 ) -> Iterator[Statement | None]:
    """What a text says under each reading of its laws as those of joint laws, and of parts of paths, None for one that
    cannot be said.

    ``layouts`` are those of the functions that are defined beside the text, ``read`` reads a text and those beside it.
    """
    defined = frozenset(letter[0] for layout in layouts if (letter := LETTER.match(layout)))
    try:
        found = Found(latex, parse(latex, profile)[0], defined)
    except Fault:
        return
    for rule in (jointly, in_slices):
        try:
            for change in rule(found):
                done = edited(latex, change.edits)
                written = Written(done.text, (change.said,), change.shown, (done,))
                yield read_written(latex, where, (written, *(None for _ in where)), read)
        except (NoJoint, ReadError):
            yield None
