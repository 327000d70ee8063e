"""From text to verdict: read, then check each link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

from .checker import BUDGET, ORDER, Verdict, check
from .latex.read_error import ReadError
from .latex.reader import Statement, read_statement


def prove(latex: str, where: Sequence[str] = (), assume: Sequence[str] = (), budget: float = BUDGET) -> Verdict:
    r"""The verdict on a statement as papers print it, with the definitions it uses and the relations it assumes.

    ``budget`` bounds the search for a counterexample of each link, in seconds.

    >>> prove(r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0").status
    'proved'
    """
    start = perf_counter()
    try:
        statement: Statement | ReadError = read_statement(latex, where, assume)
    except ReadError as error:
        statement = error
    verdict = verdict_on(statement, budget=budget)
    return replace(verdict, latex=latex, ms=1e3 * (perf_counter() - start))


def verdict_on(statement: Statement | ReadError, name: str = "", budget: float = BUDGET) -> Verdict:
    """The verdict on what was read, or on what was not; of a chain the worst of its links."""
    if isinstance(statement, ReadError):
        part = f"in {statement.part}: " if statement.part else ""
        return Verdict("ill-formed", part + statement.reason, position=(statement.line, statement.column), id=name)
    links = [replace(check(link.content, budget=budget), position=(link.line, link.column), latex=statement.latex)
             for link in statement.links]
    if len(links) == 1:
        return replace(links[0], id=name)
    worst = min(links, key=lambda link: ORDER.index(link.status))
    return replace(worst, id=name, links=tuple(links), ms=sum(link.ms for link in links), latex=statement.latex)


def check_read(read: Iterable[tuple[Any, Statement | ReadError]], budget: float, jobs: int) -> Iterator[Verdict]:
    """The verdicts on records that were read, in order, each as soon as it is there; ``jobs`` processes at a time."""
    if jobs <= 1:
        for record, statement in read:
            yield verdict_on(statement, record.id, budget)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # the children inherit what was read: nothing but positions and verdicts travels
    _inherited[:] = read
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        count = len(_inherited)
        yield from pool.map(_check_inherited, range(count), [budget] * count)


_inherited: list[tuple[Any, Statement | ReadError]] = []


def _check_inherited(position: int, budget: float) -> Verdict:
    record, statement = _inherited[position]
    return verdict_on(statement, record.id, budget)
