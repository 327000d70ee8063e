"""Equation (1): the importance ratio, and what it is for."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

rho_a = ratio_at(s, a)
f = Head("f(#1, #2)")(s, a)

mean_one = (
    show_that("the ratio has mean one under the behaviour policy", E_old(rho_a), 1, define_ratio_at)
    .then(E_old(pi_theta(a, s) / pi_old(a, s)), definition("ρ", define_ratio_at))
    .then(total(a, pi_theta(a, s)), EXPECTATION)
    .arrive(NORMALISATION)
)

change_of_measure = (
    show_that("the ratio changes the law", E_old(rho_a * f), E_theta(f), define_ratio_at)
    .then(E_old(pi_theta(a, s) / pi_old(a, s) * f), definition("ρ", define_ratio_at))
    .arrive(EXPECTATION)
)

script = argument("eq01", mean_one, change_of_measure)

if __name__ == "__main__":
    script.show()
