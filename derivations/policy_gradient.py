"""The policy gradient over paths of T steps, form by form, and what is added where γ^t is dropped."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *
from grpo_symbolic.paper.trajectories import *

rewards = steps(discounted() * paid())
to_go = steps(from_(t) * discounted(later) * paid(later), later)
objective = E_paths(rewards)

likelihood_ratio = (
    show_that("the policy gradient", grad(objective), E_paths(steps(step_score()) * rewards))
    .then(E_paths(grad(Log(probability())) * rewards), INTERCHANGE, LOG_DERIVATIVE)
    .arrive(INTERCHANGE, PATH)
)

reward_to_go = (
    show_that("the policy gradient with rewards to go", grad(objective), E_paths(steps(step_score() * to_go)))
    .then(E_paths(steps(step_score()) * rewards), by(likelihood_ratio))
    .arrive(LOG_DERIVATIVE, MARKOV, NORMALISATION)
)

with_baseline = (
    show_that("the policy gradient with a baseline", grad(objective),
              E_paths(steps(step_score() * (to_go - baseline(state())))))
    .then(E_paths(steps(step_score() * to_go)), by(reward_to_go))
    .then(E_paths(steps(step_score() * to_go)) - E_paths(steps(step_score() * baseline(state()))),
          LOG_DERIVATIVE, MARKOV, NORMALISATION)
    .arrive(LINEARITY)
)

with_values = (
    show_that("the policy gradient with values", grad(objective),
              E_paths(steps(discounted() * step_score() * Q_pi(state(), action()))))
    .then(E_paths(steps(step_score() * to_go)), by(reward_to_go))
    .arrive(VALUES, MARKOV, NORMALISATION)
)

with_advantages = (
    show_that("the policy gradient with advantages", grad(objective),
              E_paths(steps(discounted() * step_score() * A_pi(state(), action()))))
    .then(E_paths(steps(discounted() * step_score() * Q_pi(state(), action()))), by(with_values))
    .then(E_paths(steps(discounted() * step_score() * Q_pi(state(), action())))
          - E_paths(steps(discounted() * step_score() * V_pi(state()))), LOG_DERIVATIVE, MARKOV, NORMALISATION)
    .arrive(VALUES)
)

habit = E_paths(steps(step_score() * A_pi(state(), action())))
dropped = (
    show_that("what is added where the weights of the steps are dropped", habit - grad(objective),
              E_paths(steps((1 - discounted()) * step_score() * A_pi(state(), action()))))
    .then(habit - E_paths(steps(discounted() * step_score() * A_pi(state(), action()))), by(with_advantages))
    .arrive(LINEARITY)
)

script = argument("policy-gradient", likelihood_ratio, reward_to_go, with_baseline, with_values, with_advantages,
                  dropped)

if __name__ == "__main__":
    script.show()
