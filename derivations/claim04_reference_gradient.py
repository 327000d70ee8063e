"""Point 4: the reference policy leaves the gradient of the log-ratio alone, and weighs that of k3."""

from grpo_symbolic.derivations.k3 import gradient

from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

without_reference = (
    derive("claim04-log-ratio")
    .then(score(a), constant("π_ref"))
    .arrive(constant("π_alt"))
)

penalties = (
    derive("claim04-penalties")
    .then(weight - Log(weight) - 1 - (Log(pi_theta(a, s)) - Log(pi_ref(a, s))),
          definition("k3", define_k3), definition("ℓ (2)", define_log_ratio_at))
    .arrive(LOG_OF_RATIO)
)

gradients = (
    derive("claim04-gradients")
    .then(grad(weight - 1), by(penalties))
    .arrive(LOG_DERIVATIVE, constant("π_ref"))
)

script = argument("claim04", without_reference, gradient, penalties, gradients)

if __name__ == "__main__":
    script.show()
