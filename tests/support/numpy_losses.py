"""Losses in NumPy, and functions that are none."""

import numpy as np


def token_mean(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The clipped surrogate, over all tokens, computed in place and in low precision."""
    ratio = np.exp(np.asarray(logp, dtype=np.float32) - old_logp)
    adv = adv[:, None]
    token = -np.minimum(ratio * adv, ratio.clip(1 - eps_low, 1 + eps_high) * adv)
    token *= mask
    return token.sum() / max(1.0, mask.sum())


def k3(logp, ref, mask):
    """The mean over sequences of means over tokens, as a number of Python's."""
    gap = ref - logp
    token = np.where(mask > 0, np.exp(gap) - gap - 1, 0)
    return float(np.mean(np.sum(token, axis=-1) / np.sum(mask, axis=-1)))


def shifted(logp, adv, mask):
    """The mask of the token before, by writing to a part of an array."""
    before = np.zeros_like(logp)
    before[:, 1:] = mask[:, :-1]
    return -(logp * adv[:, np.newaxis] * before).sum(axis=-1).mean()


def configured(logp, adv, mask, config):
    """Its settings are in an object."""
    scale = config.scale if config["scaled"] else 1.0
    return -(logp * adv[:, None] * mask).sum() * scale


def of_views(logp, mask):
    """Part of an array is taken before the array is written to."""
    twice = logp * 2
    first = twice[0]
    twice += 1
    return (twice * mask).sum() + first.sum()


def branches(logp, adv, mask):
    """Another loss on other data."""
    if (adv[1] + adv[2]) > 0:
        return (logp * mask).sum()
    return (logp * mask).mean()


def padded_ratio(logp, old_logp, adv, mask, eps=0.2):
    """Ratios of sequences, masked before they are clipped and once more after it; a trifle is added to lengths."""
    count = mask.sum(axis=-1)
    ratio = np.exp(((logp - old_logp) * mask).sum(axis=-1) / np.maximum(count, 1))[:, None] * mask
    token = np.minimum(ratio * adv[:, None], np.clip(ratio, 1 - eps, 1 + eps) * adv[:, None])
    return -((token * mask).sum(axis=-1) / (count + 1e-8)).mean()


def of_tokens(logp, old_logp, adv, mask, eps=0.2):
    """The same with an advantage a token."""
    count = mask.sum(axis=-1, keepdims=True)
    ratio = np.exp(((logp - old_logp) * mask).sum(axis=-1, keepdims=True) / count)
    token = np.minimum(ratio * adv, np.clip(ratio, 1 - eps, 1 + eps) * adv)
    return -((token * mask).sum(axis=-1) / mask.sum(axis=-1)).mean()


def odd_weight(logp, adv, mask):
    """Divided by one more than the length."""
    return -((logp * adv[:, None] * mask).sum(axis=-1) / (mask.sum(axis=-1) + 1)).mean()


def tiled(logp, old_logp, adv, mask):
    """Numbers of sequences are repeated along their tokens."""
    ratio = np.exp(((logp - old_logp) * mask).sum(axis=1, keepdims=True) / mask.sum(axis=1, keepdims=True))
    ratio = np.tile(ratio, (1, logp.shape[1]))
    return -((ratio * adv[:, None] * mask).sum(axis=1) / mask.sum(axis=1)).mean()


def unless_empty(logp, adv, mask):
    """What an empty batch gives is another loss, which no run meets."""
    if mask.sum() == 0:
        return (logp * 0).sum()
    return -(logp * adv[:, None] * mask).sum() / mask.sum()


def plain_mean(logp, mask):
    """No advantage, no reference: nothing that is clipped, and nothing that is dead."""
    return (logp * mask).sum() / mask.sum()


def columns(logp, adv, mask):
    """The advantages made a column, and all of it turned, by methods that take a shape number by number."""
    weighed = (logp * adv.reshape(-1, 1) * mask).transpose(1, 0)
    return -weighed.sum() / mask.sum()


def forgotten_one(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """DAPO's loss, the lower end of whose clip is the distance itself."""
    ratio = np.exp(logp - old_logp)
    clipped = np.clip(ratio, eps_low, 1 + eps_high)
    return -(np.minimum(ratio * adv[:, None], clipped * adv[:, None]) * mask).sum() / mask.sum()


def of_ends(logp, old_logp, adv, mask, low=0.8, high=1.28):
    """DAPO's loss, the ends of whose clip are given."""
    ratio = np.exp(logp - old_logp)
    clipped = np.clip(ratio, low, high)
    return -(np.minimum(ratio * adv[:, None], clipped * adv[:, None]) * mask).sum() / mask.sum()
