"""Statements on paths that are true, bent at random: none that is false is proved.

    python tests/support/path_bends.py [--count 5000] [--seed 0]

The statements are what the derivations on paths show, each of their steps, and what objectives on paths claim. A bend
changes one place, by a rule of the project or by one for times, values and laws of states; many statements are bent
twice. What the kernel proves then is judged by the oracle, on processes and on sequences. Exits with 1 where a false
statement was proved.
"""

import argparse
import sys
from collections import Counter
from functools import cache
from importlib import import_module
from random import Random
from time import thread_time

from mutation_rules import LETTERS

from grpo_symbolic import kernel as k
from grpo_symbolic.checking.bends import RULES, attempts, places, put
from grpo_symbolic.language import (
    ActionValue,
    Advantage,
    After,
    Bound,
    Claim,
    Expect,
    Indicator,
    LanguageError,
    Ordinal,
    Policy,
    Prefix,
    Relation,
    Scope,
    Start,
    Value,
    Visited,
)
from grpo_symbolic.objectives import objectives
from grpo_symbolic.oracle import Unevaluable, attack
from grpo_symbolic.oracle.search.processes import search
from grpo_symbolic.paper.collection import scripts
from grpo_symbolic.paper.trajectories import gamma
from grpo_symbolic.proof.prove import FAULTS, _prove, never, searching

SECONDS, JUDGED = 1.0, 0.03
TRIES = 200
VALUES = (Value, ActionValue, Advantage)


def relations(derivation):
    """What a derivation shows, and each of its steps."""
    yield derivation.claim.relation
    for start, step in derivation.links():
        yield Relation("=", start, step.expression)


def on_paths():
    """What is true on paths: what derivations show, with each of their steps, and what is claimed of objectives."""
    for name in scripts().values():
        for derivation in import_module(f"grpo_symbolic.derivations.{name}").script.derivations:
            for one in relations(derivation):
                yield one, f"{name}/{derivation.id}"
    for objective in objectives():
        for fact in objective.facts:
            claim = objective.read(fact).claims[0] if isinstance(fact.statement, str) else fact.statement()
            if fact.expect == "proved" and not claim.assume and not claim.at_old and isinstance(claim, Claim):
                yield claim.expanded(), f"{objective.id}/{fact.id}"


@cache
def statements():
    """Every true statement on paths, once."""
    found = {relation: name for relation, name in on_paths() if any(
        isinstance(part, Scope) and part.sort == "token" or isinstance(part, VALUES) for part in relation.walk())}
    return tuple(found.items())


# Bends of their own: of a node, and the sorts of the variables bound around it, the innermost last.


def order(at, _):
    """Another order of two times."""
    if isinstance(at, Indicator):
        for op in "≥>≤<=":
            if op != at.args[0].name:
                yield Indicator(op, *at.args[1:])


def time(at, sorts):
    """Another time for a time."""
    if isinstance(at, Bound) and at.sort == "token":
        for depth, sort in enumerate(reversed(sorts)):
            if sort == "token" and depth != at.depth:
                yield Bound(depth, "token")


def ahead(at, _):
    """The state after a step for that before it, or it for that."""
    if isinstance(at, (After, Prefix)):
        yield (Prefix if isinstance(at, After) else After)(*at.args)


def count(at, _):
    """A step counted as the next one, or as that before it."""
    if isinstance(at, Ordinal):
        yield at + 1
        yield at - 1


def worth(at, _):
    """A value of another policy, an advantage for a value of an action."""
    if isinstance(at, VALUES):
        policy, *rest = at.args
        for other in LETTERS.policies:
            if other != policy:
                yield at.func(other, *rest)
        if not isinstance(at, Value):
            yield (Advantage if isinstance(at, ActionValue) else ActionValue)(*at.args)


def visited(at, _):
    """The first states for those that are visited, or these for those."""
    if isinstance(at, Expect) and isinstance(at.law, (Start, Visited)):
        yield Expect(Start() if isinstance(at.law, Visited) else Visited(Policy(r"\pi"), gamma), at.scope)


def of_project(rule):
    """A rule of the project as one of these."""
    return lambda at, _: attempts(rule, at, LETTERS)


OWN = (order, time, ahead, count, worth, visited)
EVERY = (*OWN, *OWN, *map(of_project, RULES))  # their own come more often


def around(term, path):
    """The sorts of the variables that are bound around a place."""
    sorts = []
    for place in path:
        if isinstance(term, Scope):
            sorts.append(term.sort)
        term = term.args[place]
    return sorts


def bent(relation, dice):
    """The relation bent at one place; itself where nothing was found to bend."""
    spots = list(places(relation))
    for _ in range(TRIES):
        (path, at), rule = dice.choice(spots), dice.choice(EVERY)
        try:
            found = list(rule(at, around(relation, path)))
            image = put(relation, path, dice.choice(found)) if found else relation
        except LanguageError:
            continue  # what cannot be said is no bend
        if image != relation:
            return image
    return relation


@cache
def shares():
    """How often a statement is bent beside the others: the shorter the more often, as it is sooner decided."""
    return [sum(1 for _ in relation.walk()) ** -1.5 for relation, _ in statements()]


def drawn(dice):
    """A bent statement and its name: bent once, or twice."""
    (relation, name), = dice.choices(statements(), shares())
    for _ in range(dice.choice((1, 2, 2))):
        relation = bent(relation, dice)
    return relation, name


def proved(claim):
    """Whether the kernel proves a claim under all its rules: under fewer it proves no more."""
    try:
        _prove(claim, searching(k.RULES, thread_time() + SECONDS, never))
    except FAULTS:
        return False
    return True


def contradicted(claim):
    """Whether a model contradicts a claim; None where none has a value for it."""
    for ask in (attack, search):
        try:
            found = ask(claim, JUDGED)
        except (Unevaluable, LanguageError):
            continue
        if found.counterexample is not None or found.models:
            return found.counterexample is not None
    return None


def outcome(dice):
    """What becomes of a statement: ``open``, ``true``, ``unjudged``; of a false one that is proved, what it says."""
    relation, name = drawn(dice)
    claim = Claim(relation)
    if not proved(claim):
        return "open"
    wrong = contradicted(claim)
    if wrong is None:
        return "unjudged"
    return f"{name}: {relation} is proved" if wrong else "true"


def main():
    """Print how many were bent, and what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    start, counts, wrong = thread_time(), Counter(), []
    for number in range(options.count):
        found = outcome(Random(options.seed * 1_000_000 + number))
        if found not in ("open", "true", "unjudged"):
            wrong.append(found)
            print(found, file=sys.stderr, flush=True)
        counts[found if found in ("open", "true", "unjudged") else "false"] += 1
    print(f"{options.count} bent statements on paths: {counts['open']} not proved, {counts['true']} proved and true, "
          f"{counts['unjudged']} proved and not judged, {counts['false']} proved and false; "
          f"{thread_time() - start:.0f} s")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
