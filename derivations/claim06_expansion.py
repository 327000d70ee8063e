"""Point 6: near θ_old the penalty adds half β times the Fisher information of the step to what is maximised."""

from grpo_symbolic.derivations.claim03_two_divergences import claim03
from grpo_symbolic.derivations.eq13_kl_taylor import half_fisher_step, score_identity

from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

claim06 = (
    derive("claim06-expansion")
    .after(score_identity)
    .then(-beta * (old_to_ref - forward_kl), by(claim03))
    .then(-beta * (old_to_ref - half_fisher_step) + remainder(3), TAYLOR, INTERCHANGE, LOG_DERIVATIVE,
          NORMALISATION, constant("π_old"), definition("F_s", define_fisher))
    .arrive(LINEARITY)
)

script = argument("claim06", claim06)

if __name__ == "__main__":
    script.show()
