"""The first-order expansion: it holds with the gradient at θ and with the gradient at θ_old.

The two differ at second order, where their errors are opposite.
"""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

log_theta, log_old = Log(pi_theta(a, s)), Log(pi_old(a, s))
curvature = one_half * step.T * AtOld(Hessian(log_theta)) * step

printed = derive("first-order-expansion").then(log_old + score(a).T * step + remainder(2), TAYLOR, constant("π_old"))

usual = show_that(
    "the expansion with the gradient at θ_old", log_theta, log_old + AtOld(score(a)).T * step + remainder(2)
).arrive(TAYLOR, constant("π_old"))

error_printed = show_that(
    "the error of the expansion as printed", log_theta - (log_old + score(a).T * step), -curvature + remainder(3)
).arrive(TAYLOR, constant("π_old"))

error_usual = show_that(
    "the error of the usual expansion", log_theta - (log_old + AtOld(score(a)).T * step), curvature + remainder(3)
).arrive(TAYLOR, constant("π_old"))

script = argument("first-order-expansion", printed, usual, error_printed, error_usual)

if __name__ == "__main__":
    script.show()
