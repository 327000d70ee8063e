"""Potential shaping: a reward γΦ(s_{t+1}) − Φ(s_t) changes what is paid by a number that no policy can change."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *
from grpo_symbolic.paper.trajectories import *

rewards = E_paths(endless(discounted() * paid()))
shaping = gamma * potential(next_state()) - potential(state())
shaped = E_paths(endless(discounted() * (paid() + shaping)))

telescope = (
    show_that("potentials telescope", E_paths(endless(discounted() * shaping)), -E_start(potential(s)))
    .arrive(MARKOV, NORMALISATION, RECURSION)
)

value = (
    show_that("what shaping adds", shaped, rewards - E_start(potential(s)))
    .then(rewards + E_paths(endless(discounted() * shaping)), LINEARITY)
    .arrive(by(telescope))
)

gradient = (
    show_that("shaping leaves the policy gradient as it is", grad(shaped), grad(rewards))
    .then(grad(rewards - E_start(potential(s))), by(value))
    .arrive(DYNAMICS)
)

script = argument("potential-shaping", gradient, value, telescope)

if __name__ == "__main__":
    script.show()
