"""The claims of the paper: each gets its verdict, and the evidence that goes with it."""

from collections import Counter
from fractions import Fraction
from functools import cache

import pytest
from mutation_rules import mutants
from mutation_statements import settled
from places import ROOT
from recorded import recomputed
from seeds import some

from grpo_symbolic.checking.check import check
from grpo_symbolic.language import Claim, Norm, Relation, grad
from grpo_symbolic.oracle import refute, spot_check
from grpo_symbolic.oracle.model.exact import text
from grpo_symbolic.paper.claims import CLAIMS, GROUPS
from grpo_symbolic.paper.claims_group import E_pair, b, with_group_mean, without_baseline
from grpo_symbolic.paper.claims_notation import ell_a, forward_kl, k3_a, reverse_kl
from grpo_symbolic.paper.collection import UnknownItem, claimed, claims_of, display_of, item, scripts, subject_of
from grpo_symbolic.paper.notation import E_old, a, beta, define_k3, define_log_ratio_at, one_half, reward, s, score
from grpo_symbolic.paper.side_by_side import verdicts
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.report.claims_page import claims_page

PAGE = ROOT / "docs" / "claims.md"
BY_ID = {claim.id: claim for claim in CLAIMS}
PROVED = [claim.id for claim in CLAIMS if claim.expect == "proved"]
REFUTED = [claim.id for claim in CLAIMS if claim.expect == "refuted"]
BENDS = ("sign", "law", "factor")


@cache
def verdict(name):
    return item(name).check()


def test_every_point_is_settled_by_proofs_or_models():
    assert [group.id for group in GROUPS] == [f"claim{number:02}" for number in range(1, 14)] + ["repair"]
    assert len(BY_ID) == len(CLAIMS)
    assert all(claim.group == group.id for group in GROUPS for claim in group.claims)
    assert {claim.expect for claim in CLAIMS} == {"proved", "refuted"}
    assert all("refuted" in {claim.expect for claim in group.claims} for group in GROUPS)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_is_one_sentence(claim):
    assert claim.sentence[0].isupper() or claim.sentence[0] == "k"
    assert claim.sentence.endswith(".")


@pytest.mark.parametrize("name", PROVED)
def test_a_proved_claim_stands_every_numeric_model(name):
    found = verdict(name)
    assert found.status == "proved"
    assert found.spot.models >= 32
    assert found.spot.disagreements == 0


@pytest.mark.parametrize("name", REFUTED)
def test_a_refuted_claim_has_a_counterexample_that_recomputes(name):
    found = verdict(name)
    assert found.status == "refuted"
    again = recomputed(BY_ID[name].build(), found.counterexample)
    assert (text(again.lhs), text(again.rhs)) == (found.counterexample.lhs, found.counterexample.rhs)
    assert again.place == found.counterexample.place
    low, high = map(Fraction, found.counterexample.difference)
    assert low > 0 or high < 0


@pytest.mark.long
@pytest.mark.parametrize("name", some(0, PROVED, lambda name: [BY_ID[name].group]))
def test_a_bent_claim_is_not_proved_unless_it_is_still_true(name):
    fallen = Counter()
    for label, mutant in mutants(settled(BY_ID[name].build())):
        if label.split()[0] not in BENDS:
            continue
        try:
            order = prove(mutant).order
        except Unproved:
            fallen[label.split()[0]] += 1
        else:
            assert spot_check(mutant, models=64, seed=1, order=order).disagreements == 0, (label, mutant.relation)
    assert fallen


def test_most_bends_fall():
    """A factor of zero, another name for the same law: few bends are still true."""
    found = Counter(check(mutant, budget=0.5).status for name in ("claim03-difference", "claim08-gap", "repair-value")
                    for label, mutant in mutants(settled(BY_ID[name].build())) if label.split()[0] in BENDS)
    assert found["refuted"] >= 0.9 * found.total()


def bent(op, left, right, *where):
    return check(Claim(Relation(op, left, right), where)).status


def test_the_sign_of_the_penalty_decides():
    squared = beta * Norm(grad(forward_kl)) ** 2
    for sign, expected in ((-1, "proved"), (1, "refuted")):
        assert bent("=", sign * grad(E_old(beta * ell_a)).T * grad(forward_kl), squared,
                    define_log_ratio_at) == expected


def test_the_two_laws_of_claim_8_agree_in_a_model_with_two_policies():
    """φ(u) = u − 1 − log u takes one value where u does: the weights of each value cancel, exactly."""
    columns = verdict("claim08-only-when").counterexample.record()["values"]
    here, old, ref = ([Fraction(number) for number in columns[name]] for name in (
        r"\pi_\theta", r"\pi_{\theta_{\text{old}}}", r"\pi_{\text{ref}}"))
    weights = Counter()
    for p, q, r in zip(here, old, ref, strict=True):
        weights[r / p] += q - p
    assert here != old
    assert here != ref
    assert set(weights.values()) == {0}


def test_without_that_model_claim_8_would_be_a_theorem_about_two_actions():
    assert verdict("claim08-only-when").counterexample.actions >= 3


def test_off_policy_the_mean_of_k3_may_exceed_the_divergence_or_fall_short():
    for op in "≤≥":
        assert bent(op, E_old(k3_a), reverse_kl, define_k3) == "refuted"


def second_moment(pair):
    (here, there), (left, right), gain = pair["\\pi_\\theta"], pair["\\partial_{1} \\pi_\\theta"], pair["r(s, a)"]
    chance, slope = (here, there), (left / here, right / there)
    baseline = plain = Fraction(0)
    for x in (0, 1):
        for y in (0, 1):
            mean = (gain[x] + gain[y]) / 2
            with_mean = (gain[x] - mean) * slope[x] + (gain[y] - mean) * slope[y]
            without = (gain[x] * slope[x] + gain[y] * slope[y]) / 2
            baseline += chance[x] * chance[y] * with_mean**2
            plain += chance[x] * chance[y] * without**2
    return baseline, plain


@pytest.mark.parametrize(("name", "larger"), [("claim12-lower", True), ("claim12-higher", False)])
def test_the_models_of_claim_12_by_hand(name, larger):
    found = verdict(name).counterexample
    assert (found.actions, found.directions) == (2, 1)
    numbers = {label: [Fraction(number) for number in column] for label, column in found.values.items()}
    baseline, plain = second_moment(numbers)
    assert (str(baseline), str(plain)) == (found.lhs, found.rhs)
    assert (baseline > plain) == larger


@pytest.mark.parametrize("op", "≤≥")
def test_with_its_bias_the_group_mean_too_may_lower_the_variance_or_raise_it(op):
    def variance(estimate):
        return E_pair(Norm(estimate) ** 2) - Norm(E_pair(estimate)) ** 2

    biased = one_half * with_group_mean()
    assert refute(Claim(Relation(op, variance(biased), variance(without_baseline())))) is not None


def test_the_baseline_of_claim_12_is_the_mean_of_the_two():
    difference = one_half * (reward(s, a) - reward(s, b)) * (score(a) - score(b))
    assert bent("=", with_group_mean(), difference) == "proved"


def test_an_item_is_found_by_its_id_and_its_group():
    assert [one.id for one in claims_of("claim03")] == [claim.id for claim in CLAIMS if claim.group == "claim03"]
    assert [one.id for one in claims_of("claim03-sign")] == ["claim03-sign"]
    assert claims_of("eq09") == []
    assert (subject_of("claim03-sign"), subject_of("eq06-as-meant"), subject_of("k3")) == ("claim03", "eq06", "k3")
    with pytest.raises(UnknownItem):
        display_of("claim03-sign")


def test_what_is_assumed_stands_in_the_formula():
    assert item("claim02-at-old").latex.endswith(r"\theta = \theta_{\text{old}}")
    assert r"\ell(a, s; \theta) \doteq" not in item("claim02-at-old").latex


@pytest.mark.parametrize("name", [name for name in scripts() if name.startswith(("claim", "repair"))])
def test_a_script_derives_claims_of_its_group(name):
    argument = claims_of(name)[0].derivation()
    assert argument.id == name
    derived = [each for each in argument.derivations if each.id in BY_ID]
    assert derived
    for each in derived:
        assert each.claim == BY_ID[each.id].build()
        each.theorem()


def test_side_by_side_or_one_after_the_other_the_verdicts_are_the_same():
    chosen = list(claimed())[:6]
    alone, together = (verdicts(chosen, 2.0, jobs) for jobs in (1, 3))
    assert [one.id for one in alone] == [one.id for one in together] == [one.id for one in chosen]
    assert [(one.status, one.hypotheses) for one in alone] == [(one.status, one.hypotheses) for one in together]


def test_the_page_is_what_is_computed():
    assert PAGE.read_text(encoding="utf-8") == claims_page()
