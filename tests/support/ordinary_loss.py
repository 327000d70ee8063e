"""A loss for NumPy that others differ from on some batches, or beside their result, with how it is recorded."""

import numpy as np

ROLES = ("logp", "old", "adv", "mask")
ENDS = {"eps_low": 0.2, "eps_high": 0.28}


def token_mean(logp, old, adv, mask, eps_low, eps_high):
    """The loss that all others are on ordinary batches."""
    ratio = np.exp(logp - old)
    token = np.minimum(ratio * adv[:, None], np.clip(ratio, 1 - eps_low, 1 + eps_high) * adv[:, None])
    return -(token * mask).sum() / mask.sum()
