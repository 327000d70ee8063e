"""Generalised advantage estimates: an exponential mean of n-step ones, a sum of δ, and what they do to the gradient."""

from collections.abc import Callable

from sympy import Basic

from grpo_symbolic.language import Node, Var
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *
from grpo_symbolic.paper.trajectories import *

weights = discounted() * step_score()


def delta_of(critic: Callable[[Basic], Node], step: Var) -> Node:
    """δ of a critic at a step."""
    return paid(step) + gamma * critic(next_state(step)) - critic(state(step))


def estimate(critic: Callable[[Basic], Node], by: Node | int) -> Node:
    """Σ_{t' ≥ t} (γλ)^{t'−t} δ_{t'}."""
    return endless(from_(t) * since(t, by=gamma * by) * delta_of(critic, later), later)


n_step = endless(from_(t) * up_to(last) * since(t) * delta_of(potential, later), later)
exponential_mean = (1 - decay) * endless(from_(t, last) * since(t, last, decay) * n_step, last)
to_go = endless(from_(t) * since(t) * paid(later), later)

sum_of_deltas = (
    show_that("the exponential mean of n-step estimates", E_paths(endless(weights * exponential_mean)),
              E_paths(endless(weights * estimate(potential, decay))))
    .arrive(MARKOV, NORMALISATION, GEOMETRIC)
)

without_decay = (
    show_that("the estimate without decay", E_paths(endless(weights * estimate(potential, 1))),
              E_paths(endless(weights * (to_go - potential(state())))))
    .arrive(MARKOV, NORMALISATION, RECURSION)
)

unbiased = (
    show_that("the estimate with true values", E_paths(endless(weights * estimate(V_pi, decay))),
              E_paths(endless(weights * A_pi(state(), action()))))
    .then(E_paths(endless(weights * delta_of(V_pi, t))), MARKOV, NORMALISATION, RECURSION)
    .arrive(VALUES, MARKOV, NORMALISATION)
)

script = argument("gae", sum_of_deltas, without_decay, unbiased)

if __name__ == "__main__":
    script.show()
