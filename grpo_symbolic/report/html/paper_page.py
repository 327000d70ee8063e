"""The page on a built-in paper: its displays and its claims, point by point, with derivations and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from ...checking.verdict import Verdict
from ...language import Claim, LanguageError
from ...paper.collection import PAPER, scripts
from ...running.side_by_side import tasks_done
from ..pictures.album import PLATES
from .content import Entry, Line, Page, Section
from .entries import derived, entry, stated, typeset, witnesses
from .formulas import formula
from .gallery import hung, picture
from .summary import counts, lead

if TYPE_CHECKING:
    from ...shelf.book import Book, Point
    from ...shelf.entry import Item

DISPLAYED = "Each as it is printed, and as it is meant where that differs."
USUAL = ("Normalised", "Positive", "Differentiable", "FiniteActions", "FiniteStates", "BehaviourConstant", "Constant",
         "IndependentSamples")
Task = Callable[[], Any]


def entry_of(book: Book, item: Item, last: bool, budget: float) -> Entry:
    """The entry of an item of a paper: ``last`` of its topic, it carries the derivation."""
    verdict = with_change(item, item.check(budget), budget)
    reading, given = meaning(item)
    told: dict[str, Any] = {"number": item.number if item.printed else "", "title": item.title,
                            "printed": typeset(item.printed), "reading": reading, "given": given}
    if item.printed and book is PAPER:
        told |= beside_the_print(item)
    if last and item.topic in book.derived():
        told["derivations"] = tuple(derived(book.argument_of(item.topic)))
    return entry(verdict, **told)


def meaning(item: Item) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What an item says in our print, with what it uses and assumes; nothing where it is ill-formed."""
    from ...latex.printing.printer import latex

    try:
        statement = item.statement
    except LanguageError:
        return (), ()
    if isinstance(statement, Claim):
        return stated(statement)
    parts: tuple[Any, ...] = statement if isinstance(statement, tuple) else (statement,)
    return tuple(Line("", formula(latex(part.relation if isinstance(part, Claim) else part))) for part in parts), ()


def with_change(item: Item, verdict: Verdict, budget: float) -> Verdict:
    """The verdict, of a refuted claim with the change that makes it true, if one is found."""
    from ...checking.mending import SHARE
    from ...checking.texts import with_change as changed
    from ...latex.printing.printer import parts
    from ...latex.statement.readings import read_text
    from ...latex.statement.statement import Statement

    if verdict.status != "refuted" or not isinstance(item.statement, Claim):
        return verdict
    read = read_text(*parts(item.statement))
    if not isinstance(read, Statement) or len(read.links) != 1:
        return verdict
    return changed(verdict, read.links[0], read, SHARE * budget)


def beside_the_print(item: Item) -> dict[str, Any]:
    """How the print of a display differs from what is said in its place."""
    from ..comparison import difference_line, meaning_line

    one = comparison_of(item.topic)
    said = tuple(difference_line(found) for found in one.differences)
    fault = f"The print is ill-formed at {one.fault}." if one.fault else f"The print says {meaning_line(one)}."
    return {"fault": fault, "differences": said}


@cache
def comparison_of(topic: str) -> Any:
    """A display beside ours."""
    from ..comparison import compare_items

    return compare_items([topic])[0]


def page_of(book: Book, answers: Sequence[Any]) -> Page:
    """The page of a paper, from what its tasks came to."""
    plates = len(answers) - sum(1 for _ in book.items())
    drawn, entries = answers[:plates], answers[plates:]
    points = [item.under for item in book.items()]
    found: dict[str, list[Entry]] = {}
    for point, one in zip(points, entries, strict=True):
        found.setdefault(point, []).append(one)
    sections = (Section("displays", "The displays of the paper", DISPLAYED, tuple(found[""])),
                *(section_of(point, found[point.id]) for point in book.points()))
    needed = {hypothesis.witness for one in entries for hypothesis in one.hypotheses if hypothesis.witness}
    pictures = tuple(hung(drawn, {one.anchor: one for one in entries})) if drawn else ()
    return Page(book.title, tuple(lead(entries)), counts(entries), sections, pictures, tuple(witnesses(needed)))


def section_of(point: Point, entries: Sequence[Entry]) -> Section:
    """What is said of one point of a paper."""
    title = point.title[0].upper() + point.title[1:]
    head = {"repair": "The repair. "}.get(point.number, f"{point.number}. " if point.number.isdigit() else "")
    return Section(point.id, head + title, point.finding, tuple(entries), point=True)


def tasks(book: Book, budget: float) -> list[Task]:
    """What is to be computed: the pictures, which take longest, and an entry an item."""
    chosen = list(book.items())
    last = {item.topic: item for item in chosen}
    return [*(partial(picture, plate, budget) for plate in (PLATES if book is PAPER else ())), *(
        partial(entry_of, book, item, last[item.topic] is item, budget) for item in chosen)]


def answered(work: Sequence[Task], jobs: int) -> Iterator[Any]:
    """What the tasks come to, in their order, ``jobs`` at a time."""
    if jobs > 1:
        load()
    yield from tasks_done(work, jobs)


def load() -> None:
    """Load what the tasks use, once for all processes."""
    from matplotlib.backends import backend_svg  # noqa: F401

    from ... import oracle  # noqa: F401
    from ...checking.check import witnessed
    from ...checking.texts import FIRST, prove
    from ...paper.collection import argument_of
    from ..comparison import readings

    prove(FIRST)
    readings()
    witnessed(USUAL)
    for topic in scripts():
        argument_of(topic)
