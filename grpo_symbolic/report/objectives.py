"""What is listed of papers, objectives and the estimators of their penalty: tables in a terminal, lines in a pipe."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from ..books import NAMES, book
from ..objectives import objectives
from ..objectives.estimators import ESTIMATORS, Row, rows
from .lore_page import show_lore
from .terminal import off_record, print_record, progress, table

if TYPE_CHECKING:
    from ..checking.verdict import Verdict
    from ..objectives import Fact, Objective

LEGEND = (
    "Value: E[w·k] over the sampling law. Gradient: in the loss E[∇(w·k)], in the reward E[w·sg[k]·∇log π_θ].",
    "k1 = log π_θ/π_ref, k2 = k1²/2, k3 = π_ref/π_θ − log π_ref/π_θ − 1. M_θ = E_θ[k2], M_old = E_old[k2].",
    "The weight ρ is the ratio to the sampling law held fixed: π_θ/π_old under π_old, π_θ/sg[π_θ] under π_θ.",
    "Every cell is proved equal to what it names; of `none of these` every candidate is refuted.",
)
PAPER_HEADINGS = ("paper", "statements", "title")
HEADINGS = ("sampled from", "in the", "estimator", "weight", "expected value", "expected gradient")
TOPICS = ("papers", "estimators", "objectives", "lore")


def topics() -> tuple[str, ...]:
    """What can be listed beside the paper: the tables, one estimator, one objective."""
    return (*TOPICS, *ESTIMATORS, *(one.id for one in objectives()))


def show_topic(topic: str, as_json: bool) -> int:
    """Show what is known of a topic; the exit status, 1 where a claim did not get the verdict on record."""
    if topic == "papers":
        show_papers(as_json)
        return 0
    if topic == "lore":
        show_lore(as_json)
        return 0
    if topic == "estimators" or topic in ESTIMATORS:
        chosen = tuple(ESTIMATORS) if topic == "estimators" else (topic,)
        show_estimators(rows(chosen), 12 * len(chosen), as_json)
        return 0
    return show_objectives([one for one in objectives() if topic in ("objectives", one.id)], as_json)


def show_papers(as_json: bool) -> None:
    """The papers that are built in."""
    found = {name: book(name) for name in NAMES}
    rows = [[name, str(sum(1 for _ in one.items())), one.title] for name, one in found.items()]
    if as_json:
        for row in rows:
            print_record(dict(zip(PAPER_HEADINGS, row, strict=True)))
    else:
        table(PAPER_HEADINGS, rows, "Papers that are built in")


def show_estimators(found: Iterable[Row], count: int, as_json: bool) -> None:
    """The table of the estimators, as it is found."""
    if as_json:
        for row in found:
            print_record(row.record())
        return
    table(HEADINGS, [cells(row) for row in progress(found, count)], "Estimators of D_KL(π_θ‖π_ref)")
    print("\n" + "\n".join(LEGEND))


def cells(row: Row) -> list[str]:
    """A row of the table."""
    cell = row.cell
    return [cell.law, cell.place, cell.estimator, cell.weight, row.value.name, row.gradient.name]


def checked(chosen: Iterable[Objective]) -> Iterable[tuple[Objective, Fact, Verdict]]:
    """Every claim on the objectives with its verdict, as it is found, by processes side by side."""
    from ..paper.side_by_side import checks_done

    claimed = [(one, fact) for one in chosen for fact in one.facts]
    found = checks_done([partial(one.check, fact) for one, fact in claimed])
    for (one, fact), verdict in zip(claimed, found, strict=True):
        yield one, fact, verdict


def show_objectives(chosen: list[Objective], as_json: bool) -> int:
    """The claims on objectives; of a single one its definitions too. 1 where a verdict is not the one on record."""
    found = []
    for one, fact, verdict in progress(checked(chosen), sum(len(one.facts) for one in chosen)):
        found.append((fact, verdict))
        if as_json:
            print_record(record(one, fact, verdict))
    if not as_json:
        if len(chosen) == 1:
            print("\n".join([f"{chosen[0].name} ({chosen[0].source})", *chosen[0].printed(), ""]))
        table(("id", "about", "verdict", "claim"),
              [[verdict.id, fact.kind, verdict.status, fact.sentence] for fact, verdict in found], "Objectives", 2)
    return int(off_record((verdict, fact.expect) for fact, verdict in found))


def record(one: Objective, fact: Fact, verdict: Verdict) -> dict[str, Any]:
    """A claim as one JSON record: what is said, and the verdict."""
    return {**verdict.record(), "objective": one.name, "about": fact.kind, "claim": fact.sentence,
            "latex": one.latex_of(fact), "assume": list(fact.assume)}
