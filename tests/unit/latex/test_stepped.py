r"""The parameter after a step, \theta + \Delta\theta, beside the one before it."""

import pytest
from verdicts import prove

OLD, NEW = r"\pi_\theta(\cdot|s)", r"\pi_{\theta+\Delta\theta}(\cdot|s)"
QUADRATIC = r"\Delta\theta^\top F(\theta) \Delta\theta + O(\|\Delta\theta\|^3)"
FISHER = (r"F(\theta) = \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s) "
          r"\nabla_\theta \log \pi_\theta(a|s)^\top]")


@pytest.mark.parametrize(("first", "second"), [(OLD, NEW), (NEW, OLD)])
@pytest.mark.parametrize(("factor", "status"), [
    (r"\frac{1}{2}", "proved"), ("", "refuted"), (r"-\frac{1}{2}", "refuted")])
def test_a_divergence_is_a_quadratic_form_of_a_step(first, second, factor, status):
    claim = rf"D_{{\text{{KL}}}}({first} \| {second}) = {factor} {QUADRATIC}"
    assert prove(claim, where=[FISHER]).status == status


@pytest.mark.parametrize(("text", "status"), [
    (r"\frac{\pi_{\theta+\Delta\theta}(a|s)}{\pi_\theta(a|s)} = 1 + O(\|\Delta\theta\|)", "proved"),
    (r"\frac{\pi_{\theta+\Delta\theta}(a|s)}{\pi_\theta(a|s)} = 1 + O(\|\Delta\theta\|^2)", "refuted"),
    (r"\sum_a \pi_{\theta + \Delta\theta}(a|s) = \sum_a \pi_\theta(a|s)", "proved"),
    (r"\pi_{\theta+\Delta\theta}(a|s) = \pi_\theta(a|s)", "refuted"),
])
def test_a_policy_stands_before_and_after_a_step(text, status):
    assert prove(text).status == status


@pytest.mark.parametrize(("text", "assume"), [
    (r"\nabla_\theta \pi_{\theta+\Delta\theta}(a|s) = \nabla_\theta \pi_\theta(a|s)", []),
    (r"\pi_{\theta+\Delta\theta}(a|s) = \pi_{\theta_{\text{old}}}(a|s)", []),
    (r"\pi_{\theta+\Delta\theta}(a|s) = \pi_\theta(a|s)", [r"\theta = \theta_{\text{old}}"]),
    (r"\pi_{\theta+\Delta\theta}(a|s) = \pi_\theta(a|s) + \theta + \Delta\theta", []),
])
def test_a_step_beside_derivatives_or_other_points_is_not_read(text, assume):
    assert prove(text, assume=assume).status in ("unread", "ill-formed")


def test_a_verdict_speaks_of_the_points_as_they_are_printed():
    found = prove(r"\pi_{\theta+\Delta\theta}(a|s) = \pi_\theta(a|s) + O(\|\Delta\theta\|)")
    assert found.status == "proved"
    assert r"agree at θ below" in found.reason
    assert "Differentiable(π_θ+Δθ, 1)" in found.hypotheses
