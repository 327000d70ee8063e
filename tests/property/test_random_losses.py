"""Random losses: what is read of a tape is what the function does, and no verdict is false."""

import re
from collections import Counter
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from random_losses import CONSTANTS, ROLES, drawn, objective
from recorded_losses import recorded, slope

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.deciding.decide import decide
from grpo_symbolic.code.deciding.subject import subject_of
from grpo_symbolic.code.reading.reading import read
from grpo_symbolic.code.reading.selfcheck import checked

BATCHES, SMALL, APART = 6, 1e-5, 1e-4
FEW = range(12)
MANY, PART = range(12, 312), 50


@cache
def known(name):
    """An objective, read once."""
    return against(name)


def batch(seed, constants):
    """A batch of a few sequences of several lengths, off every kink with probability one."""
    draw = np.random.default_rng(seed)
    rows, columns = draw.integers(1, 4), draw.integers(2, 5)
    lengths = draw.integers(1, columns + 1, rows)
    lengths[0] = columns
    old = -draw.uniform(0.1, 3, (rows, columns))
    arrays = {"logp": old + draw.normal(0, 0.5, old.shape), "old": old, "ref": old + draw.normal(0, 0.5, old.shape),
              "adv": draw.normal(0, 1, rows), "mask": (np.arange(columns) < lengths[:, None]).astype(float)}
    return arrays, constants


def both(function, name, arrays, constants):
    """Value and slope of a loss, and of an objective with its sign turned."""
    rest = {key: value for key, value in arrays.items() if key != "logp"}

    def loss(logp):
        return function(logp=logp, **rest, **constants)

    def wanted(logp):
        return -objective(name, logp=logp, **rest, constants=constants)
    return [(float(one(arrays["logp"])), slope(one, arrays["logp"])) for one in (loss, wanted)]


def apart(one, other):
    """How far two values, or slopes, are from each other."""
    return float(np.abs(np.asarray(one) - np.asarray(other)).max())


def shared(decision, constants):
    """The numbers of code and objective: those of the code, and what is said of letters that it does not have."""
    absent = {}
    for said in decision.said:
        if found := re.fullmatch(r"(?P<letter>\S+) = (?P<value>\d+(/\d+)?)(?P<rest>\D.*)?", said):
            low = "low" in found["letter"] or "lower" in (found["rest"] or "")
            name = "beta" if found["letter"] == r"\beta" else "eps_low" if low else "eps_high"
            absent[name] = float(Fraction(found["value"]))
    return constants | absent


def scale(decision, constants):
    """What the loss is of the objective, at some values of its numbers."""
    return 1.0 if decision.factor is None else constants[decision.factor.data]


def judged(seed):
    """How many verdicts on a random loss there are of each status, all of them true."""
    recipe, named = drawn(seed)
    tape = recorded(recipe.function, ROLES, CONSTANTS)
    loss = read(tape)
    assert checked(tape, loss).batches == len(tape.runs) + len(tape.checks)
    subject = subject_of(tape, loss)
    constants = {one.name: one.value for one in tape.runs[0].constants}
    counted = Counter()
    for name in (named, "grpo" if named != "grpo" else "dapo"):
        decision = decide(subject, known(name))
        for place, verdict in enumerate((decision.value, decision.gradient)):
            if verdict.status == "proved":
                numbers = shared(decision, constants)
                found = [both(recipe.function, name, *batch(k, numbers)) for k in range(BATCHES)]
                factor = scale(decision, constants)
                assert all(apart(code[place], wanted[place] / factor) < SMALL for code, wanted in found), (recipe, name)
            elif verdict.status == "refuted":
                shown = verdict.counterexample
                own = {key: float(value) for key, value in shown.constants.items()}
                code, wanted = both(recipe.function, name, as_arrays(shown), shared(decision, own))
                factor = scale(decision, own)
                assert apart(code[place], shown.code[0, :, :, 0]) < APART, (recipe, name)
                assert apart(wanted[place] / factor, shown.objective[0, :, :, 0]) < APART, (recipe, name)
                assert apart(code[place], wanted[place] / factor) > SMALL / 10, (recipe, name)
            counted[verdict.status] += 1
    return counted


def as_arrays(found):
    """The batch of a counterexample with numbers for what the loss does not have."""
    shape = (len(found.lengths), max(found.lengths))
    letters = {"logp": "x", "old": "o", "ref": "f", "adv": "A", "mask": "m"}
    mask = np.array([[float(t < length) for t in range(shape[1])] for length in found.lengths])
    arrays = {}
    for role, letter in letters.items():
        default = np.full(shape[:1] if role == "adv" else shape, -1.0)
        arrays[role] = np.array(found.inputs.get(letter, default), dtype=float)
    return arrays | {"mask": mask}


@pytest.mark.parametrize("seed", FEW)
def test_no_verdict_on_a_random_loss_is_false(seed):
    assert judged(seed)["undecided"] <= 1


@pytest.mark.long
@pytest.mark.parametrize("start", MANY[::PART])
def test_no_verdict_on_many_random_losses_is_false_and_few_are_open(start):
    found = sum(map(judged, range(start, start + PART)), Counter())
    assert found["undecided"] <= 6
    assert found["proved"] >= 10
    assert found["refuted"] >= 70
