"""Equation (4): the divergence (3) at two policies conditioned on the same state."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

specialised = (
    show_that("the divergence of two policies", KL(theta_s, ref_s), E_theta(log_ratio_of(pi_theta(a, s), pi_ref(a, s))))
    .then(E_theta(Log(pi_theta(a, s)) - Log(pi_ref(a, s))), DIVERGENCE)
    .arrive(LOG_OF_RATIO)
)

script = argument("eq04", specialised)

if __name__ == "__main__":
    script.show()
