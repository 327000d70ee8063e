"""The attack on a proof: models that satisfy what is assumed and listed, in which the claim fails."""

import re
from itertools import product
from random import Random
from time import monotonic
from typing import NamedTuple

import numpy as np
from exact_jets import APART, NEAR, Small, Undefined, parts_of
from finite_models import Model
from listed_hypotheses import Unread, excused, satisfied
from meaning import Meaning, Unsaid
from random_claims import random_claim

from grpo_symbolic import language as lang
from grpo_symbolic.kernel import Hypothesis
from grpo_symbolic.proof.prove import Unproved, prove

MODELS, SECONDS = 25, 0.15
RANGE = re.compile(r"Range\((.*)\)")
MISSED = ("member", "division", "log", "root")
WITHIN = {"=": lambda x: x == 0, "≥": lambda x: x >= 0, "≤": lambda x: x <= 0, ">": lambda x: x > 0,
          "<": lambda x: x < 0, "≈": lambda x: x == 0}


class Fault(NamedTuple):
    """What is wrong with a proof: it ``fails`` in a model, or is ``silent`` about what makes it undefined there."""

    kind: str
    claim: lang.Claim
    model: int
    env: dict
    sides: tuple


class Tally(NamedTuple):
    """How a proof fared: models that counted, that were excluded by hypotheses or assumptions, that have no value."""

    counted: int = 0
    excluded: int = 0
    undefined: int = 0
    unread: int = 0


def proof_of(claim, seconds=SECONDS):
    """The proof of a claim, or None."""
    try:
        return prove(claim, deadline=monotonic() + seconds)
    except (Unproved, lang.LanguageError):
        return None


def listed(proof):
    """The hypotheses of a theorem, with those ranges that a proof names beside it."""
    ranges = (RANGE.fullmatch(name) for name in proof.hypotheses)
    return proof.theorem.hypotheses | {Hypothesis("Range", found[1]) for found in ranges if found}


def binds(claim):
    """Whether a claim sums over something."""
    return any(isinstance(part, lang.Scope) for part in claim.relation.walk())


def policies(claim):
    parts = (claim.relation, *claim.assume)
    return {part.name for one in parts for part in one.walk() if isinstance(part, lang.Policy)}


def attacked(claim, proof, seed=0, models=None):
    """The fault of a proof, or how it fared."""
    hypotheses, order = listed(proof), proof.order
    excuse = excused(hypotheses, policies(claim))
    counts = dict.fromkeys(("counted", "excluded", "undefined", "unread"), 0)
    for number in range(models or (MODELS if binds(claim) else 4 * MODELS)):
        model = Model((seed, number), excuse if number % 2 else type(excuse)(), contact=order is not None)
        if claim.at_old and not model.contact:
            model.same, model.step = True, tuple(0 * x for x in model.step)
        env = assignment(claim.relation.free, model, Random(repr((seed, number, "env"))))
        try:
            if not assumed(claim, model, env) or not satisfied(hypotheses, model, env):
                counts["excluded"] += 1
                continue
        except (Unread, Unsaid):
            counts["unread"] += 1
            continue
        except (Undefined, OverflowError):
            counts["excluded"] += 1
            continue
        sides = [value_of(Meaning(model, env), side) for side in (claim.relation.lhs, claim.relation.rhs)]
        missing = [side for side in sides if isinstance(side, Exception)]
        if any(isinstance(side, Unsaid) for side in missing):
            counts["unread"] += 1
            continue
        if missing:
            counts["undefined"] += 1
            if len(missing) == 1 and missing[0].kind in MISSED and not model_is_odd(model):
                return Fault(f"silent: {missing[0]}", claim, number, env, tuple(map(shown, sides)))
            continue
        try:
            fine = held(claim.relation.op if proof.relation in ("≥", ">") else proof.relation, *sides, order)
        except Undefined:
            counts["undefined"] += 1
            continue
        if not fine:
            return Fault("fails", claim, number, env, tuple(map(shown, sides)))
        counts["counted"] += 1
    if not counts["counted"] and counts["excluded"] == number + 1 and not claim.assume:
        return Fault("vacuous", claim, 0, {}, ())
    return Tally(**counts)


def value_of(meaning, side):
    """The value of a side, or why it has none."""
    try:
        return meaning(side)
    except (Undefined, Unsaid) as reason:
        return reason
    except OverflowError:
        return Undefined("close")


def model_is_odd(model):
    """Whether a model has what conventions forbid and no hypothesis forbade."""
    return model.excuse.zeros or model.excuse.unnormalised or model.excuse.unit


def shown(side):
    return side.tolist() if isinstance(side, np.ndarray) else side.parts if isinstance(side, Small) else side


def assignment(free, model, rng):
    """Values for free variables, often the same for two."""
    return {var: rng.choice(model.spots(var.sort)) for var in sorted(free, key=str)}


def assumed(claim, model, env):
    """Whether a model satisfies what is assumed, of everything that only the assumption names."""
    for relation in claim.assume:
        if relation.op == "≈":
            continue  # an approximation says nothing of one model
        others = sorted(relation.free - set(env), key=str)
        for values in product(*(model.spots(var.sort) for var in others)):
            meaning = Meaning(model, env | dict(zip(others, values, strict=True)))
            if not held(relation.op, meaning(relation.lhs), meaning(relation.rhs), None):
                return False
    return True


def held(op, left, right, order):
    """Whether two values stand in a relation, up to a power of ε where there is an order."""
    difference = left - right
    cells = difference.flat if isinstance(difference, np.ndarray) else [difference]
    scale = 1 + max(abs(float(x)) for side in (left, right) for cell in (
        side.flat if isinstance(side, np.ndarray) else [side]) for x in parts_of(cell).values() or [0])
    for cell in cells:
        for (power, _), x in parts_of(cell).items():
            if order is not None and power >= order:
                continue
            if isinstance(x, float) and abs(x) < APART * scale:
                if abs(x) > NEAR * scale * 1e4 or op in "<>":
                    raise Undefined("close")
                continue
            if not WITHIN[op](x):
                return False
    return True


def hunt(seed, seconds=None, claims=None):
    """Attack the proofs of random claims; gives the faults, and the numbers of claims, proofs and proofs counted."""
    end, faults, tried, proved, counted = monotonic() + (seconds or 1e9), [], 0, 0, 0
    while monotonic() < end and (claims is None or tried < claims):
        rng = Random(f"{seed}/{tried}")
        tried += 1
        claim = random_claim(rng)
        proof = proof_of(claim)
        if proof is None:
            continue
        proved += 1
        found = attacked(claim, proof, seed=tried)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            counted += found.counted > 0
    return faults, tried, proved, counted
