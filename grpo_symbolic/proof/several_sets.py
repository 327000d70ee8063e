r"""Whether all actions of a claim are of one finite set, and all its states: if not, their numbers are not compared.

The kernel knows one set of actions. That p(y) and \pi(b|s) are laws over two sets changes nothing but sizes: a proof
in which the size of a set stands is none where nothing links what runs over it to the rest. Trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import language as lang

# A place in which members of one set stand: a name, and which of its arguments.
Place = tuple[str, int]
OUTCOME = -1
SETS = {"action": "action", "group": "action", "state": "state"}


def several(relations: Iterable[lang.Relation]) -> frozenset[str]:
    """The sorts, ``action`` and ``state``, whose variables in these relations may be of several sets."""
    found: dict[str, list[set[Place]]] = {"action": [], "state": []}
    for relation in relations:
        for sort, places in linked(relation):
            found[sort].append(places)
    return frozenset(sort for sort, all_places in found.items() if len(merged(all_places)) > 1)


def merged(sets: Iterable[set[Place]]) -> list[set[Place]]:
    """The unions of sets that share something."""
    unions: list[set[Place]] = []
    for one in sets:
        met = [union for union in unions if union & one]
        unions = [union for union in unions if not union & one] + [one.union(*met)]
    return unions


def linked(relation: lang.Relation) -> Iterator[tuple[str, set[Place]]]:
    """For each variable, and for the number of actions, the places that are of one set."""
    relation = lang.unfold(relation)
    for var in relation.free:
        if var.sort in SETS:
            yield of_set(var.sort, places_of(var, relation))
    for part in relation.walk():
        if isinstance(part, lang.ActionCount):
            yield of_set("action", ())
        scope = next((arg for arg in part.args if isinstance(arg, lang.Scope)), None)
        if scope is not None and scope.sort in SETS:
            var, body = scope.open(relation.free)
            drawn = [outcome(part.law)] if isinstance(part, lang.Expect) else []
            yield of_set(scope.sort, (*drawn, *places_of(var, body)))


def of_set(sort: str, places: Iterable[Place]) -> tuple[str, set[Place]]:
    """Places of one set; what stands nowhere is of the set that the sort names, and so is what a policy draws."""
    sort, found = SETS[sort], set(places)
    if not found or any(name.startswith(r"\pi") and place == OUTCOME for name, place in found):
        found.add((sort, OUTCOME))
    return sort, found


def places_of(var: lang.Var, body: lang.Term) -> Iterator[Place]:
    """The places in which a variable stands in a term, or a member or token of it."""
    for part in body.walk(naming=var):
        if isinstance(part, lang.Prob) and var in part.action.free:
            yield outcome(part.law)
        elif isinstance(part, lang.Law):
            yield from ((part.policy.name, number) for number, arg in enumerate(part.context) if var in arg.free)
        elif isinstance(part, lang.App):
            for number, arg in enumerate(part.params):
                if not isinstance(arg, lang.Node) and var in arg.free:
                    yield part.head.layout, number


def outcome(law: lang.Law | lang.StateLaw) -> Place:
    """The place of what a law gives probabilities to."""
    policy = getattr(law, "policy", None)
    return (policy.name if policy is not None else ""), OUTCOME
