"""The performance difference lemma: how much better a policy is, by the advantages of another one."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *
from grpo_symbolic.paper.trajectories import *

rewards = endless(discounted() * paid())
difference = gamma * V_pi(next_state(), pi_old) - V_pi(state(), pi_old)

telescope = (
    show_that("values along a path telescope", E_paths(endless(discounted() * difference)), -E_start(V_pi(s, pi_old)))
    .arrive(MARKOV, NORMALISATION, RECURSION)
)

along_paths = (
    show_that("the performance difference along paths", E_paths(rewards) - E_paths(rewards, pi_old),
              E_paths(endless(discounted() * A_pi(state(), action(), pi_old))))
    .then(E_paths(rewards) - E_start(V_pi(s, pi_old)), VALUES, MARKOV, NORMALISATION)
    .then(E_paths(rewards) + E_paths(endless(discounted() * difference)), by(telescope))
    .then(E_paths(endless(discounted() * (paid() + difference))), LINEARITY)
    .arrive(VALUES, MARKOV, NORMALISATION)
)

lemma = (
    show_that("the performance difference", E_paths(rewards) - E_paths(rewards, pi_old),
              1 / (1 - gamma) * E_visited(A_pi(policy=pi_old)))
    .then(E_paths(endless(discounted() * A_pi(state(), action(), pi_old))), by(along_paths))
    .arrive(VISITS, MARKOV, NORMALISATION)
)

script = argument("performance-difference", lemma, along_paths, telescope)

if __name__ == "__main__":
    script.show()
