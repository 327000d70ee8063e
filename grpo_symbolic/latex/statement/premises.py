"""What a premise is said of: of the one value that it names, or of every value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sympy import Basic

from ...language import (
    ALL,
    NONE,
    App,
    Claim,
    Const,
    Definition,
    Frac,
    Head,
    Law,
    Prob,
    Relation,
    Scope,
    Sum,
    Var,
    expand,
    known_sign,
    rewrite,
    sort_of,
    substitute,
)

LETTERS = {"action": "a", "state": "s"}


def of_every_draw(relation: Relation, claimed: Relation) -> Relation:
    """What is assumed of a bare letter, of every value where the letter stands in a claim for a value that is drawn."""
    parts = list(claimed.walk())
    drawn = {part.head.layout: part for part in parts
             if isinstance(part, App) and part.params and "#" not in part.head.layout}
    numbers = {part.name for part in parts if isinstance(part, Const)}
    taken = {var.name for var in claimed.free}

    def valued(part: Basic) -> Basic | None:
        if not isinstance(part, Const) or part.name in numbers or part.name not in drawn:
            return None
        value = drawn[part.name]
        return App(value.head, *(Var(unused(LETTERS[sort_of(one)], taken), sort_of(one)) for one in value.params))

    found: Relation = rewrite(relation, valued) if {sort_of(one) for value in drawn.values() for one in value.params} \
        <= LETTERS.keys() else relation
    return found


def unused(letter: str, taken: Collection[str]) -> str:
    """A letter with as many primes as it takes to be another."""
    return letter if letter not in taken else unused(f"{letter}'", taken)


def of_every(relation: Relation, variables: Collection[Var], taken: Collection[str]) -> Relation:
    """A relation that is assumed of every value of some variables: their names are none of those that are ``taken``."""
    values = {}
    for var in sorted(relation.free & frozenset(variables), key=str):
        name = var.name + "'"
        while name in taken:
            name += "'"
        values[var] = Var(name, var.sort)
    found: Relation = substitute(relation, values) if values else relation
    return found


def widened(claim: Claim) -> Claim:
    """A claim whose premises are assumed of every value of what they name, and laws that they give are written out."""
    taken = {var.name for var in claim.free.union(*(one.free for one in claim.assume))}
    wide = replace(claim, assume=tuple(of_every(one, claim.fixed, taken) for one in claim.assume), fixed=frozenset())
    for premise in wide.assume:
        wide = written_out(wide, premise)
    return wide


def written_out(claim: Claim, premise: Relation) -> Claim:
    """A claim in which a law has the values that a premise gives it for every outcome: f(a)/Σ_b f(b), all positive."""
    left, right = premise.lhs, premise.rhs
    law = left.law if isinstance(left, Prob) else None
    if premise.op != "=" or not isinstance(left, Prob) or not isinstance(law, Law) or not isinstance(right, Frac):
        return claim
    variables, (above, below) = (left.action, *law.context), right.args
    normal = below == Sum(ALL, NONE, Scope.close(left.action, above))
    if not normal or known_sign(expand(above, claim.where)) != "positive" or not all(
            isinstance(var, Var) for var in variables) or claim.free & set(variables) or premise not in claim.assume:
        return claim
    head = Head(f"{law.policy.name}({', '.join(f'#{place + 1}' for place in range(len(variables)))})")

    def valued(part: Basic) -> Basic | None:
        same = isinstance(part, Prob) and isinstance(part.law, Law) and part.law.policy == law.policy
        return head(part.action, *part.law.context) if same else None

    relation, *others = (rewrite(one, valued) for one in (claim.relation, *claim.assume) if one != premise)
    if any(part == law.policy for one in (relation, *others, right, *claim.where) for part in one.walk()):
        return claim
    return replace(claim, relation=relation, assume=tuple(others),
                   where=(*claim.where, Definition(head(*variables), right)))
