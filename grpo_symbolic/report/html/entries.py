"""What a page says of one statement, from its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ...cards import counterexample_rows
from ...checking.choices import BY_CUSTOM
from ...checking.verdict import Verdict
from ..markdown import anchor
from ..sentences import relation, sentence
from ..terminal import clean
from .content import Change, Derived, Entry, Evaluated, Hypothesis, Line, Linked, Row, Step, Witness
from .formulas import Formula, formula

if TYPE_CHECKING:
    from ...checking.verdict import Mending
    from ...shelf.argument import Argument

MEANING = {
    "proved": "Holds for every finite action set, every parametrisation and every group size, under the hypotheses "
              "listed.",
    "refuted": "Is false: the model given here satisfies all that is assumed, and the two sides differ in it.",
    "ill-formed": "Says nothing definite as it is printed.",
    "unread": "Cannot be read by the checker; it may be fine.",
    "undecided": "Neither a proof nor a counterexample was found; it may be fine.",
    "definition": "Names something, and claims nothing.",
    "no-claim": "Is an expression, an objective or a constraint: nothing is claimed.",
}


def entry(verdict: Verdict, **told: Any) -> Entry:
    """The entry of a verdict; ``told`` is what is known of the statement beside it."""
    return Entry(**{**blank(verdict.id, verdict.id), **judged(verdict), "anchor": identifier(verdict.id), **told})


def blank(anchor: str, name: str) -> dict[str, Any]:
    """An entry of which nothing is known but its anchor and its name."""
    texts = dict.fromkeys(("number", "title", "status", "relation", "reason", "place", "fault", "evidence"), "")
    lists = dict.fromkeys(("reading", "given", "differences", "symbols", "standard", "said", "hypotheses", "links",
                           "changes", "derivations"), ())
    return {"anchor": anchor, "name": clean(name), "printed": None, "counterexample": None, "rejected": False,
            **texts, **lists}


def judged(verdict: Verdict) -> dict[str, Any]:
    """What an entry takes from the verdict itself."""
    return {
        "status": verdict.status,
        "rejected": verdict.failing is not None,
        "relation": relation(verdict),
        "reason": clean(sentence(verdict.reason)),
        "symbols": tuple((formula(one.symbol), clean(one.said().removeprefix(f"{one.symbol} ")))
                         for one in verdict.read_as if one.beyond),
        "standard": tuple((None if one.entry == BY_CUSTOM else formula(one.formula), clean(other_ways(one)))
                          for one in verdict.lore),
        "said": tuple(rests_on(verdict)),
        "hypotheses": hypotheses(verdict.hypotheses),
        "evidence": evidence(verdict),
        "links": tuple(Linked(formula(link.latex) if link.latex != verdict.latex else None, link.status,
                              clean(link.reason)) for link in verdict.links),
        "counterexample": evaluated(verdict),
        "changes": tuple(changes(verdict)),
    }


def identifier(name: str) -> str:
    """The name of a statement as it stands in the address of its entry."""
    return anchor(name) or "statement"


def other_ways(one: Any) -> str:
    """Which entry of the standard readings one is, and what becomes of the statement in its other variants; of what is
    so by custom, what that says."""
    if one.entry == BY_CUSTOM:
        return f"{one.entry}: {one.formula}"
    others = "; ".join(f"in variant {number} {status}" for number, status in one.others)
    return f"standard reading {one.entry}{'; ' if others else ''}{others}"


def rests_on(verdict: Verdict) -> Iterator[str]:
    """What a verdict rests on beside its hypotheses, a sentence each."""
    for said, status in verdict.readings:
        yield clean(f"Read as {said}: {status}.")
    for text, occurs in verdict.declared:
        yield clean(f"Declared: {text}." if occurs else f"Declared, but not in the statement: {text}.")
    for one in verdict.taken:
        yield clean(f"Taken from the text: {one.said()}.")
    if verdict.disagrees:
        yield "A proof and a model disagree here: one of the two is wrong. Please report it."


def hypotheses(names: Iterable[str]) -> tuple[Hypothesis, ...]:
    """Hypotheses, each with what it excludes and, where a witness is of it, the sentence on why it is needed."""
    from ...checking.check import necessity

    found = []
    for name in names:
        kind = name.partition("(")[0]
        for _, excludes, why in necessity([name]):
            found.append(Hypothesis(name, kind if why else "", excludes, why))
    return tuple(found)


def evidence(verdict: Verdict) -> str:
    """The numeric evidence in words."""
    spot = verdict.spot
    if spot is None or not spot.models:
        return ""
    agreeing = spot.models - spot.disagreements
    largest = f"; the largest relative difference is {spot.largest:.0e}" if spot.largest else ""
    return f"{agreeing} of {spot.models} random models agree{largest}"


def evaluated(verdict: Verdict) -> Evaluated | None:
    """The counterexample as a table."""
    found = verdict.counterexample
    if found is None and verdict.disagreement is not None:
        found = verdict.disagreement.counterexample
    if found is None:
        return None
    record = found.record()
    *rows, left, right, difference = counterexample_rows(record)
    states = f"{record['states']} states, " if "states" in record else ""
    sizes = f"{states}{record['actions']} actions, a group of {record['group']}"
    symbols = {*record["values"], *record["at"]}
    shown = tuple(Row(formula(name if name in symbols else rf"\text{{{name}}}"), clean(value)) for name, value in rows)
    return Evaluated(sizes, shown, left[1], right[1], difference[1])


def changes(verdict: Verdict) -> Iterator[Change]:
    """The changes at one place that make a refuted statement true."""
    found: Mending | None = verdict.change
    while found is not None:
        yield Change(formula(found.before) if found.before else None, formula(found.after), formula(found.statement))
        found = found.other


def derived(argument: Argument) -> Iterator[Derived]:
    """The derivations of an argument, each decided now, with its lemmas before it."""
    from ..terminal import everything, printed

    for derivation in everything(argument.derivations):
        found = derivation.theorem()
        order = "" if found.order is None else f" up to O(‖Δθ‖^{found.order})"
        steps = tuple(Step(formula(f"= {printed(step.expression)}"), step.text) for step in derivation.steps)
        under = ", ".join(found.hypotheses) or "no hypothesis"
        yield Derived(derivation.remark or derivation.label, formula(printed(derivation.claim.lhs)), steps,
                      f"Every step was decided on its own{order}, under {under}.")


def stated(claim: Any) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """A claim in our print, and what it uses and assumes."""
    from ...latex.printing.printer import parts

    said, where, assume = parts(claim)
    given = [Line("where", formula(text)) for text in where] + [Line("assuming", formula(text)) for text in assume]
    return (Line("", formula(said)),), tuple(given)


def witnesses(kinds: Iterable[str]) -> Iterator[Witness]:
    """The necessity witness of each kind, computed now."""
    from ...checking.check import witnessed

    for kind, excludes, found in witnessed(set(kinds)):
        reading, given = stated(found.statement)
        yield Witness(kind, excludes, found.theorem, reading + given, str(found.fails), str(found.holds), found.why)


def typeset(latex: str) -> Formula | None:
    """A print, typeset; None where there is none."""
    return formula(latex) if latex else None
