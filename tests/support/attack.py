"""The attack on a proof: models that satisfy what is assumed and listed, in which the claim fails."""

import re
from itertools import product
from random import Random
from time import thread_time
from typing import NamedTuple

import numpy as np
from exact_jets import APART, NEAR, Undefined, parts_of
from finite_models import Model
from listed_hypotheses import Unread, excused, satisfied
from meaning import Meaning, Unsaid
from smaller_claims import smallest

from grpo_symbolic import language as lang
from grpo_symbolic.kernel import Hypothesis
from grpo_symbolic.proof.prove import Unproved, prove

MODELS, SECONDS = 25, 0.15
RANGE = re.compile(r"Range\((.*)\)")
PATIENCE, FEW = 6, 3
MISSED = ("member", "upper", "division", "log", "root")
WITHIN = {"=": lambda x: x == 0, "≥": lambda x: x >= 0, "≤": lambda x: x <= 0, ">": lambda x: x > 0,
          "<": lambda x: x < 0, "≈": lambda x: x == 0}


class Fault(NamedTuple):
    """What is wrong with a proof.

    It ``fails`` in a model, is ``silent`` about what makes one side undefined there, or lists what is ``unread``.
    """

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


def holds_somewhere(found):
    """Whether an attack found no fault, and a model that satisfies what is listed."""
    return isinstance(found, Tally) and found.counted > 0


def proof_of(claim, seconds=SECONDS):
    """The proof of a claim, or None."""
    try:
        return prove(claim, deadline=thread_time() + seconds)
    except (Unproved, lang.LanguageError):
        return None


def listed(proof):
    """The hypotheses of a theorem, with those ranges that a proof names beside it."""
    ranges = (RANGE.fullmatch(name) for name in proof.hypotheses)
    return proof.theorem.hypotheses | {Hypothesis("Range", found[1]) for found in ranges if found}


def evaluates(claim):
    """Whether something in a claim stands at θ_old."""
    return claim.at_old or any(isinstance(part, (lang.AtOld, lang.Taylor, lang.BigO)) for part in claim.relation.walk())


def binds(claim):
    """Whether a claim sums over something."""
    return any(isinstance(part, lang.Scope) for part in claim.relation.walk())


def policies(claim):
    parts = (claim.relation, *claim.assume)
    return {part.name for one in parts for part in one.walk() if isinstance(part, lang.Policy)}


def declared(claim):
    """The numbers and functions of a claim that are declared positive, but for the sizes of groups and sequences."""
    parts = [part for one in (claim.relation, *claim.assume) for part in one.walk()]
    numbers = {part.name for part in parts if isinstance(part, lang.Const) and part.sign == "positive"}
    heads = {part.head.layout for part in parts if isinstance(part, lang.App) and part.head.sign == "positive"}
    return (numbers | heads) - {"G", "T"}


def attacked(claim, proof, seed=0, models=None):
    """The fault of a proof, or how it fared in this many models, or in more where few satisfy what is assumed."""
    hypotheses, counts = listed(proof), dict.fromkeys(Tally._fields, 0)
    excuse = excused(hypotheses, policies(claim), declared(claim))
    models = models or (MODELS if binds(claim) else 4 * MODELS)
    for number in range(PATIENCE * models):
        if number >= models and counts["counted"] >= FEW:
            break
        model = Model((seed, number), excuse if number % 2 else type(excuse)(), contact=proof.order is not None)
        if claim.at_old and not model.contact:
            model.same, model.step = True, tuple(0 * x for x in model.step)
        env = assignment(claim.relation.free, model, Random(repr((seed, number, "env"))))
        found = counted(claim, proof, hypotheses, model, env)
        if found in counts:
            counts[found] += 1
        else:
            return Fault(found, claim, (seed, number), env, sides_of(claim, model, env))
    return Tally(**counts)


def counted(claim, proof, hypotheses, model, env):
    """``counted``, ``excluded``, ``undefined`` or ``unread``, else what is wrong: the proof in one model."""
    try:
        if not assumed(claim, model, env) or not all(
                satisfied(hypotheses, model, there, evaluates(claim)) for there in completed(claim, model, env)):
            return "excluded"
    except Unsaid:
        return "unread"
    except Unread as reason:
        return f"unread: {reason}"
    except (Undefined, OverflowError):
        return "excluded"
    sides = sides_of(claim, model, env)
    missing = [side for side in sides if isinstance(side, Exception)]
    if any(isinstance(side, Unsaid) for side in missing):
        return "unread"
    if missing:
        silent = len(missing) == 1 and missing[0].kind in MISSED and not any(model.excuse)
        return f"silent: {missing[0]}" if silent else "undefined"
    try:
        op = claim.relation.op if proof.relation in ("≥", ">") else proof.relation
        return "counted" if held(op, *sides, proof.order) else "fails"
    except Undefined:
        return "undefined"


def sides_of(claim, model, env):
    """The values of the two sides, or why they have none."""
    return tuple(value_of(Meaning(model, env), side) for side in (claim.relation.lhs, claim.relation.rhs))


def value_of(meaning, side):
    """The value of a side, or why it has none."""
    try:
        return meaning(side)
    except (Undefined, Unsaid) as reason:
        return reason
    except OverflowError:
        return Undefined("close")


def assignment(free, model, rng):
    """Values for free variables, often the same for two."""
    return {var: rng.choice(model.spots(var.sort)) for var in sorted(free, key=str)}


def assumed(claim, model, env):
    """Whether a model satisfies what is assumed, of everything that only the assumption names."""
    for relation in claim.assume:
        if relation.op == "≈":
            continue  # an approximation says nothing of one model
        for there in completed(lang.Claim(relation), model, env):
            meaning = Meaning(model, there)
            if not held(relation.op, meaning(relation.lhs), meaning(relation.rhs), None):
                return False
    return True


def completed(claim, model, env):
    """The values of free variables, with every value of those that only a claim's relation or assumptions name."""
    others = sorted(claim.relation.free.union(*(one.free for one in claim.assume)) - set(env), key=str)
    for values in product(*(model.spots(var.sort) for var in others)):
        yield env | dict(zip(others, values, strict=True))


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


def faults_of(claims, seconds=SECONDS):
    """The faults of the proofs of these claims, and how many are proved, and how many of those count in a model."""
    faults, proved, alive = [], 0, 0
    for number, claim in enumerate(claims):
        proof = proof_of(claim, seconds)
        if proof is None:
            continue
        found = attacked(claim, proof, seed=number)
        proved += 1
        alive += holds_somewhere(found)
        if isinstance(found, Fault):
            faults.append(found)
    return faults, proved, alive


def report(fault):
    """A fault in a claim made as small as it can be, in words."""
    def wanted(claim):
        proof = proof_of(claim)
        found = proof and attacked(claim, proof, seed=fault.model[0])
        return isinstance(found, Fault) and found.kind == fault.kind

    least = smallest(fault.claim, wanted) if wanted(fault.claim) else fault.claim
    return f"{fault.kind}: {least.relation} assuming {least.assume}{' at θ_old' * least.at_old}"
