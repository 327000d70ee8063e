r"""What a verdict says of ranges from a letter on, \sum_{k=m}^n: that m ≤ n + 1 is a hypothesis.

Ranges that bound each other, as that and the one from n to m, leave hardly a number of which the statement is true or
not as it is printed: nothing of it is decided. That a group has the members that are named is none of a statement that
does not speak of its size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..language import GROUP_SIZE, NONE, Claim, Const, Node, Num, Product, Relation, Scope, Sum, span
from ..latex.statement.lengths import linear, said
from ..latex.statement.statement import Link
from .verdict import Verdict

MEMBERS = f"Range({GROUP_SIZE.name}≥"


def with_whole_ranges(claim: Claim) -> tuple[Claim, str] | None:
    """A claim where no range to a letter is shorter than an empty one, and what is given so; None where none can be."""
    terms = (claim.relation, *claim.where, *claim.assume)
    lengths = [length for length in dict.fromkeys(offset_lengths(terms)) if may_be_negative(length)]
    if not lengths:
        return None
    given = tuple(Relation("≥", length, Num(0)) for length in lengths)
    return replace(claim, assume=(*claim.assume, *given)), " and ".join(said(linear(length)) for length in lengths)


def offset_lengths(terms: tuple[Node | Relation, ...]) -> Iterator[Node]:
    """How many numbers there are in each range of an index or a token, if that depends on nothing that is bound."""
    for part in (part for term in terms for part in term.walk()):
        if isinstance(part, (Sum, Product)) and part.args[-1].sort in ("index", "token") and part.args[1] == NONE:
            start, end = span(part.args[0])
            length = end - (start - 1)
            if not length.loose and not length.free:
                yield length


def may_be_negative(length: Node) -> bool:
    """Whether a number of numbers with letters may be below zero where each of these counts one at the least."""
    counts = linear(length)
    letters = [count for letter, count in counts.items() if letter is not None]
    return min(sum(counts.values()), *letters) < 0 if letters else False


def ranged(verdict: Verdict, link: Link) -> Verdict:
    """The verdict on a link of a statement under what is given with its ranges, and nothing that is idle."""
    sized = speaks_of_size(link)
    asked = tuple(one for one in verdict.hypotheses if one not in link.idle and (sized or not one.startswith(MEMBERS)))
    if verdict.status not in ("proved", "refuted"):
        return replace(verdict, hypotheses=asked)
    if link.lengths.clash:
        reason = (f"it is {verdict.status} only where {' and '.join(link.lengths.clash)}: no range is shorter than an "
                  "empty one, and these bound each other")
        return replace(verdict, status="undecided", proved=None, hypotheses=(), counterexample=None, change=None,
                       spot=None, reason=reason)
    change = verdict.change
    if change is not None:
        change = replace(change, hypotheses=tuple(dict.fromkeys((*change.hypotheses, *link.lengths.hypotheses))))
    more = link.lengths.hypotheses if verdict.status == "proved" else ()
    return replace(verdict, hypotheses=tuple(dict.fromkeys((*asked, *more))), change=change)


def speaks_of_size(link: Link) -> bool:
    """Whether a link has the size of the group, or a group that is drawn."""
    content = link.content
    terms = (content.relation, *content.where, *content.assume) if isinstance(content, Claim) else ()
    return any(part.sort == "group" if isinstance(part, Scope) else isinstance(part, Const) and
               part.name == GROUP_SIZE.name for term in terms for part in term.walk())
