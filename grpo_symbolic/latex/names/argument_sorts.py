"""The sorts of letters that stand as arguments of functions whose arguments are known."""

from __future__ import annotations

from collections.abc import Sequence, Set

from ...language import Var, sort_of
from ..kinds.evidence import STANDS_AT, Use
from ..notation.priors import CONSTANTS, SORTS
from ..parsing.naming import bare
from .declaring import Declaration
from .environment import Environment

UNSORTED = frozenset((r"\theta", r"\pi", r"\infty"))


def argument_sorts(calls: Sequence[tuple[str, tuple[str, ...]]], environment: Environment, let: Sequence[Declaration],
                   uses: Set[Use]) -> dict[str, str]:
    """The sorts of letters in the calls of defined and declared functions, where nothing else has a letter.

    What is declared goes before custom where a letter has no other ``uses``.
    """
    found: dict[str, str] = {}
    names = environment.names
    known = SORTS.keys() & {letter for letter, use in uses if not use.startswith(("argument", STANDS_AT))}
    domains = {bare(one.symbol): one.of for one in let}
    for stem, letters in calls if domains else ():
        of = domains.get(bare(stem), ())
        found |= {letter: sort for letter, sort in zip(letters, of, strict=False) if sort in ("state", "action")
                  and letter and letter not in names and letter.rstrip("'") not in (*known, *UNSORTED)}
    for stem, letters in calls if names else ():
        named = names.get(environment.stems.get(stem, ""))
        if named is None or len(letters) != named.printed:
            continue
        for letter, param in zip(letters, named.app.params, strict=False):
            if isinstance(param, Var) and letter and letter not in names and \
                    letter.rstrip("'") not in (*SORTS, *UNSORTED, *CONSTANTS):
                found.setdefault(letter, sort_of(param))
    return found
