"""The pages of the documentation that are written from what is computed.

``python -m grpo_symbolic.report.pages docs`` writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ..books import FOLDERS
from ..objectives import Fact, Objective, objectives
from ..objectives.estimators import ESTIMATORS, LAWS, RATIOS, Row, rows
from ..objectives.quantities import GRADIENTS, MOMENT, OLD_MOMENT, VALUES
from ..objectives.record import KINDS
from ..shelf.folder import FolderBook
from .book_page import book_page
from .claims_page import claims_page
from .lore_page import lore_page
from .markdown import anchor, formula
from .objectives import checked
from .paths_page import figures_of, paths_page

if TYPE_CHECKING:
    from ..checking.verdict import Verdict

KL = "kl-estimators"
ESTIMATORS_HEAD = r"""# The estimators k1, k2, k3

Is k3 in my loss a reverse KL? Sampled from the current policy its *value* is, in the mean: D_KL(π_θ‖π_ref). Its
*gradient* is not: it is that of the forward divergence, ∇D_KL(π_ref‖π_θ). Weighted by the ratio ρ that is
differentiated too, it has the gradient of the reverse divergence, on-policy and off-policy.

- [What is asked](#what-is-asked)
- [On-policy, samples from π_θ](#on-policy-samples-from-π_θ)
- [Off-policy, samples from π_old](#off-policy-samples-from-π_old)
- [How the tables were found](#how-the-tables-were-found)

This page is written from what `grpo-symbolic list estimators` computes; with `--json` each cell comes with its verdict,
the hypotheses of its proof, and the counterexamples where no candidate fits.

## What is asked

The estimators of D_KL(π_θ‖π_ref) at one sample are

"""
ESTIMATORS_ASKED = r"""
Each is *plain*, or has a *weight*: ρ, or sg[ρ], which is ρ held fixed. ρ is the ratio to the sampling law held fixed,
so that under π_θ its value is 1 while its gradient is the score:

"""
ESTIMATORS_PLACES = r"""
In the *loss* a sample's w·k is differentiated, and the sampling is not: the expected gradient is
$\mathbb{E}_b[\nabla_\theta(w\,k)]$. In the *reward* k is a number that multiplies the score:
$\mathbb{E}_b[w\,\operatorname{sg}[k]\,\nabla_\theta\log\pi_\theta]$. The expected value is $\mathbb{E}_b[w\,k]$ in
both. All gradients are those of a penalty that is minimised; a reward that subtracts it turns the sign of each.

Half of the second moment of the log-ratio has no name of its own in the field, and is written

"""
ESTIMATORS_FOUND = r"""
## How the tables were found

A cell is an equation between the expectation and a candidate. One that agrees in a few random models is tried first,
and the checker then proves the equation for every finite action set and every parametrisation. *None of these* says
that each candidate was refuted with a counterexample; a cell for which neither succeeds would be called undecided.

| candidates for a value | candidates for a gradient |
|---|---|
{candidates}

The answer to the first question is an ordinary statement:

```python
>>> import grpo_symbolic as gs
>>> k3 = (r"k_3(a) \doteq \frac{{\pi_{{\text{{ref}}}}(a|s)}}{{\pi_\theta(a|s)}}"
...       r" - \log\frac{{\pi_{{\text{{ref}}}}(a|s)}}{{\pi_\theta(a|s)}} - 1")
>>> gradient = r"\mathbb{{E}}_{{a\sim\pi_\theta(\cdot|s)}}[\nabla_\theta k_3(a)]"
>>> forward = r"\nabla_\theta D_{{\text{{KL}}}}(\pi_{{\text{{ref}}}}(\cdot|s) \| \pi_\theta(\cdot|s))"
>>> reverse = r"\nabla_\theta D_{{\text{{KL}}}}(\pi_\theta(\cdot|s) \| \pi_{{\text{{ref}}}}(\cdot|s))"
>>> [gs.prove(f"{{gradient}} = {{other}}", where=[k3]).status for other in (forward, reverse)]
['proved', 'refuted']

```
"""
OBJECTIVES_HEAD = r"""# Objectives

Each objective in its own paper's notation, and what is claimed of it: its gradient as a coefficient times the score,
what it is at θ = θ_old, and which of the others it equals under which condition. Every verdict on this page was
computed by the checker; `grpo-symbolic list objectives` computes them again, `grpo-symbolic list gspo` those of one.
A refuted claim is a common mistake, or shows that a condition is needed.

The minimum of a surrogate and its clipped copy equals the minimum of the surrogate and a *ceiling* g, which the
advantage alone decides: (1 + ε)A for A ≥ 0, else (1 − ε)A. The claims called `ceiling` prove that, and those on
gradients use it. A sample at the edge of the clip range is excluded: there the minimum has no derivative.

"""


def estimators_page() -> str:
    """The page on the estimators."""
    found = list(rows())
    asked = displays(ESTIMATORS.values())
    ratios = displays(RATIOS[law] + rf" \qquad \text{{under }} {LAWS[law]}" for law in RATIOS)
    moments = displays([rf"M_\theta \doteq {MOMENT.latex}, \qquad M_{{\text{{old}}}} \doteq {OLD_MOMENT.latex}"])
    last = ESTIMATORS_FOUND.format(candidates=candidates())
    middle = ""
    for title, law in (("On-policy, samples from π_θ", "π_θ"), ("Off-policy, samples from π_old", "π_old")):
        middle += f"\n## {title}\n\n{markdown(row for row in found if row.cell.law == law)}"
    return ESTIMATORS_HEAD + asked + ESTIMATORS_ASKED + ratios + ESTIMATORS_PLACES + moments + middle + last


def candidates() -> str:
    """The candidates as the rows of a table."""
    names = zip_longest(*([one.name for one in some] for some in (VALUES, GRADIENTS)), fillvalue="")
    return "\n".join(f"| {value} | {gradient} |" for value, gradient in names)


def displays(formulas: Iterable[str]) -> str:
    """Formulas, each on lines of its own."""
    return "\n".join(map(formula, formulas))


def markdown(found: Iterable[Row]) -> str:
    """The rows of one sampling law as a table."""
    lines = ["| in the | estimator | weight | expected value | expected gradient |", "|---|---|---|---|---|"]
    for row in found:
        cell = row.cell
        lines.append(f"| {cell.place} | {cell.estimator} | {cell.weight} | {row.value.name} | {row.gradient.name} |")
    return "\n".join(lines) + "\n"


def objectives_page(found: Iterable[tuple[Objective, Fact, Verdict]]) -> str:
    """The page on the objectives, with the verdicts that were found."""
    contents = "\n".join(f"- [{one.name}](#{anchor(one.name)})" for one in objectives())
    sections = ["".join(section(one, [(fact, verdict) for _, fact, verdict in group]))
                for one, group in groupby(found, key=itemgetter(0))]
    return OBJECTIVES_HEAD + contents + "\n\n" + "\n".join(sections)


def section(one: Objective, found: list[tuple[Fact, Verdict]]) -> Iterator[str]:
    """What the page says of one objective."""
    yield f"## {one.name}\n\n{one.source[:1].upper()}{one.source[1:]}.\n\n"
    yield displays(one.printed()) + "\n"
    if one.note:
        yield one.note + "\n\n"
    for kind, about in KINDS.items():
        claims = [entry(one, fact, verdict) for fact, verdict in found if fact.kind == kind]
        if claims:
            yield f"**{about[:1].upper()}{about[1:]}:**\n\n" + "".join(claims)


def entry(one: Objective, fact: Fact, verdict: Verdict) -> str:
    """A claim with its verdict, its definitions and its assumptions."""
    given = ", ".join(f"${text}$" for text in fact.assume)
    parts = [f"`{fact.id}` — {fact.sentence} *{verdict.status.capitalize()}.*", formula(one.latex_of(fact)).rstrip()]
    parts += [f"where\n\n{displays(fact.where).rstrip()}"] if fact.where else []
    parts += [f"assuming {given}."] if given else []
    return "\n\n".join(parts) + "\n\n"


def kl_page() -> str:
    """The page on the comparison of the estimators of a divergence."""
    return book_page(FolderBook(FOLDERS[KL]), KL)


def write_pages(folder: Path) -> None:
    """Write the pages into a folder."""
    (folder / "claims.md").write_text(claims_page(), encoding="utf-8")
    (folder / "estimators.md").write_text(estimators_page(), encoding="utf-8")
    (folder / "kl-estimators.md").write_text(kl_page(), encoding="utf-8")
    (folder / "lore.md").write_text(lore_page(), encoding="utf-8")
    paths = folder / "paths.md"
    paths.write_text(paths_page(figures_of(paths.read_text(encoding="utf-8"))), encoding="utf-8")
    (folder / "objectives.md").write_text(objectives_page(checked(objectives())), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
