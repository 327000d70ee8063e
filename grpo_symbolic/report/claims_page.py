"""The page of the documentation on the paper's claims, from what the checker finds."""

from __future__ import annotations

from collections.abc import Iterator

from ..latex.printing.printer import latex
from ..paper.claims import CLAIMS, GROUPS
from ..paper.claims_base import Group
from ..paper.collection import claimed, scripts
from ..shelf.entry import Item
from .markdown import formula

INTRODUCTION = """\
# The claims of the paper

What the paper argues in prose, point by point, as statements that the checker decides, and then the repair. A point is
settled by several statements: what holds of it is proved, for every finite action set, every parametrisation and every
group size; what does not is refuted by a model with numbers. A sentence says what its statement says, whether that
holds or not.

This page is written from what the checker finds; `grpo-symbolic derive claim04` shows one point with hypotheses,
counterexamples and, where a script argues for it, the steps.

## Symbols
"""


def claims_page() -> str:
    """The whole page; every verdict on it is computed."""
    found: dict[str, list[Item]] = {}
    for item in claimed():
        found.setdefault(item.topic, []).append(item)
    parts = [INTRODUCTION, *symbols()]
    for group in GROUPS:
        parts += [*heading(group), *(line for item in found[group.id] for line in entry(item))]
    return "\n".join(parts)


def symbols() -> Iterator[str]:
    """The definitions that the claims share, each once."""
    known = dict.fromkeys(definition for claim in CLAIMS for definition in claim.build().where)
    for definition in known:
        yield formula(latex(definition))


def heading(group: Group) -> Iterator[str]:
    """The title of a group, what becomes of the point, and where it is derived."""
    title = group.title[0].upper() + group.title[1:]
    yield f"## {'The repair' if group.id == 'repair' else group.number}. {title}\n"
    yield f"{group.finding}\n"
    script = scripts().get(group.id)
    if script:
        yield f"Derived in [{script}.py](../derivations/{script}.py).\n"


def entry(item: Item) -> Iterator[str]:
    """A statement: its id and verdict, the sentence, the formula."""
    verdict = item.check()
    order = verdict.proved.partition("+")[2].strip() if verdict.proved else ""
    yield f"`{item.id}`, **{verdict.status}**{f' up to {order}' if order else ''}. {item.title}\n"
    yield formula(item.latex)
