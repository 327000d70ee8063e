r"""What rests on an equation between values of a policy that these do not have, as V^\pi(s) = \max_a Q^\pi(s,a).

A text may define its values so, or be wrong about those of the field: what follows from it is not decided.
"""

from __future__ import annotations

from dataclasses import replace

from ..language import Claim, Definition, Relation
from ..latex.notation.vocabulary import RELATION_HINTS
from ..latex.printing.printer import latex
from ..latex.statement.statement import Link, Statement
from ..lore.process import read_processes, restatements
from ..lore.time_told import between_values
from .standard import Judge
from .verdict import Verdict

EQUATED = RELATION_HINTS["="]  # no sign that only defines


def resting(verdict: Verdict, statement: Statement, judge: Judge, budget: float) -> Verdict:
    """The verdict on a statement, undecided where it uses such an equation of its document as a definition."""
    if verdict.status not in ("proved", "refuted"):
        return verdict
    taken = {one.text for one in statement.taken if one.kind == "definition"}
    used = {one for claim in statement.claims for one in claim.where
            if latex(one.lhs) in taken and between_values(one) and one.hints.get("op") == EQUATED}
    odd = sorted(latex(one.lhs) for one in used if not holds(one, statement, judge, budget))
    if not odd:
        return verdict
    return replace(verdict, status="undecided", proved=None, hypotheses=(), counterexample=None, change=None, spot=None,
                   reason=f"it is {verdict.status} if the text defines {odd[0]}; in a decision process that equation "
                          "is not shown to hold, and may be a claim")


def holds(one: Definition, statement: Statement, judge: Judge, budget: float) -> bool:
    """Whether a definition says in a decision process what its symbol means anyway."""
    claim = Claim(Relation("=", one.lhs, one.rhs), statement.environment.used_by([one.rhs]))
    alone = replace(statement, links=(Link("claim", claim, 1, 1),))
    return any(judge(read, budget).status == "proved" for read, _ in read_processes(
        alone, restatements(statement)))
