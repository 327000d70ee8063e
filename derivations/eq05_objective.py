"""Equation (5): the objective, and its value before the first step, where every ratio is one."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

at_old = (
    show_that("the objective at θ_old", AtOld(J()), E_group(mean_over_group(A_tilde() - beta * AtOld(ell()))),
              *OBJECTIVE)
    .then(AtOld(E_group(mean_over_group(rho() * A_tilde() - beta * ell()))), definition("J", define_objective))
    .then(AtOld(E_group(mean_over_group(pi_theta(group[i], s) / pi_old(group[i], s) * A_tilde() - beta * ell()))),
          definition("ρ", define_ratio))
    .arrive(EVALUATION)
)

script = argument("eq05", at_old)

if __name__ == "__main__":
    script.show()
