"""Equation (13): the forward divergence is quadratic near θ_old, and its Hessian is the Fisher information."""

from grpo_symbolic.derivations.eq12_forward_kl_gradient import eq12

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

divergence = KL(old_s, theta_s)
half_fisher_step = one_half * step.T * F_old() * step

zeroth = show_that("the zeroth order vanishes", AtOld(divergence), 0).arrive(EVALUATION)

score_identity = (
    show_that("the score has mean zero at θ_old", AtOld(E_old(score(a))), 0)
    .arrive(LOG_DERIVATIVE, NORMALISATION)
)

first = (
    show_that("the first order vanishes", AtOld(grad(divergence)), 0)
    .then(-AtOld(E_old(score(a))), by(eq12))
    .arrive(by(score_identity))
)

second = (
    show_that("the second order is the Fisher information", AtOld(Hessian(divergence)), F_old(), define_fisher)
    .then(AtOld(-E_old(Hessian(Log(pi_theta(a, s))))), INTERCHANGE, constant("π_old"))
    .then(AtOld(E_theta(score(a) * score(a).T)), LOG_DERIVATIVE, NORMALISATION)
    .arrive(definition("F_s", define_fisher))
)

orders = (
    AtOld(divergence)
    + AtOld(grad(divergence)).T * step
    + one_half * step.T * AtOld(Hessian(divergence)) * step
)

eq13 = (
    derive("eq13")
    .after(zeroth, score_identity, first, second)
    .then(orders + remainder(3), TAYLOR)
    .then(half_fisher_step + remainder(3), EVALUATION, by(first), by(second))
)

script = argument("eq13", eq13)

if __name__ == "__main__":
    script.show()
