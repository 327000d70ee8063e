"""Losses put together at random, right and wrong ones, for NumPy; and the objectives, written out a second time."""

import random
from dataclasses import dataclass

import numpy as np

ROLES = ("logp", "old", "ref", "adv", "mask")
CONSTANTS = {"eps_low": 0.2, "eps_high": 0.28, "beta": 0.04, "length": 16.0}
RATIOS = ("token", "token", "token", "sequence", "to reference", "sum", "inverse")
SURROGATES = ("clip", "clip", "clip", "cases", "negated", "optimistic", "swapped", "plain", "log", "one side", "twice",
              "below one", "far clamp")
PENALTIES = ("none", "none", "k3", "k3", "k2", "k1", "swapped k3", "weighted k3", "absolute", "capped k3")
MASKS = ("times", "times", "where", "twice", "none", "early")
SUMS = ("means", "means", "tokens", "tokens", "constant", "sequences", "all", "axis", "picked", "safe means", "late")
SIGNS = (1, 1, 1, 1, 1, -1)


@dataclass(frozen=True)
class Recipe:
    """What a loss is made of."""

    ratio: str
    surrogate: str
    penalty: str
    mask: str
    sum: str
    sign: int
    standardised: bool

    @property
    def function(self):
        """The loss as a function of arrays and hyper-parameters."""
        def loss(logp, old, ref, adv, mask, eps_low, eps_high, beta, length):
            return combined(self, logp, old, ref, adv, mask, eps_low, eps_high, beta, length)
        return loss


def drawn(seed):
    """A recipe."""
    draw = random.Random(f"loss {seed}")
    ways = (RATIOS, SURROGATES, PENALTIES, MASKS, SUMS, SIGNS)
    return Recipe(*(draw.choice(way) for way in ways), draw.random() < 0.1)


def combined(recipe, logp, old, ref, adv, mask, eps_low, eps_high, beta, length):
    """The value of a recipe."""
    adv = (adv - adv.mean()) / (adv.std() + 1e-6) if recipe.standardised else adv
    adv = adv[:, None]
    weight = ratio(recipe.ratio, logp, old, ref, mask)
    token = -surrogate(recipe.surrogate, weight, adv, logp, eps_low, eps_high) * recipe.sign
    if recipe.penalty != "none":
        token = token + beta * penalty(recipe.penalty, logp, old, ref)
    token = token + 0 * logp
    return aggregated(recipe, token, mask, length)


def ratio(kind, logp, old, ref, mask):
    """A ratio of policies."""
    gap = logp - (ref if kind == "to reference" else old)
    if kind == "sequence":
        gap = (gap * mask).sum(axis=1, keepdims=True) / mask.sum(axis=1, keepdims=True)
    if kind == "sum":
        gap = (gap * mask).sum(axis=1, keepdims=True)
    return np.exp(-gap if kind == "inverse" else gap)


def surrogate(kind, weight, adv, logp, low, high):
    """What is to be large at a token."""
    if kind == "far clamp":
        weight, kind = np.exp(np.clip(np.log(weight), -20.0, 20.0)), "clip"
    if kind == "swapped":
        low, high, kind = high, low, "clip"
    clipped = np.clip(weight, 1 - low, 1 + high)
    if kind == "twice":
        return np.where(adv < 0, np.maximum(np.minimum(weight * adv, clipped * adv), 3 * adv),
                        np.minimum(weight * adv, clipped * adv))
    return {
        "clip": lambda: np.minimum(weight * adv, clipped * adv),
        "cases": lambda: np.where(adv > 0, np.minimum(weight, 1 + high), np.maximum(weight, 1 - low)) * adv,
        "negated": lambda: -np.maximum(-adv * weight, -adv * clipped),
        "optimistic": lambda: np.maximum(weight * adv, clipped * adv),
        "plain": lambda: weight * adv,
        "log": lambda: logp * adv,
        "one side": lambda: np.minimum(weight, 1 + high) * adv,
        "below one": lambda: np.where(weight < 1, weight * adv, adv),
    }[kind]()


def penalty(kind, logp, old, ref):
    """An estimator of the divergence to the reference."""
    gap = ref - logp
    return {
        "k1": lambda: -gap, "k2": lambda: gap ** 2 / 2, "k3": lambda: np.exp(gap) - gap - 1,
        "swapped k3": lambda: np.exp(-gap) + gap - 1, "absolute": lambda: np.abs(gap),
        "weighted k3": lambda: np.exp(logp - old) * (np.exp(gap) - gap - 1),
        "capped k3": lambda: np.minimum(np.exp(gap) - gap - 1, 0.05),
    }[kind]()


def aggregated(recipe, token, mask, length):
    """One number of what all tokens give."""
    shown = {"times": lambda: token * mask, "where": lambda: np.where(mask > 0, token, 0.0),
             "twice": lambda: token * mask * mask, "none": lambda: token,
             "early": lambda: token[:, 1:] * mask[:, :-1]}[recipe.mask]()
    sequences = mask.shape[0]
    return {
        "means": lambda: (shown.sum(axis=1) / mask.sum(axis=1)).mean(),
        "safe means": lambda: (shown.sum(axis=1) / np.maximum(mask.sum(axis=1), 1)).mean(),
        "tokens": lambda: shown.sum() / mask.sum(), "constant": lambda: shown.sum() / (sequences * length),
        "sequences": lambda: shown.sum(axis=1).mean(), "all": lambda: shown.mean(),
        "axis": lambda: (shown.sum(axis=0) / token.shape[0]).mean(),
        "picked": lambda: token[mask > 0].mean(), "late": lambda: (token.mean(axis=1) * (mask.sum(axis=1) > 0)).mean(),
    }[recipe.sum]()


def objective(name, logp, old, ref, adv, mask, constants):
    """What an objective is on a batch, and should be the more the better."""
    low, high, beta = (constants[key] for key in ("eps_low", "eps_high", "beta"))
    count = mask.sum(axis=1, keepdims=True)
    adv = adv[:, None]
    weight = np.exp(logp - old)
    if name == "gspo":
        weight = np.exp(((logp - old) * mask).sum(axis=1, keepdims=True) / count)
    term = np.minimum(weight * adv, np.clip(weight, 1 - low, 1 + high) * adv)
    if name == "gspo":
        return term.mean()
    if name == "reinforce":
        return (logp * adv * mask).sum() / mask.sum()
    if name == "trpo":
        return (weight * adv * mask).sum() / mask.sum()
    if name == "grpo":
        term = term - beta * (np.exp(ref - logp) - (ref - logp) - 1)
        return (term * mask / count).sum() / len(mask)
    if name == "dapo":
        return (term * mask).sum() / mask.sum()
    return (term * mask).sum() / len(mask)
