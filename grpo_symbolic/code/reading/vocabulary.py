"""Scores of a whole vocabulary: what they make is the log-probability of the token that was drawn, and the entropy.

The scores are read as log-probabilities of all entries plus a number that all share, so that a softmax takes the number
away. The log-probability at the label is x, and −Σ p log p is H.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..algebra.expression import add, exp, multiply, negative
from ..algebra.nodes import BATCH, ENTROPY, LIVE, MASK, TOKEN, VOCABULARY, Expression, leaf, made, number, parts
from ..algebra.normal import normal
from ..algebra.polynomials import Monomial, axes_of
from ..algebra.rebuilding import of_monomial
from ..algebra.rebuilt import mapped, shifted
from ..unsupported import Unsupported
from .step import Step

ALL, SHARED, LABELS = "l", "Z", "y"
EVERY = leaf(ALL, (BATCH, TOKEN, VOCABULARY))
SCORES = add(EVERY, leaf(SHARED, (BATCH, TOKEN)))


def _parted(node: Expression) -> tuple[Expression, Expression]:
    """The log-probabilities of all entries in a sum, and its other terms. Raises Unsupported for no such sum."""
    terms = node.args if node.kind == "add" else (node,)
    every = [one for one in terms if VOCABULARY in one.axes]
    if len(every) != 1 or every[0].kind != "leaf" or every[0].data[0] != ALL:
        raise Unsupported("a softmax is taken of something else than scores")
    return every[0], add(*(one for one in terms if one is not every[0]))


def log_softmax(step: Step) -> Expression:
    """The logarithm of the softmax of scores."""
    return _parted(step.value(0))[0]


def softmax(step: Step) -> Expression:
    """The softmax of scores."""
    return exp(log_softmax(step))


def log_sum_exp(step: Step) -> Expression:
    """The logarithm of the sum of exponentials of scores: what all share, as that of log-probabilities is 0."""
    return _parted(step.value(0))[1]


def gathered(step: Step) -> Expression:
    """What the scores have at the labels."""
    every, labels = step.value(0), step.value(2)
    if labels.kind != "leaf" or labels.data[0] != LABELS:
        raise Unsupported("places are picked by their numbers")
    return at_labels(every, labels, step)


def negative_likelihood(step: Step) -> Expression:
    """Minus the log-probabilities at the labels, of each token for itself."""
    if step.raw(2) is not None or step.raw(3) != 0:
        raise Unsupported("losses of tokens are weighed or summed before anything else is done with them")
    return negative(at_labels(step.value(0), step.value(1), step))


def at_labels(node: Expression, labels: Expression, step: Step) -> Expression:
    """An expression with the log-probability at the labels in place of those of all entries."""
    by = _shift_of(labels)

    def rule(part: Expression) -> Expression | None:
        if part.kind == "leaf" and part.data[0] == ALL:
            step.offsets.add(by - _shift_of(part))
            return shifted(leaf(LIVE, (BATCH, TOKEN)), TOKEN, by)
        return part if VOCABULARY not in part.axes else None
    return mapped(node, rule)


def _shift_of(node: Expression) -> int:
    return next(by for axis, by in node.data[1] if axis == TOKEN)


def settled(node: Expression) -> Expression:
    """An expression in which sums over the vocabulary are entropies.

    Raises Unsupported where scores are left.
    """
    def rule(part: Expression) -> Expression | None:
        return _summed(part) if part.kind == "sum" and part.data == VOCABULARY else None
    found = mapped(node, rule)
    if any(part.kind == "leaf" and part.data[0] in (ALL, SHARED) for part in parts(found)):
        raise Unsupported("the loss depends on scores by more than log-probabilities of tokens and entropies")
    return found


def scored(node: Expression, offset: int) -> Expression:
    """An expression in which only what scores predict is a token: the first positions of a row are masked anyway."""
    head = (TOKEN, offset, 0)

    def rule(part: Expression) -> Expression | None:
        windows = [one for one in part.args if one.kind == "window" and one.data == head]
        masked = any(one.kind == "leaf" and one.data[0] == MASK and not _shift_of(one) for one in part.args)
        if part.kind != "multiply" or not windows or not masked:
            return None
        return scored(multiply(*(one for one in part.args if one not in windows)), offset)
    return mapped(node, rule) if offset else node


def _summed(part: Expression) -> Expression:
    terms = []
    for monomial, value in normal(part.args[0]).terms:
        inside = tuple(pair for pair in monomial if VOCABULARY in axes_of((pair,)))
        outside = of_monomial(tuple(pair for pair in monomial if pair not in inside))
        terms.append(multiply(number(value), outside, _mean(inside)))
    return add(*terms)


def _mean(inside: Monomial) -> Expression:
    """Σ p is 1, and Σ p log p minus the entropy. Raises Unsupported for any other sum."""
    every = [part for part in parts(of_monomial(inside)) if part.kind == "leaf" and part.data[0] == ALL]
    if len(every) == 1:
        chance = exp(every[0])
        form = normal(of_monomial(inside))
        if form == normal(chance):
            return number(1)
        if form == normal(multiply(every[0], chance)):
            return negative(made("leaf", data=(ENTROPY, every[0].data[1][:2]), axes=frozenset((BATCH, TOKEN))))
    raise Unsupported("a sum over the vocabulary is no entropy")


def arrays(scores: Any, labels: Any, offset: int) -> dict[str, Any]:
    """Log-probabilities at labels and entropies of scores over (several, B, T, V), labels ``offset`` further along."""
    every = log_probabilities(scores)
    rows = every if not offset else np.concatenate([0 * every[:, :, :offset], every[:, :, :-offset]], axis=2)
    return {LIVE: np.take_along_axis(rows, labels.astype(int), axis=3),
            ENTROPY: -(np.exp(every) * every).sum(axis=3, keepdims=True)}


def log_probabilities(scores: Any) -> Any:
    """The logarithm of the softmax along the last axis."""
    top = scores.max(axis=3, keepdims=True)
    return scores - top - np.log(np.exp(scores - top).sum(axis=3, keepdims=True))


def slope_in_scores(scores: Any, labels: Any, offset: int, at_label: Any, in_entropy: Any) -> Any:
    """The derivative in scores, from those in the log-probabilities at labels and in entropies."""
    every = log_probabilities(scores)
    chance = np.exp(every)
    entropy = -(chance * every).sum(axis=3, keepdims=True)
    at_label, drawn = np.broadcast_to(at_label, every.shape[:3] + (1,)), labels.astype(int)
    if offset:
        at_label = np.concatenate([at_label[:, :, offset:], 0 * at_label[:, :, :offset]], axis=2)
        drawn = np.concatenate([drawn[:, :, offset:], drawn[:, :, :offset]], axis=2)
    shown = np.zeros_like(every)
    np.put_along_axis(shown, drawn, 1.0, axis=3)
    return at_label * (shown - chance) - in_entropy * chance * (every + entropy)
