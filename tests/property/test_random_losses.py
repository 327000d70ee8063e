"""Random losses: what is read of a tape is what the function does, and no verdict is false."""

from collections import Counter
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
MANY = range(12, 312)


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
        factor = 1.0 if decision.factor is None else constants[decision.factor.data]
        # a penalty that the loss has not is compared at the factor 0, an end of the clip where it is none
        set_ = constants | ({"beta": 0.0} if any(said.endswith("= 0") for said in decision.said) else {}) | (
            {"eps_low": 1.0} if any(said.endswith("no lower end") for said in decision.said) else {})
        for place, verdict in enumerate((decision.value, decision.gradient)):
            if verdict.status == "proved":
                found = [both(recipe.function, name, *batch(k, set_)) for k in range(BATCHES)]
                assert all(apart(code[place], wanted[place] / factor) < SMALL for code, wanted in found), (recipe, name)
            elif verdict.status == "refuted":
                arrays = as_arrays(verdict.counterexample)
                code, wanted = both(recipe.function, name, arrays, set_)
                assert apart(code[place], verdict.counterexample.code[0, :, :, 0]) < APART, (recipe, name)
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
def test_no_verdict_on_many_random_losses_is_false_and_few_are_open():
    found = sum(map(judged, MANY), Counter())
    assert found["undecided"] <= 12
    assert found["proved"] >= 100
    assert found["refuted"] >= 500
