"""Equation (6), as meant: before the first step no ratio is clipped, and (6) has the value of (5)."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

ratio_of_samples = pi_theta(group[i], s) / pi_old(group[i], s)
surrogate = Min(rho() * A_tilde(), Clip(rho(), 1 - clip_range, 1 + clip_range) * A_tilde())
at_old = (
    show_that("the clipped objective at θ_old", AtOld(E_group(mean_over_group(surrogate - beta * ell()))), AtOld(J()),
              *OBJECTIVE)
    .then(AtOld(E_group(mean_over_group(ratio_of_samples * A_tilde() - beta * ell()))),
          definition("ρ", define_ratio), EVALUATION)
    .then(AtOld(E_group(mean_over_group(rho() * A_tilde() - beta * ell()))), definition("ρ", define_ratio))
    .arrive(definition("J", define_objective))
)

script = argument("eq06", at_old)

if __name__ == "__main__":
    script.show()
