"""The policy gradient theorem, for discounted paths without an end."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *
from grpo_symbolic.paper.trajectories import *

objective = E_paths(endless(discounted() * paid()))
at_each_step = endless(discounted() * step_score() * A_pi(state(), action()))

as_value = (
    show_that("the objective is the value of the first state", objective, E_start(V_pi()))
    .arrive(VALUES, MARKOV, NORMALISATION)
)

recursion = (
    show_that("the gradient of a value", grad(V_pi()),
              E_theta(Q_pi() * score(a) + gamma * E_next(grad(V_pi(following)))))
    .then(grad(E_theta(Q_pi())), VALUES, RECURSION)
    .then(E_theta(Q_pi() * score(a) + grad(Q_pi())), INTERCHANGE, LOG_DERIVATIVE)
    .arrive(VALUES, INTERCHANGE, DYNAMICS)
)

theorem = (
    show_that("the policy gradient theorem", grad(objective), 1 / (1 - gamma) * E_visited(Q_pi() * score(a)))
    .after(recursion)
    .then(grad(E_start(V_pi())), by(as_value))
    .then(E_start(grad(V_pi())), INTERCHANGE, DYNAMICS)
    .arrive(VISITS, INTERCHANGE, LOG_DERIVATIVE)
)

with_advantages = (
    show_that("the policy gradient theorem with advantages", grad(objective),
              1 / (1 - gamma) * E_visited(A_pi() * score(a)))
    .then(1 / (1 - gamma) * E_visited(Q_pi() * score(a)), by(theorem))
    .then(1 / (1 - gamma) * (E_visited(Q_pi() * score(a)) - E_visited(V_pi() * score(a))),
          LOG_DERIVATIVE, NORMALISATION)
    .arrive(VALUES)
)

along_paths = (
    show_that("the theorem along paths", grad(objective), E_paths(at_each_step))
    .then(1 / (1 - gamma) * E_visited(A_pi() * score(a)), by(with_advantages))
    .arrive(VISITS, MARKOV, NORMALISATION)
)

script = argument("discounted-policy-gradient", theorem, with_advantages, along_paths)

if __name__ == "__main__":
    script.show()
