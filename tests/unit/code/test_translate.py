"""Losses as statements of the language: they read back as they were, and the kernel makes of them what we do."""

import pytest
from known_losses import VERDICTS
from tapes import tape

from grpo_symbolic.code.algebra.expression import multiply
from grpo_symbolic.code.algebra.nodes import leaf
from grpo_symbolic.code.algebra.rebuilt import total
from grpo_symbolic.code.deciding.claimed import against
from grpo_symbolic.code.deciding.decide import decide, matched, target_of
from grpo_symbolic.code.deciding.sayable import Unsayable
from grpo_symbolic.code.deciding.subject import subject_of
from grpo_symbolic.code.deciding.translate import asked, in_latex, written
from grpo_symbolic.code.reading.reading import read

pytestmark = pytest.mark.long

SAYABLE = ["grpo", "token_mean", "cispo_live", "gspo", "dual_clip", "constant_length", "penalty_weight_stopped"]
QUICK = [("token_mean", "dapo"), ("cispo_live", "cispo"), ("means_of_means", "dapo"), ("other_sign", "dapo")]
X = leaf("x", ("B", "T"))


def of_tape(name):
    """A loss, ready to be decided on."""
    one = tape(name)
    return subject_of(one, read(one))


def compared(name, claim, value, gradient):
    """Whether the kernel has our verdicts on the same statements, or none, in the likeliest way to match constants."""
    subject, wanted = of_tape(name), against(claim)
    objective = wanted.on_batch(subject.axes)
    targets = [target_of(objective, wanted, way, factor) for way, factor in matched(subject, wanted, objective)]
    for verdict, slope in ((value, False), (gradient, True)):
        found = [asked(subject.plain, target, slope, 6.0) for target in targets[:3]]
        if verdict not in found and set(found) != {"undecided"}:
            return False
    return True


@pytest.mark.parametrize("case", [case for case in VERDICTS if case[:2] in QUICK], ids=lambda case: "-".join(case[:2]))
def test_the_kernel_agrees(case):
    assert compared(*case)


@pytest.mark.long
@pytest.mark.parametrize("case", [case for case in VERDICTS if case[:2] not in QUICK], ids=lambda case: case[0])
def test_the_kernel_agrees_on_all(case):
    assert compared(*case)


@pytest.mark.parametrize("name", SAYABLE)
def test_what_is_printed_reads_back_as_the_loss(name):
    subject = of_tape(name)
    text = in_latex(subject.plain)
    assert r"\sum_{i=1}^G" in text
    found = decide(subject, against(text, loss=True), searching=False)
    assert (found.value.status, found.gradient.status) == ("proved", "proved")


@pytest.mark.parametrize("node", [
    total("B", total("T", X)), total("B", multiply(leaf("m", ("B", "T")), X)), leaf("m", ("B", "T")),
])
def test_what_reads_padding_has_no_term(node):
    with pytest.raises(Unsayable):
        written(node)
