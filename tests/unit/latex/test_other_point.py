r"""Another name of θ_old, as θ_k: a text says by an equation of points, or by an evaluation, that it is one."""

import pytest
from verdicts import prove

RATIO = r"\frac{\pi_\theta(y|x)}{\pi_{#}(y|x)}"
SURROGATE = (r"\nabla_\theta \mathbb{E}_{y\sim\pi_{#}(\cdot|x)}[" + RATIO + r" A(x,y)] = "
             r"\mathbb{E}_{y\sim\pi_{#}(\cdot|x)}[A(x,y) \nabla_\theta \log \pi_\theta(y|x)]")


@pytest.mark.parametrize("point", [r"\theta_k", r"\theta_0", r"\theta'", r"\bar{\theta}", r"\theta_n"])
@pytest.mark.parametrize("text", [r"\pi_\theta(y|x) = \pi_{#}(y|x)", SURROGATE])
def test_what_is_given_of_a_point_names_it(text, point):
    stated = text.replace("#", point)
    assert prove(stated, assume=[rf"\theta = {point}"]).status == "proved"
    assert prove(stated.replace("=", "= 2"), assume=[rf"\theta = {point}"]).status == "refuted"


def test_an_evaluation_names_a_point():
    left, right = SURROGATE.replace("#", r"\theta_k").split(" = ")
    bar = r" \Big|_{\theta = \theta_k}"
    assert prove(f"{left}{bar} = {right}{bar}").status == "proved"


@pytest.mark.parametrize(("text", "assume"), [
    (r"\pi_\theta(y|x) = \pi_{\theta_j}(y|x)", [r"\theta = \theta_k"]),
    (r"\pi_\theta(y|x) = \pi_{\theta_k}(y|x)", []), (SURROGATE.replace("#", r"\theta_k"), [])])
def test_a_point_of_which_nothing_is_said_is_another(text, assume):
    assert prove(text, assume=assume).status != "proved"
