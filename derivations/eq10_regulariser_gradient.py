"""Equation (10): the regulariser pulls along the score under the behaviour policy, whatever the reference."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

eq10 = (
    derive("eq10")
    .then(E_old(beta * grad(log_ratio_at(a, s))), INTERCHANGE, constant("π_old"))
    .then(E_old(beta * grad(Log(pi_theta(a, s)) - Log(pi_ref(a, s)))), definition("ℓ (2)", define_log_ratio_at))
    .then(E_old(beta * score(a)), constant("π_ref"))
    .arrive(LINEARITY)
)

script = argument("eq10", eq10)

if __name__ == "__main__":
    script.show()
