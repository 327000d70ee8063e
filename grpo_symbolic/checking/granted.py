"""What a verdict owes to what the print of a statement takes for granted, which is named, and decides no more."""

from __future__ import annotations

import re
from dataclasses import replace

from ..latex.printing.printer import latex
from ..latex.statement.statement import Statement
from ..lore.told import told_otherwise
from .verdict import Standard, Verdict

DISCOUNT, SUM = r"\gamma", r"\sum"
# The order of two steps that is taken for granted, and a step in what a text says of them.
ORDER, STEP = re.compile(r"(?<![a-z'])([a-z]'*) < ([a-z]'*)"), re.compile(r"[a-z]'*")


def by_custom(verdict: Verdict, statement: Statement) -> Verdict:
    """The verdict on a statement whose print takes something for granted: it is named, what fails may mean something
    else, and what is not shown proves nothing."""
    granted = statement.granted
    if not granted or verdict.status not in ("proved", "refuted", "undecided"):
        return verdict
    named = tuple(Standard("by custom", said, 0) for said in granted)
    verdict = replace(verdict, lore=(*verdict.lore, *(one for one in named if one not in verdict.lore)))
    proves = statement.shown and not told_otherwise(statement, " ".join(granted)) and not any(
        ordered_otherwise(statement, *order) for order in ORDER.findall(" ".join(granted)))
    if verdict.status == "undecided" or verdict.status == "proved" and proves:
        return verdict
    result = "holds" if verdict.status == "proved" else "fails"
    return replace(verdict, status="undecided", proved=None, counterexample=None, change=None,
                   reason=f"it {result} if read by custom: {'; '.join(granted)}")


def ordered_otherwise(statement: Statement, before: str, after: str) -> bool:
    """Whether an assumption, or what a document says around a statement, relates two steps in any other way."""
    said = [one.text.replace(" ", "") for one in statement.doubts]
    said += [one.op.join(latex(side).replace(" ", "") for side in (one.lhs, one.rhs))
             for claim in statement.claims for one in claim.assume]
    return any({before, after} <= set(STEP.findall(text)) for text in said
               if text not in (f"{before}<{after}", f"{after}>{before}"))


def by_quantities(verdict: Verdict, statement: Statement) -> Verdict:
    """The verdict on a statement that takes quantities of steps for what they are in the field: they are named, and
    what fails may mean others where nothing is discounted, or paths end."""
    if not statement.quantities:
        return verdict
    named = tuple(Standard("steps", formula, 0) for formula in statement.quantities)
    verdict = replace(verdict, lore=(*named, *verdict.lore))
    if verdict.status != "refuted" or DISCOUNT in statement.latex and SUM not in statement.latex:
        return verdict
    return replace(verdict, status="undecided", counterexample=None, change=None,
                   reason=f"it fails if {', '.join(statement.quantities)}, and these are not defined here")
