"""Equation (12): only the second law of the forward divergence depends on θ."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

log_old, log_theta = Log(pi_old(a, s)), Log(pi_theta(a, s))

eq12 = (
    derive("eq12")
    .then(grad(E_old(log_old)) - grad(E_old(log_theta)), DIVERGENCE)
    .then(-grad(E_old(log_theta)), constant("π_old"))
    .arrive(INTERCHANGE, constant("π_old"))
)

script = argument("eq12", eq12)

if __name__ == "__main__":
    script.show()
