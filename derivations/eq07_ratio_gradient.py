"""Equation (7): the denominator of the ratio does not depend on θ."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

p, p_old = pi_theta(group[i], s), pi_old(group[i], s)

eq07 = (
    derive("eq07")
    .then(grad(p / p_old), definition("ρ (1)", define_ratio))
    .then(grad(p) / p_old, constant("π_old"))
    .then(p / p_old * score(group[i]), LOG_DERIVATIVE)
    .arrive(definition("ρ (1)", define_ratio))
)

script = argument("eq07", eq07)

if __name__ == "__main__":
    script.show()
