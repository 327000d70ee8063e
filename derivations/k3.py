"""The estimator k3: its mean under the current policy is the divergence, and the reference enters its gradient."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

weight = pi_ref(a, s) / pi_theta(a, s)

value = (
    show_that("the mean of k3 under the current policy", E_theta(k3(a, s)), KL(theta_s, ref_s), define_k3)
    .then(E_theta(weight - Log(weight) - 1), definition("k3", define_k3))
    .then(E_theta(weight - 1) - E_theta(Log(weight)), LINEARITY)
    .then(-E_theta(Log(weight)), NORMALISATION)
    .arrive(LOG_OF_RATIO)
)

gradient = (
    show_that("the gradient of k3", grad(k3(a, s)), (1 - weight) * score(a), define_k3)
    .then(grad(weight - Log(weight) - 1), definition("k3", define_k3))
    .arrive(LOG_DERIVATIVE, constant("π_ref"))
)

script = argument("k3", value, gradient)

if __name__ == "__main__":
    script.show()
