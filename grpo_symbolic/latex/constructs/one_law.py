"""What has one name in a statement and in all that it uses: laws of states, and the set whose members are counted."""

from __future__ import annotations

from collections.abc import Iterable

from ..read_error import Ambiguous, Fault

# A law that is not printed goes by the state that is drawn from it.
UNNAMED, POPULATION, VISITED = "unnamed", "population", "visited"
MOVES = "moves"  # the law of the next state
# A set whose size is printed, or over which something runs that is the same for all its members.
COUNTED = "counted"
# Before the name of a data set from whose joint law several variables are drawn, in one order.
JOINT = "joint "
# Before the name of a set over which something runs.
THROUGH = "through "
TWO = {
    UNNAMED: "no law is named for {} and {}, and they need neither have the same nor be independent: write "
             r"{} \sim \mu",
    POPULATION: "{} and {} may be two laws of states: write one",
    MOVES: "{} and {} may be two laws of the next state: write one",
    VISITED: "{} and {} are two laws of states: write one",
    COUNTED: r"here both {} and {} are counted, and whether they are as many is not said: name one set, as in "
             r"\sum_{{a \in \mathcal{{A}}}}"}


def one_name(known: dict[str, str], kind: str, name: str, pos: int) -> None:
    """Take note of the name of a law. Raises Fault where another is known, Ambiguous for a second set."""
    if known.setdefault(kind, name) != name and kind.startswith(JOINT):
        raise Fault(f"{known[kind]} and {name} are drawn from {kind.removeprefix(JOINT)}: write the same in one order, "
                    "as what is drawn has a joint law", pos)
    if known[kind] != name:
        raise (Ambiguous if kind == COUNTED else Fault)(TWO[kind].format(known[kind], name, name), pos)
    other = next((one for way, one in known.items() if way.startswith(THROUGH) and one != known.get(COUNTED, one)), "")
    if other:
        raise Ambiguous(TWO[COUNTED].format(known[COUNTED], other), pos)
    if kind != VISITED and UNNAMED in known and POPULATION in known:
        raise Fault(f"whether {known[UNNAMED]} has the law {known[POPULATION]} is not said: write "
                    rf"{known[UNNAMED]} \sim {known[POPULATION]}", pos)


def one_name_each(known: dict[str, str], others: Iterable[tuple[str, str]], pos: int) -> None:
    """Take note of the names that a definition has, which a statement uses."""
    for kind, name in others:
        one_name(known, kind, name, pos)
