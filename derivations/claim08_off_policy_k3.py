"""Point 8: on policy the mean of k3 is the divergence; off policy it misses it by two terms."""

from grpo_symbolic.derivations.k3 import value

from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

gap = (
    derive("claim08-gap")
    .then(E_old(weight - Log(weight) - 1) - reverse_kl, definition("k3", define_k3))
    .then(E_old(weight) - 1 - E_old(Log(weight)) - reverse_kl, NORMALISATION)
    .then(E_old(weight) - 1 + E_old(Log(pi_theta(a, s)) - Log(pi_ref(a, s))) - reverse_kl, LOG_OF_RATIO)
    .arrive(definition("ℓ (2)", define_log_ratio_at))
)

script = argument("claim08", value, gap)

if __name__ == "__main__":
    script.show()
