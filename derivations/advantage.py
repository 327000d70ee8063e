"""The group-relative advantage: centred on the group, it sums to zero."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

centred_sum = (
    show_that("centred rewards sum to zero", group_sum(i, centred(i, group, s)), 0, define_mean, define_centred)
    .then(group_sum(i, reward(s, group[i]) - group_reward(s, group)), definition("Â", define_centred))
    .then(group_sum(i, reward(s, group[i])) - G * group_reward(s, group), LINEARITY)
    .then(group_sum(i, reward(s, group[i])) - G * (1 / G * group_sum(i, reward(s, group[i]))),
          definition("the group mean", define_mean))
    .arrive(LINEARITY)
)

normalised_sum = (
    show_that("normalised advantages sum to zero", group_sum(i, A_tilde()), 0, *ADVANTAGE)
    .then(group_sum(i, centred(i, group, s) / (spread(s, group) + epsilon)), definition("Ã", define_normalised))
    .then(group_sum(i, centred(i, group, s)) / (spread(s, group) + epsilon), LINEARITY)
    .arrive(by(centred_sum))
)

script = argument("advantage", normalised_sum, centred_sum)

if __name__ == "__main__":
    script.show()
