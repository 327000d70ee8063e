"""Derivatives in every print: ∂/∂θ, d/du of expressions in a number, a bare ∇, one of two points of a family."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.language import Claim, Const, Head, Relation, grad, rewrite, times
from grpo_symbolic.latex.constructs.slope import Number, slope
from grpo_symbolic.latex.statement.reader import read_expression
from grpo_symbolic.proof import prove as proof

SCORE = r"\log\pi_\theta(a|s)"


@pytest.mark.parametrize("print_", [
    rf"\frac{{\partial}}{{\partial\theta}} {SCORE}", rf"\frac{{\partial {SCORE}}}{{\partial \theta}}",
    rf"\partial_\theta {SCORE}", rf"\frac{{d}}{{d\theta}} {SCORE}", rf"\dfrac{{\mathrm d}}{{\mathrm d\theta}} {SCORE}",
    rf"\frac{{\partial}}{{\partial\theta}} \left( {SCORE} \right)",
])
def test_a_partial_derivative_in_the_parameter_is_the_gradient(print_: str) -> None:
    assert prove(rf"{print_} = \nabla_\theta {SCORE}").status == "proved"
    assert prove(rf"{print_} = 2 \nabla_\theta {SCORE}").status == "refuted"


def test_a_second_derivative_is_the_hessian() -> None:
    second = rf"\frac{{\partial^2}}{{\partial\theta^2}} {SCORE}"
    assert prove(rf"{second} = \nabla_\theta^2 {SCORE}").status == "proved"
    assert prove(rf"{second} = -\nabla_\theta^2 {SCORE}").status == "refuted"


TRUE = [
    (r"\frac{d}{du} u^3", "3 u^2"),
    (r"\frac{d}{dx} (x \log x - x)", r"\log x"),
    (r"\frac{d}{dz} \frac{1}{1 + e^{-z}}", r"\frac{e^{-z}}{(1 + e^{-z})^2}"),
    (r"\frac{\partial}{\partial v} e^{c v}", r"c e^{c v}"),
    (r"\frac{d}{d\beta} \log(1 + \beta^2)", r"\frac{2\beta}{1 + \beta^2}"),
    (r"\frac{d}{du} \sqrt{u}", r"\frac{1}{2\sqrt{u}}"),
    (r"\frac{d}{du} (1 - u)^{-1}", r"(1 - u)^{-2}"),
    (r"\frac{d (u^2 + v)}{du}", "2 u"),
    (r"\frac{d^2}{du^2} u^3", "6 u"),
    (r"\nabla_x x^2", "2 x"),
    (r"\partial_s s^2", "2 s"),
    (r"\frac{d}{du} u^2 v", "2 u v"),
    (r"\frac{d}{du} 3 u^2", "6 u"),
    (r"\frac{d}{du} u/2", r"\frac{1}{2}"),
    (r"\frac{d}{du} (u - u_0)^2", "2 (u - u_0)"),
    (r"\frac{d}{du} \frac{1}{G}\sum_{i=1}^G (u - r_i)^2", r"2 \left(u - \frac{1}{G}\sum_{i=1}^G r_i\right)"),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_a_derivative_in_a_number_follows_the_rules(left: str, right: str) -> None:
    assert prove(f"{left} = {right}").status == "proved"
    assert prove(f"{left} = {right} + 1").status == "refuted"
    assert prove(rf"{left} = -\left({right}\right)").status == "refuted"


@pytest.mark.parametrize(("latex", "condition"), [
    (r"\frac{d}{du} \log u = \frac{1}{u}", "Nonnegative(u)"), (r"\frac{d}{du} \sqrt{u^2} = 0", "Nonzero(u)"),
    (r"\frac{d}{du} (\log u - \log u) = 0", "Nonnegative(u)"), (r"\frac{d}{du} \frac{u}{u} = 0", "Nonzero(u)"),
    (r"\frac{d^2}{du^2} (u + 0 \log u) = 0", "Nonnegative(u)"),
])
def test_a_derivative_keeps_the_conditions_of_what_it_is_taken_of(latex: str, condition: str) -> None:
    found = prove(latex)
    assert found.status != "proved" or condition in found.hypotheses


@pytest.mark.parametrize("latex", [
    r"\frac{d}{du} |u| = 1", r"\frac{d}{du} \min(u, 1) = 1", r"\frac{d}{du} \text{clip}(u, 0, 1) = 1",
    r"\frac{d}{du} f(u) = f(u)", r"\frac{d}{du} J = 0", r"\frac{d}{d\beta} \mathcal{L} = 0", r"\frac{d}{du} V_u = 0",
    r"\frac{d}{du} L(\theta) = 0", r"\frac{d}{d\beta} \mathbb{E}_{a\sim\pi^*(\cdot|s)}[r(s,a)] = 0",
    r"\frac{d}{du} = 2",
    r"\frac{d}{d\theta} \theta^2 = 2\theta", r"\frac{\partial}{\partial \theta_k} \log\pi_\theta(a|s) = 0",
    r"\frac{d^2}{du} u = 1", r"\frac{d^3}{du^3} u^3 = 6", r"\frac{\partial}{du} u = 1", r"\partial u = 1",
    r"\frac{d}{du}^2 u = 1",
    r"\frac{dy}{dx} = 2x", r"\frac{d}{dx} y = 0", r"\nabla_x \|x\|^2 = 2x",
    r"\frac{d}{de} e^2 = 2e", r"\frac{d}{dG} \sum_{i=1}^G r_i = 0", r"\frac{d}{dH} H^2 = 2H",
    r"\nabla_\theta \theta = I", r"\frac{d}{dn} \sum_{i=1}^n r_i = 0",
    r"\frac{d}{du} \pi_u(a|s) u = 0", r"\frac{\partial^2}{\partial u \partial v} u v = 1",
])
def test_what_is_not_known_to_have_that_derivative_is_not_read(latex: str) -> None:
    assert prove(latex).status == "unread"


def test_what_is_defined_is_differentiated() -> None:
    assert prove(r"\frac{d}{du} w = 0", where=["w := u^2"]).status == "refuted"
    assert prove(r"\frac{d}{du} w = 2 u", where=["w := u^2"]).status == "proved"
    assert prove(r"\frac{d}{du} w = 2 u v", where=["w := u v^2", r"v := u"]).status == "refuted"
    assert prove(r"\frac{d}{du} w = 0", assume=["w = u^2"]).status == "unread"


def test_a_bare_gradient_is_taken_in_the_only_parameter() -> None:
    assert prove(r"\nabla \log\pi_\phi(a|s) = \frac{\nabla\pi_\phi(a|s)}{\pi_\phi(a|s)}").status == "proved"
    assert prove(r"\nabla \log\pi_\omega(a|s) = 0").status == "refuted"
    for ambiguous in (r"\nabla (\pi_\phi(a|s) V_\theta(s)) = 0", r"\nabla (\pi_\phi(a|s) V_\omega(s)) = 0",
                      r"\nabla J = 0", r"\nabla f(x) = 0"):
        assert prove(ambiguous).status in ("unread", "undecided")


@pytest.mark.parametrize(("moving", "fixed"), [
    (r"\theta'", r"\theta"), (r"\theta", r"\theta'"), (r"\phi^{\prime}", r"\phi"), (r"\theta", r"\bar\theta"),
    (r"\theta", r"\theta_0"), (r"\phi", r"\theta")])
def test_a_derivative_at_another_point_of_the_family(moving: str, fixed: str) -> None:
    new, old = rf"\pi_{{{moving}}}", rf"\pi_{{{fixed}}}"
    at = rf"\big|_{{{moving}={fixed}}}"
    divergence = rf"\nabla_{{{moving}}} D_{{\text{{KL}}}}({old}(\cdot|s) \| {new}(\cdot|s))"
    assert prove(rf"{divergence}{at} = 0").status == "proved"
    assert prove(rf"{divergence} = 0").status in ("refuted", "unread")
    ratio = rf"\nabla_{{{moving}}} \frac{{{new}(a|s)}}{{{old}(a|s)}}{at}"
    assert prove(rf"{ratio} = \nabla_{{{moving}}} \log {new}(a|s){at}").status == "proved"
    assert prove(rf"{ratio} = 0").status == "refuted"


@pytest.mark.parametrize("latex", [
    "u^4 - 3 u + c", r"\frac{u^2 - 1}{u^2 + 1}", r"e^{u^2} u", r"\log(1 + e^{u})", r"\sqrt{1 + u^2}", r"(1 + u^2)^{-3}",
    r"\sum_{i=1}^G r_i e^{u r_i}", r"\frac{\log(1 + u^2)}{e^{u}}", r"u v - \frac{v}{1 + u^4}"])
def test_the_rules_are_those_of_the_kernel(latex: str) -> None:
    """The chain rule: a number that moves with θ has for gradient of f(u) the slope of f times its own."""
    term = read_expression(latex)
    moving = Head(r"u(\theta)", theta=True)()

    def at(node):
        return rewrite(node, lambda part: moving if part == Const("u") else None)

    slope_of_it = at(slope(term, Number("u"), 0))
    assert proof.prove(Claim(Relation("=", grad(at(term)), times(slope_of_it, grad(moving))))).hypotheses
    with pytest.raises(proof.Unproved):
        proof.prove(Claim(Relation("=", grad(at(term)), times(at(term), grad(moving)))))
