"""Losses of sequences that stand in a list, each without padding, in NumPy."""

import numpy as np


def mean_of_means(logp: list[np.ndarray], old: list[np.ndarray], adv, eps=0.2):
    """Turn by turn, by the mean of each sequence."""
    total = 0.0
    for new, before, weight in zip(logp, old, adv, strict=True):
        ratio = np.exp(new - before)
        total = total - np.minimum(ratio * weight, np.clip(ratio, 1 - eps, 1 + eps) * weight).mean()
    return total / len(logp)


def token_mean(logp: list[np.ndarray], old: list[np.ndarray], advs: list[np.ndarray], eps=0.2):
    """Turn by turn, and tokens are counted."""
    total, count = 0.0, 0
    for new, before, weight in zip(logp, old, advs, strict=True):
        ratio = np.exp(new - before)
        total += -(np.minimum(ratio * weight, np.clip(ratio, 1 - eps, 1 + eps) * weight)).sum()
        count += new.size
    return total / count


def joined(logp: list[np.ndarray], old: list[np.ndarray], adv, eps=0.2):
    """The tokens of all sequences are joined first."""
    tokens = []
    for k in range(len(logp)):
        ratio = np.exp(logp[k] - old[k])
        tokens.append(np.maximum(-ratio * adv[k], -np.clip(ratio, 1 - eps, 1 + eps) * adv[k]))
    return np.concatenate(tokens).mean()


def of_sequences(logp: list[np.ndarray], old: list[np.ndarray], adv, eps=0.2):
    """A ratio a sequence, with its length as Python has it."""
    ratio = np.stack([np.exp((new - before).sum() / len(new)) for new, before in zip(logp, old, strict=True)])
    return -np.minimum(ratio * adv, np.clip(ratio, 1 - eps, 1 + eps) * adv).mean()


def without_the_first(logp: list[np.ndarray], adv):
    """One sequence is left out."""
    total = 0.0
    for k, (new, weight) in enumerate(zip(logp, adv, strict=True)):
        term = (new * weight).mean()
        if k:
            total = total - term
    return total / len(logp)


def unlike(logp: list[np.ndarray], adv):
    """The first sequence is handled in another way."""
    total = 0.0
    for k, (new, weight) in enumerate(zip(logp, adv, strict=True)):
        total = total - (np.exp(new) * weight if k else new * weight).mean()
    return total / len(logp)


def weighed(logp: list[np.ndarray], adv):
    """Sequences count by their places."""
    total = 0.0
    for k, (new, weight) in enumerate(zip(logp, adv, strict=True)):
        total = total - (new * weight).mean() * (k + 1)
    return total / len(logp)


def crossed(logp: list[np.ndarray], adv):
    """Each sequence with the advantage of the next one."""
    return -sum((logp[k] * adv[k - 1]).mean() for k in range(len(logp))) / len(logp)
