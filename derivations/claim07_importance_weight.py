"""Point 7: the importance ratio turns the mean under the behaviour policy into one under the current policy."""

from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

claim07 = (
    derive("claim07-weighted")
    .then(grad(E_old(pi_theta(a, s) / pi_old(a, s) * ell_a)), definition("ρ", define_ratio_at))
    .then(grad(E_theta(ell_a)), EXPECTATION)
    .then(grad(E_theta(Log(pi_theta(a, s)) - Log(pi_ref(a, s)))), definition("ℓ (2)", define_log_ratio_at))
    .arrive(DIVERGENCE)
)

script = argument("claim07", claim07)

if __name__ == "__main__":
    script.show()
