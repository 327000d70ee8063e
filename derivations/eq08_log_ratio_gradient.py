"""Equation (8): the reference policy is fixed."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

eq08 = (
    derive("eq08")
    .then(grad(Log(pi_theta(group[i], s)) - Log(pi_ref(group[i], s))), definition("ℓ (2)", define_log_ratio))
    .then(score(group[i]) - grad(Log(pi_ref(group[i], s))), LINEARITY)
    .arrive(constant("π_ref"))
)

script = argument("eq08", eq08)

if __name__ == "__main__":
    script.show()
