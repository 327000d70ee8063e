"""The trust-region problem: its objective moves along the policy gradient, its constraint is quadratic."""

from grpo_symbolic.derivations.eq13_kl_taylor import half_fisher_step

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

surrogate = E((s, d_old), (a, pi_old | s), ratio_at(s, a) * advantage(s, a))
on_policy = E((s, d_old), (a, pi_old | s), advantage(s, a) * AtOld(score(a)))

objective_gradient = (
    show_that("the surrogate's gradient at θ_old", AtOld(grad(surrogate)), on_policy, define_ratio_at)
    .then(AtOld(E((s, d_old), (a, pi_old | s), grad(ratio_at(s, a)) * advantage(s, a))),
          INTERCHANGE, constant("π_old"))
    .then(AtOld(E((s, d_old), (a, pi_old | s), grad(pi_theta(a, s) / pi_old(a, s)) * advantage(s, a))),
          definition("ρ", define_ratio_at))
    .arrive(LOG_DERIVATIVE, constant("π_old"))
)

constraint = (
    show_that("the constraint is quadratic near θ_old", KL(theta_s, old_s), half_fisher_step + remainder(3),
              define_fisher)
    .arrive(TAYLOR, INTERCHANGE, LOG_DERIVATIVE, NORMALISATION, constant("π_old"), definition("F_s", define_fisher))
)

script = argument("trust-region", objective_gradient, constraint)

if __name__ == "__main__":
    script.show()
