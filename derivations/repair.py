"""The repair: k3 weighted with the importance ratio estimates the divergence and its gradient from old samples."""

from grpo_symbolic.derivations.k3 import gradient, value

from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

ratio = pi_theta(a, s) / pi_old(a, s)

mean = (
    derive("repair-value")
    .then(E_old(ratio * k3_a), definition("ρ", define_ratio_at))
    .then(E_theta(k3_a), EXPECTATION)
    .arrive(by(value))
)

mean_gradient = derive("repair-gradient").arrive(by(mean))

pointwise = (
    derive("repair-pointwise")
    .then(k3_a * grad(rho_a) + rho_a * grad(k3_a), LINEARITY)
    .then(rho_a * (k3_a + 1 - weight) * score(a), definition("ρ", define_ratio_at), LOG_DERIVATIVE,
          constant("π_old"), by(gradient))
    .then(-rho_a * Log(weight) * score(a), definition("k3", define_k3))
    .arrive(LOG_OF_RATIO, definition("k1", define_k1))
)

detached = (
    derive("repair-detached")
    .then(E_old(StopGradient(rho_a) * grad(k3_a)), INTERCHANGE, constant("π_old"))
    .then(E_old(StopGradient(rho_a) * (1 - weight) * score(a)), by(gradient))
    .then(E_theta((1 - weight) * score(a)), definition("ρ", define_ratio_at))
    .then(-E((a, ref_s), score(a)), LOG_DERIVATIVE, NORMALISATION)
    .arrive(INTERCHANGE, constant("π_ref"))
)

script = argument("repair", mean, mean_gradient, pointwise, detached)

if __name__ == "__main__":
    script.show()
