"""Equation (2): the pointwise log-ratio; its mean under the current policy is the divergence."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

mean = (
    show_that("the mean log-ratio under the current policy", E_theta(log_ratio_at(a, s)), KL(theta_s, ref_s),
              define_log_ratio_at)
    .then(E_theta(Log(pi_theta(a, s)) - Log(pi_ref(a, s))), definition("ℓ", define_log_ratio_at))
    .arrive(DIVERGENCE)
)

script = argument("eq02", mean)

if __name__ == "__main__":
    script.show()
