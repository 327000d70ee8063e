"""Laws of states that have one name in a statement and in all that it uses: what has two may be two laws."""

from __future__ import annotations

from collections.abc import Iterable

from .read_error import Fault

# A law that is not printed goes by the state that is drawn from it.
UNNAMED, POPULATION, VISITED = "unnamed", "population", "visited"
TWO = {
    UNNAMED: "no law is named for {} and {}, and they need neither have the same nor be independent: write "
             r"{} \sim \mu",
    POPULATION: "{} and {} may be two laws of states: write one",
    VISITED: "{} and {} are two laws of states: write one"}


def one_name(known: dict[str, str], kind: str, name: str, pos: int) -> None:
    """Take note of the name of a law. Raises Fault where another is known."""
    if known.setdefault(kind, name) != name:
        raise Fault(TWO[kind].format(known[kind], name, name), pos)
    if kind != VISITED and UNNAMED in known and POPULATION in known:
        raise Fault(f"whether {known[UNNAMED]} has the law {known[POPULATION]} is not said: write "
                    rf"{known[UNNAMED]} \sim {known[POPULATION]}", pos)


def one_name_each(known: dict[str, str], others: Iterable[tuple[str, str]], pos: int) -> None:
    """Take note of the names that a definition has, which a statement uses."""
    for kind, name in others:
        one_name(known, kind, name, pos)
