"""The importance ratio of a path: the dynamics cancel, and what is paid is weighed by the ratios of its actions."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *
from grpo_symbolic.paper.trajectories import *

rewards = steps(discounted() * paid())
ratios = total(t, chance() / chance(policy=pi_old), T, product=True)

cancel = (
    show_that("the ratio of paths is that of their actions", probability() / probability(pi_old), ratios)
    .arrive(PATH, LOG_OF_RATIO)
)

weighted = (
    show_that("the ratio of paths changes the law", E_paths(ratios * rewards, pi_old), E_paths(rewards))
    .then(E_paths(probability() / probability(pi_old) * rewards, pi_old), by(cancel))
    .arrive(EXPECTATION)
)

mean = (
    show_that("the ratio of paths has mean one", E_paths(ratios, pi_old), 1)
    .then(E_paths(probability() / probability(pi_old), pi_old), by(cancel))
    .arrive(NORMALISATION)
)

script = argument("trajectory-ratio", cancel, weighted, mean)

if __name__ == "__main__":
    script.show()
