"""The pictures show what is so: their data, recomputed by hand or told by a theorem."""

import re

import numpy as np
import pytest

from grpo_symbolic.report.pictures import answers, clipping, drift, expansion, simplex
from grpo_symbolic.report.pictures.album import PLATES
from grpo_symbolic.report.pictures.values import CURRENT, OLD, REFERENCE, along, softmax

pytestmark = pytest.mark.long

RNG = np.random.default_rng(5)
LAWS = {name: RNG.normal(size=(3, size)) for name, size in ((CURRENT, 20), (OLD, 1), (REFERENCE, 1))}


def probabilities(name):
    return np.exp(LAWS[name]) / np.exp(LAWS[name]).sum(axis=0)


def test_a_side_has_its_value_by_hand():
    current, target = probabilities(CURRENT), probabilities(REFERENCE)
    assert softmax(LAWS[CURRENT]) == pytest.approx(current)
    assert along("repair-value", "rhs", LAWS) == pytest.approx((current * np.log(current / target)).sum(axis=0))


def test_a_gradient_is_that_in_the_logits():
    current, old = probabilities(CURRENT), probabilities(OLD)
    assert along("claim05-gradient", "lhs", LAWS, directions=3) == pytest.approx(old - current)


def test_weighted_k3_flows_as_the_divergence_does_and_the_log_ratio_flees():
    grid = np.log(np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]]).T)
    fields = [simplex.velocity(claim, which, grid) for claim, which, _ in simplex.PANELS]
    assert fields[2] == pytest.approx(fields[3])
    assert not np.allclose(fields[1], fields[3])
    ends = simplex.tracks(*simplex.PANELS[0][:2])[-1]
    assert (ends.max(axis=0) > 0.9).all()
    assert pytest.approx(
        np.tile(simplex.TARGET, (len(simplex.STARTS), 1)), abs=0.02) == simplex.tracks(*simplex.PANELS[2][:2])[-1].T


def test_only_weighted_k3_stays_on_the_divergence():
    laws = {CURRENT: drift.BEHAVIOUR[:, None] + drift.AWAY[:, None] * np.linspace(-1, 1, 9),
            OLD: drift.BEHAVIOUR[:, None], REFERENCE: drift.TARGET[:, None]}
    truth = along("repair-value", "rhs", laws)
    assert drift.mean_of("k3", "ρ", laws) == pytest.approx(truth)
    for estimator in ("k1", "k2", "k3"):
        assert not np.allclose(drift.mean_of(estimator, "plain", laws), truth)


def test_the_rest_of_the_expansion_has_slope_three_and_the_penalty_the_opposite_sign():
    steps = np.geomspace(0.01, 0.1, 40)
    rest = np.abs(expansion.divergence(steps) - expansion.half_fisher(steps))
    assert expansion.slope(steps, rest) == pytest.approx(3, abs=0.1)
    assert expansion.penalty(steps) == pytest.approx(-expansion.divergence(steps))


@pytest.mark.parametrize(("advantage", "ratio", "coefficient"), [
    (1, 0.5, 0.5), (1, 1.1, 1.1), (1, 1.5, 0), (-1, 0.5, 0), (-1, 1.1, -1.1), (-1, 1.5, -1.5)])
def test_the_clipped_gradient_by_hand(advantage, ratio, coefficient):
    assert clipping.slope(np.array([ratio]), advantage) == pytest.approx([coefficient])
    assert clipping.term(np.array([ratio]), advantage) == pytest.approx(
        [min(ratio * advantage, min(max(ratio, 0.8), 1.2) * advantage)])


def test_one_token_leaves_nothing_out_and_more_leave_more():
    assert np.abs(answers.left_out(1)).max() < 1e-12
    few, many = (float(np.median(answers.left_out(length))) for length in (2, 6))
    assert 0.02 < few < many


@pytest.mark.parametrize("plate", PLATES, ids=lambda plate: plate.name)
def test_a_drawing_is_the_same_each_time_and_stands_alone(plate):
    drawn = plate.draw()
    assert drawn == plate.draw()
    assert drawn.startswith("<svg")
    assert not re.search(r"<script|<style|href=\"(?!#)|url\((?!#)|<image", drawn)
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids)) > 3
    assert all(name.startswith(f"{plate.name}-") for name in ids)
