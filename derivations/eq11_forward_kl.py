"""Equation (11): the forward divergence is the cross-entropy less a constant."""

from grpo_symbolic.language import CrossEntropy, Entropy
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

forward = (
    show_that("the forward divergence", KL(old_s, theta_s), E_old(log_ratio_of(pi_old(a, s), pi_theta(a, s))))
    .then(E_old(Log(pi_old(a, s)) - Log(pi_theta(a, s))), DIVERGENCE)
    .arrive(LOG_OF_RATIO)
)

cross_entropy = (
    show_that("divergence and cross-entropy", KL(old_s, theta_s), CrossEntropy(old_s, theta_s) - Entropy(old_s))
    .then(E_old(Log(pi_old(a, s))) - E_old(Log(pi_theta(a, s))), DIVERGENCE)
    .arrive(EXPECTATION)
)

script = argument("eq11", forward, cross_entropy)

if __name__ == "__main__":
    script.show()
