"""Point 3: the mean log-ratio off policy is a difference of two divergences."""

from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

log_theta, log_old, log_ref = Log(pi_theta(a, s)), Log(pi_old(a, s)), Log(pi_ref(a, s))

claim03 = (
    derive("claim03-difference")
    .then(E_old(log_theta - log_ref), definition("ℓ (2)", define_log_ratio_at))
    .then(E_old(log_old - log_ref) - E_old(log_old - log_theta), LINEARITY)
    .arrive(DIVERGENCE)
)

script = argument("claim03", claim03)

if __name__ == "__main__":
    script.show()
