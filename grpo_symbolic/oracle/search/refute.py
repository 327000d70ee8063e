"""Refutations: a finite model with small rational numbers in which a claim provably fails."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil
from time import thread_time

import numpy as np

from ...language import Claim
from ..meaning.question import Question, prepare
from ..model.clock import OutOfTime, until
from ..model.number_systems import Precise
from ..model.tables import Model
from .contradiction import Contradiction, contradiction
from .counterexample import Counterexample, report
from .judgement import judge
from .processes import of_processes, search
from .trials import trials

TOLERANCE = 1e-12
# What fails at all fails in the first turn nearly always: more is spent only on what is hardly ever admissible.
TURNS_A_SECOND, LEAST_TURNS, ENOUGH = 7, 14, 1000


@dataclass(frozen=True)
class Search:
    """What a search found: ``models`` were tried, ``admissible`` of them satisfied conventions and assumptions.

    ``assuming`` says whether there were assumptions to satisfy.
    """

    counterexample: Counterexample | None
    models: int
    admissible: int
    assuming: bool = True

    @property
    def vacuous(self) -> bool:
        """Models were tried, and none satisfied the assumptions off every kink: the search says nothing."""
        return self.counterexample is None and self.admissible == 0 < self.models

    @property
    def reason(self) -> str:
        """One sentence."""
        if self.counterexample is not None:
            return "a finite model contradicts the statement"
        if self.vacuous and not self.assuming:
            return f"no model was found in which both sides are defined, among {self.models}"
        if self.vacuous:
            return f"none of {self.models} models satisfies the assumptions with both sides defined"
        return f"no counterexample among {self.admissible} models"


def refute(claim: Claim, budget: float = 2.0, order: int | None = None) -> Counterexample | None:
    """A proved counterexample, or None where ``attack`` finds none within ``budget`` seconds."""
    return attack(claim, budget, order=order).counterexample


def attack(claim: Claim, budget: float = 2.0, seed: int = 0, order: int | None = None) -> Search:
    """Look for a counterexample from two actions and one sample upwards, for at most ``budget`` seconds.

    The search ends before where every kind of model was tried in vain as often as a budget of that size asks for.

    Batches of rational models are sifted in floating point; one that seems to contradict the claim counts only when
    exact arithmetic proves it. ``order``, ≈ and Unevaluable are as for ``spot_check``.
    """
    if of_processes(claim):
        return Search(*search(claim, budget, seed), bool(claim.assume))
    question, rng, end = prepare(claim, order), np.random.default_rng(seed), thread_time() + budget
    found, failing = Search(None, 0, 0, bool(claim.assume)), None
    turns = max(LEAST_TURNS, ceil(TURNS_A_SECOND * budget))
    with suppress(OutOfTime), until(end):
        for model, always, turn in trials(question, rng):
            if turn >= turns and (found.admissible >= ENOUGH or not claim.assume):
                break
            admissible, failing = attempt(question, model, always)
            found = replace(found, models=found.models + model.sizes.batch, admissible=found.admissible + admissible)
            if failing is not None:
                break
    return found if failing is None else replace(found, counterexample=report(question, *failing, end))


Failing = tuple[Model, Contradiction]


def attempt(question: Question, model: Model, always: bool, most: int | None = None) -> tuple[int, Failing | None]:
    """How many models of a batch are admissible, and one that provably contradicts the claim; ``always`` tries one.

    ``most`` bounds how many are looked at; those with the largest differences come first.
    """
    sifted = judge(question, model, TOLERANCE)
    sifted.disagrees[0] |= always  # a difference too small for floating point
    suspects = np.flatnonzero(sifted.disagrees)
    for member in suspects[np.argsort(-sifted.largest[suspects], kind="stable")][:most]:
        precise = model.at(int(member), Precise())
        found = contradiction(question, precise)
        if found is not None:
            return int(sifted.counts.sum()), (precise, found)
    return int(sifted.counts.sum()), None


