"""The pictures of a page, each with the verdicts on what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ...objectives.clipping import PPO
from ...paper.collection import TEXTBOOK, item
from ..pictures.album import PLATES, Plate
from .content import Entry, Picture, Shown


def picture(plate: Plate, budget: float) -> Picture:
    """A picture, drawn now, with the verdicts on what it shows that has no entry of its own."""
    facts = {fact.id: fact for fact in PPO.facts}
    beside = [item(name) for name in plate.items if item(name).topic in TEXTBOOK]
    shows = (*(Shown("", one.title, one.check(budget).status) for one in beside),
             *(Shown("", f"{PPO.name}: {name}", PPO.check(facts[name], budget).status) for name in plate.facts))
    return Picture(plate.name, plate.title, plate.draw(), plate.alternative, plate.caption, shows)


def hung(pictures: Iterable[Picture], entries: Mapping[str, Entry]) -> Iterator[Picture]:
    """The pictures with the verdicts on the entries that they show."""
    for plate, one in zip(PLATES, pictures, strict=True):
        shown = (Shown(name, name, entries[name].status) for name in plate.items if name in entries)
        yield replace(one, shows=(*shown, *one.shows))
