"""The paper's quantities in plain NumPy: what a training run computes.

The first axis of an array is what a sum or mean runs over: the members of a group (``GROUP``), all actions
(``ACTIONS``), or all states and groups with their ``probability`` (``OUTCOMES``); further axes are free. A slope is a
derivative along one direction of θ: of a probability (``pi_slope``), or of a log-probability (``score``).
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
GROUP = ACTIONS = OUTCOMES = 0


def group_mean(reward: Array) -> Array:
    """The mean reward of a group."""
    return np.mean(reward, GROUP)


def centred(reward: Array, mean_reward: Array) -> Array:
    """The rewards of a group against their mean."""
    return reward - mean_reward


def group_spread(reward: Array, mean_reward: Array) -> Array:
    """The standard deviation of the rewards of a group, dividing by G."""
    return np.sqrt(np.mean((reward - mean_reward) ** 2, GROUP))


def advantage(centred_reward: Array, spread: Array, epsilon: Array) -> Array:
    """The group-relative advantage."""
    return centred_reward / (spread + epsilon)


def ratio(pi_theta: Array, pi_old: Array) -> Array:
    """Equation (1): the importance ratio."""
    return pi_theta / pi_old


def log_ratio(pi_theta: Array, pi_ref: Array) -> Array:
    """Equation (2): the log-ratio to the reference policy."""
    return np.log(pi_theta) - np.log(pi_ref)


def divergence(p: Array, q: Array) -> Array:
    """Equations (3), (4) and (11): the KL divergence of two laws of actions."""
    return np.sum(p * np.log(p / q), ACTIONS)


def surrogate(probability: Array, rho: Array, advantage: Array) -> Array:
    """The objective of the trust-region problem; an outcome is a state and an action."""
    return np.average(rho * advantage, OUTCOMES, probability)


def objective(probability: Array, rho: Array, advantage: Array, beta: Array, ell: Array) -> Array:
    """Equation (5): the GRPO objective."""
    return np.average(np.mean(rho * advantage - beta * ell, GROUP), OUTCOMES, probability)


def clipped_objective(
    probability: Array, rho: Array, advantage: Array, beta: Array, ell: Array, clip_range: Array
) -> Array:
    """Equation (6), the penalty inside the mean: the clipped GRPO objective."""
    clipped = np.clip(rho, 1 - clip_range, 1 + clip_range)
    surrogate = np.minimum(rho * advantage, clipped * advantage)
    return np.average(np.mean(surrogate - beta * ell, GROUP), OUTCOMES, probability)


def ratio_slope(pi_slope: Array, pi_old: Array) -> Array:
    """Equation (7): the slope of the ratio."""
    return pi_slope / pi_old


def log_ratio_slope(pi_slope: Array, pi_theta: Array) -> Array:
    """Equation (8): the slope of the log-ratio."""
    return pi_slope / pi_theta


def objective_slope(probability: Array, rho: Array, advantage: Array, beta: Array, score: Array) -> Array:
    """Equation (9): the slope of the GRPO objective."""
    return np.average(np.mean((rho * advantage - beta) * score, GROUP), OUTCOMES, probability)


def regulariser_slope(pi_old: Array, beta: Array, score: Array) -> Array:
    """Equation (10): the slope of the expected penalty."""
    return beta * np.sum(pi_old * score, ACTIONS)


def forward_divergence_slope(pi_old: Array, score: Array) -> Array:
    """Equation (12): the slope of the divergence from the behaviour policy."""
    return -np.sum(pi_old * score, ACTIONS)


def half_fisher(pi_old: Array, step_slope: Array) -> Array:
    """Equation (13): half the Fisher information of a step; ``step_slope`` is the slope of log π along it at θ_old."""
    return np.sum(pi_old * step_slope**2, ACTIONS) / 2


def first_order_expansion(pi_old: Array, step_slope: Array) -> Array:
    """The log-probability after a step, to first order."""
    return np.log(pi_old) + step_slope


def k3(pi_theta: Array, pi_ref: Array) -> Array:
    """The estimator k3 of the divergence from the reference policy."""
    return pi_ref / pi_theta - np.log(pi_ref / pi_theta) - 1


def cross_entropy(p: Array, q: Array) -> Array:
    """The cross-entropy of two laws of actions."""
    return -np.sum(p * np.log(q), ACTIONS)
