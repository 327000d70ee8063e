"""Equation (9): the gradient of (5), printed with ≈ and in fact exact."""

from grpo_symbolic.derivations.eq07_ratio_gradient import eq07
from grpo_symbolic.derivations.eq08_log_ratio_gradient import eq08

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

eq09 = (
    derive("eq09")
    .then(grad(E_group(mean_over_group(rho() * A_tilde() - beta * ell()))), definition("J (5)", define_objective))
    .then(E_group(mean_over_group(grad(rho()) * A_tilde() - beta * grad(ell()))), INTERCHANGE, constant("π_old"))
    .then(E_group(mean_over_group(rho() * score(group[i]) * A_tilde() - beta * score(group[i]))), by(eq07), by(eq08))
    .arrive(LINEARITY)
)

script = argument("eq09", eq09)

if __name__ == "__main__":
    script.show()
