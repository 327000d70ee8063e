"""Point 5: ascending the objective (5), which subtracts the penalty, climbs the forward divergence."""

from grpo_symbolic.derivations.eq10_regulariser_gradient import eq10
from grpo_symbolic.derivations.eq12_forward_kl_gradient import eq12

from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

gradient = (
    derive("claim05-gradient")
    .then(beta * E_old(score(a)), by(eq10))
    .arrive(by(eq12))
)

ascent = (
    derive("claim05-ascent")
    .then(-grad(E_old(beta * ell_a)).T * grad(forward_kl), LINEARITY)
    .then(beta * grad(forward_kl).T * grad(forward_kl), by(gradient))
    .arrive(LINEARITY)
)

surrogate = E_group(mean_over_group(rho() * A_tilde()))

whole = (
    derive("claim05-objective")
    .then(E_group(mean_over_group(rho() * A_tilde() - beta * ell())), definition("J (5)", define_objective))
    .then(surrogate - beta * E_group(mean_over_group(ell())), LINEARITY)
    .then(surrogate - beta * E((s, d_old), E_old(Log(pi_theta(a, s)) - Log(pi_ref(a, s)))),
          INDEPENDENCE, definition("ℓ (2)", define_log_ratio))
    .then(surrogate - beta * E((s, d_old), old_to_ref - forward_kl), DIVERGENCE)
    .arrive(LINEARITY)
)

script = argument("claim05", gradient, ascent, whole)

if __name__ == "__main__":
    script.show()
