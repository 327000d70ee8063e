r"""Statements of one document that cannot both be true are not both proved, whatever is read into their symbols."""

from __future__ import annotations

import itertools
import random

import pytest

from grpo_symbolic.checking.choices import apart, choices
from grpo_symbolic.checking.documents import check_documents
from grpo_symbolic.checking.verdict import Standard, Verdict
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

SCORES = r"\nabla_\theta \log \pi_\theta(a_t|s_t)"
GRADIENT = r"\nabla_\theta J(\theta) = \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=<0>}^{H} <s> <r>]".replace("<s>", SCORES)
# Of the statements of each family no two can both be true; each is proved, or a definition, where it stands alone.
FAMILIES = {
    "the weight of visited states": (
        (r"\sum_s d^\pi(s) = 1", r"\mathbb{E}_{s\sim d^\pi}[c] = c"),
        (r"\sum_s d^\pi(s) = \frac{1}{1-\gamma}", r"(1-\gamma) \sum_s d^\pi(s) = 1",
         r"J(\pi) = \sum_s d^\pi(s) \sum_a \pi(a|s) r(s,a) + \gamma - \gamma")),
    "their weight in an objective": (
        (r"J(\pi) = \frac{1}{1-\gamma} \sum_s d^\pi(s) \sum_a \pi(a|s) r(s,a)",),
        (r"J(\pi) = \sum_s d^\pi(s) \sum_a \pi(a|s) r(s,a)",)),
    "an objective that is defined": (
        (r"J(\pi) = \mathbb{E}_{s\sim d^\pi, a\sim\pi}[r(s,a)]",),
        (r"J(\pi) = \frac{1}{1-\gamma} \mathbb{E}_{s\sim d^\pi, a\sim\pi}[r(s,a)]",)),
    "what is paid": (
        (r"J(\theta) = \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^T r(s_t,a_t)]",),
        (r"J(\theta) = \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^T \gamma^t r(s_t,a_t)]",)),
    "what the gradient is of": (
        (GRADIENT.replace("<0>", "0").replace("<r>", r"\sum_{k=t}^{H} r(s_k,a_k)"),),
        (GRADIENT.replace("<0>", "0").replace("<r>", r"\sum_{k=t}^{H} \gamma^k r(s_k,a_k)"),),
        (r"\nabla_\theta J(\theta) = \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a) \nabla_\theta\log\pi_\theta(a|s)]",)),
    "the first step": (
        (GRADIENT.replace("<0>", "0").replace("<r>", r"R(\tau)"),),
        (GRADIENT.replace("<0>", "1").replace("<r>", r"R(\tau)"),)),
    "the first step of a score": (
        (rf"\nabla_\theta \log p_\theta(\tau) = \sum_{{t=0}}^{{T}} {SCORES}",),
        (rf"\nabla_\theta \log p_\theta(\tau) = \sum_{{t=1}}^{{T}} {SCORES}",)),
    "the first step of a law of paths": (
        (r"p_\theta(\tau) = \rho_0(s_1) \prod_{t=1}^{T} \pi_\theta(a_t|s_t) P(s_{t+1}|s_t,a_t)",),
        (rf"\nabla_\theta \log p_\theta(\tau) = \sum_{{t=0}}^{{T}} {SCORES}",)),
    "which ratio an estimator has": (
        (r"\mathbb{E}_{a\sim\pi_\theta}[k_3] = D_{KL}(\pi_\theta\|\pi_{ref})",),
        (r"\mathbb{E}_{a\sim\pi_{ref}}[k_3] = D_{KL}(\pi_{ref}\|\pi_\theta)",)),
    "whether a surrogate has what it starts from": (
        (r"L_\pi(\pi') = \sum_s d^\pi(s) \sum_a \pi'(a|s) A^\pi(s,a)",),
        (r"L_\pi(\pi) = J(\pi)",)),
    "the step of a first reward": ((r"G_t = r_t + \gamma G_{t+1}",), (r"G_t = r_{t+1} + \gamma G_{t+1}",)),
}
# What is true beside any of them.
BESIDE = (r"\sum_a \pi(a|s) = 1", r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0",
          r"D_{KL}(\pi_\theta\|\pi_{ref}) \geq 0")


def found(*statements):
    """The verdicts on the displays of one document."""
    text = "\n\n".join(rf"\[ {one} \]" for one in statements)
    read = (("paper.tex", *one) for one in read_records(tex_records(text)))
    return [one.verdict for one in check_documents(read, 4.0)]


@pytest.mark.parametrize("family", FAMILIES)
def test_two_that_cannot_both_be_true_are_not_both_proved(family):
    dice = random.Random(family)
    for first, second in itertools.combinations(FAMILIES[family], 2):
        pair = [dice.choice(first), dice.choice(second)]
        alone = [found(one)[0].status for one in pair]
        assert set(alone) <= {"proved", "definition"}
        statuses = [one.status for one in found(*pair)]
        assert statuses.count("proved") + (statuses[0] == "definition") < 2, pair


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_nor_are_they_in_a_longer_document(seed):
    dice = random.Random(seed)
    sides = dice.choice(list(FAMILIES.values()))
    drawn = [(side, dice.choice(sides[side])) for side in dice.choices(range(len(sides)), k=dice.randint(2, 4))]
    drawn += [(None, one) for one in dice.sample(BESIDE, 2)]
    dice.shuffle(drawn)
    verdicts = found(*(text for _, text in drawn))
    held = {side for (side, _), one in zip(drawn, verdicts, strict=True) if one.status == "proved"} - {None}
    assert len(held) <= 1, drawn
    assert all(one.status == "proved" for (side, _), one in zip(drawn, verdicts, strict=True) if side is None)


def test_a_tie_is_undecided_on_both_sides_and_names_both():
    first, second = found(r"\sum_s d^\pi(s) = 1", r"\sum_s d^\pi(s) = \frac{1}{1-\gamma}")
    for one in (first, second):
        assert one.status == "undecided"
        assert r"d^\pi sums to one" in one.reason
        assert r"d^\pi(s) = \sum_k \gamma^k" in one.reason


@pytest.mark.parametrize(("one", "other", "differ"), [
    (r"k_3 = \frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)} - 1",
     r"k_3 = \frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)} - 1", True),
    (r"\rho(a) = \frac{\pi_\theta(a|s)}{\mu(a|s)}", r"\rho(y) = \frac{\pi_\theta(y|x)}{\mu(y|x)}", False),
    (r"\rho = \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}", r"\rho = \frac{\pi(a|s)}{\mu(a|s)}", False),
    (r"\rho = \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}",
     r"\rho = \frac{\pi_\theta(a|s)}{\mu(a|s)}", True),
    (r"\bar{r} = \frac{1}{G} \sum_{j=1}^G r(s, a_j)", r"\bar{r} = \frac{1}{N} \sum_{i=1}^N r_i", False),
    (r"V^{\pi}(s) = \mathbb{E}[\sum_k r(s_k,a_k) | s_0 = s]",
     r"V^{\mu}(s) = \mathbb{E}[\sum_k r(s_k,a_k,s_{k+1}) | s_0 = s]", False),
    (r"J(\pi) = \mathbb{E}[\sum_k r(s_k,a_k)]", r"J(\theta) = \mathbb{E}[\sum_k \gamma^k r(s_k,a_k)]", True),
    (r"J(\pi) = \mathbb{E}[\sum_k r(s_k,a_k)]", r"V^\pi(s) = \mathbb{E}[\sum_k \gamma^k r(s_k,a_k)]", False),
])
def test_formulas_are_apart_where_more_than_letters_differ(one, other, differ):
    first, second = (next(choices(Verdict("proved", lore=(Standard("rho", text, 0),)))) for text in (one, other))
    assert apart(first, second) is apart(second, first) is differ


@pytest.mark.parametrize(("one", "other", "differ"), [
    ("T", "T + 1", True), ("T", "T", False), ("T", "H + 1", False), ("T - 1", "T + 1", True)])
def test_numbers_of_steps_are_apart_where_one_letter_would_be_two_numbers(one, other, differ):
    first, second = (next(choices(Verdict("proved", hypotheses=(f"PathEnds({text})",)))) for text in (one, other))
    assert apart(first, second) is differ
