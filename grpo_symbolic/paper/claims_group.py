"""Points 12 and 13: what the group mean does to the policy-gradient estimator, and what normalising does."""

from __future__ import annotations

from ..language import E, Node, Norm, Relation, Var, grad, group_sum, node, total
from .claims_base import Group, fails, holds, says
from .claims_notation import baseline, j, r
from .notation import (
    ADVANTAGE,
    A_tilde,
    E_theta,
    G,
    a,
    centred,
    define_centred,
    define_mean,
    define_spread,
    epsilon,
    group,
    group_reward,
    i,
    mean_over_group,
    one_half,
    pi_theta,
    reward,
    s,
    score,
    spread,
    theta_s,
    var_form,
)

b = Var("b", "action")
several = (Relation("≥", G, 2),)


def E_sampled(body: Node) -> Node:
    """E over a group drawn from the current policy."""
    return E((group, pi_theta | s), body)


def estimator(advantage_of_i: Node) -> Node:
    """(1/G) Σ_i of an advantage times the score."""
    return mean_over_group(advantage_of_i * score(group[i]))


def E_pair(body: Node) -> Node:
    """E over two samples a and b of the current policy."""
    return E((a, theta_s), (b, var_form(pi_theta | s)), body)


def without_baseline() -> Node:
    """The mean of reward times score over the two samples."""
    return one_half * (reward(s, a) * score(a) + reward(s, b) * score(b))


def with_group_mean() -> Node:
    """The same with their mean reward as a baseline, times G/(G − 1), which is 2 and removes the bias."""
    mean = one_half * (reward(s, a) + reward(s, b))
    return (reward(s, a) - mean) * score(a) + (reward(s, b) - mean) * score(b)


def others() -> Node:
    """The mean reward of the other members of the group."""
    return node(1) / (G - 1) * total(j, r(j), excluded=i)


def second_moment(estimate: Node) -> Node:
    """The mean squared length of a gradient estimate from two samples."""
    return E_pair(Norm(estimate) ** 2)


def squared_score() -> Node:
    """‖∇log π_θ‖²."""
    return Norm(score(a)) ** 2


variance = Group(
    "claim12", "the group mean reduces the variance",
    "It depends on the model: there is one in which it reduces the variance, and one in which it raises it.", (
        holds("claim12-pair", "For two samples, the group mean as a baseline and a factor of two leave the mean of "
                              "the estimator as it is.",
              lambda: says("=", E_pair(with_group_mean()), E_pair(without_baseline()))),
        fails("claim12-lower", "For two samples, the group mean as a baseline, its bias removed by that factor, never "
                               "raises the variance.",
              lambda: says("≤", second_moment(with_group_mean()), second_moment(without_baseline()))),
        fails("claim12-higher", "For two samples, the group mean as a baseline, its bias removed by that factor, "
                                "never lowers the variance.",
              lambda: says("≥", second_moment(with_group_mean()), second_moment(without_baseline()))),
        holds("claim12-which-way", "A baseline b adds to the second moment b² times the mean squared score less 2b "
                                   "times its mean weighted with the reward.",
              lambda: says("=", E_theta(((reward(s, a) - baseline) ** 2 - reward(s, a) ** 2) * squared_score()),
                           baseline ** 2 * E_theta(squared_score())
                           - 2 * baseline * E_theta(reward(s, a) * squared_score()))),
    ))

group_mean = Group(
    "claim13", "the group mean includes the sample itself",
    "So the estimator loses the share 1/G of the policy gradient; and normalising fixes the sum of squares, but "
    "for ε.", (
        fails("claim13-unscaled", "On policy the estimator with the group mean as its baseline has the policy "
                                  "gradient for its mean.",
              lambda: says("=", E_sampled(estimator(r() - group_reward(s, group))), grad(E_theta(reward(s, a))),
                           define_mean)),
        holds("claim13-scaled", "On policy the estimator with the group mean as its baseline has (G − 1)/G of the "
                                "policy gradient for its mean.",
              lambda: says("=", E_sampled(estimator(r() - group_reward(s, group))),
                           (G - 1) / G * grad(E_theta(reward(s, a))), define_mean)),
        holds("claim13-leave-one-out", "On policy the estimator with the mean of the others as its baseline has the "
                                       "policy gradient for its mean.",
              lambda: says("=", E_sampled(estimator(r() - others())), grad(E_theta(reward(s, a))), assume=several)),
        holds("claim13-same-direction", "At every sample the group mean leaves (G − 1)/G of what the mean of the "
                                        "others leaves of the reward.",
              lambda: says("=", r() - group_reward(s, group), (G - 1) / G * (r() - others()), define_mean,
                           assume=several)),
        holds("claim13-squares", "Divided by the spread alone, the squared advantages of a group add up to G.",
              lambda: says("=", group_sum(i, (centred(i, group, s) / spread(s, group)) ** 2), G,
                           define_mean, define_centred, define_spread)),
        fails("claim13-squares-with-epsilon", "With ε beside the spread, the squared advantages of a group add up to "
                                              "G.",
              lambda: says("=", group_sum(i, A_tilde() ** 2), G, *ADVANTAGE)),
        holds("claim13-squares-shrunk", "With ε beside the spread, the squared advantages add up to G times the "
                                        "square of σ/(σ + ε).",
              lambda: says("=", group_sum(i, A_tilde() ** 2),
                           G * (spread(s, group) / (spread(s, group) + epsilon)) ** 2, *ADVANTAGE)),
    ))

GROUPS = (variance, group_mean)
