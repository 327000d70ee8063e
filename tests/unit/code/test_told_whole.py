"""Nothing of a gradient goes untold, and no more is said to be 0 than is."""

from dataclasses import replace

import numpy as np
import pytest
from recorded_losses import recorded, slope

from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.recording.tape import Array, Gradient
from grpo_symbolic.code.telling.loss_page import page_of
from grpo_symbolic.code.telling.report import report
from grpo_symbolic.code.telling.telling import told
from grpo_symbolic.code.unsupported import Unsupported

pytestmark = pytest.mark.long

ROLES = ("logp", "old", "ref", "adv", "entropy", "mask")
SET = {"eps": 0.2, "beta": 0.04, "coef": 0.01, "c": 3.0, "more": 0}
CLIPPED = "A_i < 0, r_it < 1 - eps; A_i > 0, r_it > 1 + eps"


def surrogate(logp, old, adv, eps):
    """The clipped surrogate of a token."""
    ratio = np.exp(logp - old)
    return np.minimum(ratio * adv, np.clip(ratio, 1 - eps, 1 + eps) * adv)


def mean(token, mask):
    """Minus the mean over all tokens."""
    return -(token * mask).sum() / mask.sum()


def alone(logp, old, adv, mask, eps):
    """The surrogate alone."""
    return mean(surrogate(logp, old, adv[:, None], eps), mask)


def bonus(logp, old, adv, entropy, mask, eps, coef):
    """With a bonus for entropy."""
    return mean(surrogate(logp, old, adv[:, None], eps) + coef * entropy, mask)


def shaped(logp, old, adv, entropy, mask, eps, coef):
    """With entropy in the advantage."""
    return mean(surrogate(logp, old, adv[:, None] + coef * entropy, eps), mask)


def penalised(logp, old, ref, adv, mask, eps, beta):
    """With a penalty."""
    gap = ref - logp
    return mean(surrogate(logp, old, adv[:, None], eps) - beta * (np.exp(gap) - gap - 1), mask)


def twice(logp, old, adv, mask, eps, c):
    """A dual clip."""
    ratio, column = np.exp(logp - old), adv[:, None]
    once = np.minimum(ratio * column, np.clip(ratio, 1 - eps, 1 + eps) * column)
    return mean(np.where(column < 0, np.maximum(once, c * column), once), mask)


def counted(logp, old, adv, mask, eps, more):
    """A surrogate over a count and a whole number that is 0 as given, and in the record above 0."""
    return -(surrogate(logp, old, adv[:, None], eps) * mask).sum() / (mask.sum() + more)


def said(function, claim=""):
    """The report on a function, by the names of its arguments."""
    names = function.__code__.co_varnames[:function.__code__.co_argcount]
    tape = recorded(function, [name for name in names if name in ROLES], {key: SET[key] for key in names if key in SET})
    return report(tape, against(claim) if claim else None)


def lines_of(found, label):
    """The lines under a label."""
    lines = told(found).splitlines()
    first = next(place for place, one in enumerate(lines) if one.startswith(label))
    return [lines[first], *(one for one in lines[first + 1:] if one.startswith(" "))][:1 + next(
        (place for place, one in enumerate(lines[first + 1:]) if not one.startswith(" ")), len(lines))]


@pytest.mark.parametrize(("function", "line"), [
    (alone, f"no gradient where {CLIPPED}"),
    (bonus, f"the surrogate has no gradient where {CLIPPED}"),
    (penalised, f"the surrogate has no gradient where {CLIPPED}"),
])
def test_no_gradient_is_said_of_what_has_none(function, line):
    assert [one.removeprefix("clip").strip().partition("  (")[0] for one in lines_of(said(function), "clip")] == [line]


def test_a_surrogate_with_entropy_in_it_has_a_gradient_where_its_ratio_has_none():
    found, = lines_of(said(shaped), "clip")
    assert found.startswith("clip        the surrogate has no part in the coefficient of ∇log π_θ(o_it) where ")


@pytest.mark.parametrize("function", [bonus, shaped])
def test_what_multiplies_the_gradient_of_entropy_is_told_beside_the_other_coefficient(function):
    found = said(function)
    lines = "\n".join(lines_of(found, "coefficient"))
    assert "of ∇H_it" in lines
    further, = found.record()["gradient"]["further"]
    assert further["of"] == "H_{i,t}"
    assert all(one["latex"] for one in further["coefficient"])


def test_the_coefficient_of_entropy_is_its_factor():
    further, = said(bonus).further
    assert [(one.text(), one.dead) for one in further.regions] == [("everywhere", False)]
    assert "of ∇H_it:" in told(said(bonus))
    assert "  -coef/(Σ_j |o_j|)   everywhere" in told(said(bonus))


def test_a_page_tells_it_too():
    page = str(page_of([said(bonus, "dapo")], {}))
    assert "the coefficient of ∇H_it where everywhere" in page


def test_where_nothing_else_moves_nothing_else_is_told():
    assert said(penalised).further == ()
    assert said(penalised).record()["gradient"]["further"] == []


@pytest.mark.parametrize("label", ["value", "gradient"])
def test_a_batch_is_printed_with_the_hyper_parameters_that_go_with_it(label):
    found = said(twice, "dapo")
    batch = lines_of(found, label)[1]
    assert batch.endswith("; eps = 0.2, c = 3")


def test_a_batch_at_the_hyper_parameters_as_given_is_preferred():
    assert said(twice, "dapo").record()["counterexample"]["constants"] == {"eps": 0.2, "c": 3.0}


def test_hyper_parameters_as_given_are_not_used_where_the_record_says_other_things_of_them():
    found = said(counted, "gspo")
    assert found.gradient.verdict == "refuted"
    assert found.record()["counterexample"]["constants"]["more"] > 0


def test_the_headline_names_what_a_loss_was_held_against():
    section, = page_of([said(alone, "gspo")], {}).sections
    assert section.said == "DAPO. Held against GSPO: value refuted; gradient refuted."
    section, = page_of([said(alone)], {}).sections
    assert section.said == "DAPO: value proved; gradient proved."
    section, = page_of([said(bonus)], {}).sections
    assert section.said == "none of the built-in objectives: held against nothing."


def run_as_read(tape, other_at):
    """What runs the code on a batch, and gives other numbers, or none, at some hyper-parameters."""
    def rerun(batch):
        numbers = {one.name: one.value for one in batch.constants}
        arrays = {one.role: np.array(one.array.values).reshape(one.array.shape) for one in batch.inputs}
        if numbers["c"] == 3.0 and other_at is None:
            raise Unsupported("the function itself raised ValueError")
        moved = other_at if numbers["c"] == 3.0 and other_at else 0.0
        value = float(twice(**arrays, **numbers)) + moved
        gradient = slope(lambda logp: twice(**{**arrays, "logp": logp}, **numbers) + moved * logp.sum(), arrays["logp"])
        live = next(one for one in batch.inputs if one.role == "logp")
        return replace(batch, value=value, gradients=(
            Gradient(live.number, Array(gradient.shape, "float64", tuple(gradient.flat))),))
    return report(tape, against("dapo"), rerun=rerun)


@pytest.mark.parametrize(("other_at", "expected"), [(0.0, 3.0), (1.0, 2.563), (None, 2.563)])
def test_where_the_code_does_something_else_at_the_numbers_as_given_the_batch_of_a_run_stays(other_at, expected):
    names = ("logp", "old", "adv", "mask")
    found = run_as_read(recorded(twice, names, {"eps": 0.2, "c": 3.0}), other_at)
    for side in (found.value, found.gradient):
        assert (side.verdict, side.rerun) == ("refuted", True)
        assert float(side.counterexample.constants["c"]) == expected
