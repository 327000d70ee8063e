"""Losses put together at random, right and wrong ones; and the objectives, written out a second time for NumPy."""

import random
from dataclasses import dataclass, fields, replace

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
        """The loss as a function of NumPy's arrays and hyper-parameters."""
        return self.by(np)

    def by(self, lib):
        """The loss by the functions of a library."""
        def loss(logp, old, ref, adv, mask, eps_low, eps_high, beta, length):
            return combined(self, lib, logp, old, ref, adv, mask, eps_low, eps_high, beta, length)
        return loss


# Of each objective: ratios, surrogates, penalties and sums that are right.
CLIPS = ("clip", "cases", "negated", "far clamp")
RIGHT = {
    "grpo": (("token",), CLIPS, ("k3",), ("means", "safe means")),
    "dapo": (("token",), CLIPS, ("none",), ("tokens", "picked")),
    "drgrpo": (("token",), CLIPS, ("none",), ("sequences", "constant")),
    "gspo": (("sequence",), CLIPS, ("none",), ("means", "safe means")),
    "reinforce": (("token",), ("log",), ("none",), ("tokens",)),
    "trpo": (("token",), ("plain",), ("none",), ("tokens",)),
}
NAMES = tuple(RIGHT)


def drawn(seed):
    """A recipe, and an objective: every other one is right for it, or has one part that may be wrong."""
    draw = random.Random(f"loss {seed}")
    name = NAMES[seed // 2 % len(NAMES)]
    ways = (RATIOS, SURROGATES, PENALTIES, MASKS, SUMS, SIGNS)
    found = Recipe(*(draw.choice(way) for way in ways), draw.random() < 0.1)
    if seed % 2:
        return found, name
    ratios, surrogates, penalties, sums = RIGHT[name]
    right = Recipe(draw.choice(ratios), draw.choice(surrogates), draw.choice(penalties),
                   draw.choice(("times", "where", "twice")), draw.choice(sums), 1, False)
    part = draw.choice(("", *(one.name for one in fields(Recipe) if one.name != "standardised")))
    return (replace(right, **{part: getattr(found, part)}) if part else right), name


def combined(recipe, lib, logp, old, ref, adv, mask, eps_low, eps_high, beta, length):
    """The value of a recipe."""
    adv = (adv - adv.mean()) / (adv.std() + 1e-6) if recipe.standardised else adv
    adv = adv[:, None]
    weight = ratio(recipe.ratio, lib, logp, old, ref, mask)
    token = -surrogate(recipe.surrogate, lib, weight, adv, logp, eps_low, eps_high) * recipe.sign
    if recipe.penalty != "none":
        token = token + beta * penalty(recipe.penalty, lib, logp, old, ref)
    token = token + 0 * logp
    return aggregated(recipe, lib, token, mask, length)


def ratio(kind, lib, logp, old, ref, mask):
    """A ratio of policies."""
    gap = logp - (ref if kind == "to reference" else old)
    if kind == "sequence":
        gap = (gap * mask).sum(axis=1, keepdims=True) / mask.sum(axis=1, keepdims=True)
    if kind == "sum":
        gap = (gap * mask).sum(axis=1, keepdims=True)
    return lib.exp(-gap if kind == "inverse" else gap)


def surrogate(kind, lib, weight, adv, logp, low, high):
    """What is to be large at a token."""
    if kind == "far clamp":
        weight, kind = lib.exp(lib.clip(lib.log(weight), -20.0, 20.0)), "clip"
    if kind == "swapped":
        low, high, kind = high, low, "clip"
    clipped = lib.clip(weight, 1 - low, 1 + high)
    if kind == "twice":
        return lib.where(adv < 0, lib.maximum(lib.minimum(weight * adv, clipped * adv), 3 * adv),
                        lib.minimum(weight * adv, clipped * adv))
    return {
        "clip": lambda: lib.minimum(weight * adv, clipped * adv),
        "cases": lambda: lib.where(adv > 0, lib.minimum(weight, 1 + high), lib.maximum(weight, 1 - low)) * adv,
        "negated": lambda: -lib.maximum(-adv * weight, -adv * clipped),
        "optimistic": lambda: lib.maximum(weight * adv, clipped * adv),
        "plain": lambda: weight * adv,
        "log": lambda: logp * adv,
        "one side": lambda: lib.minimum(weight, 1 + high) * adv,
        "below one": lambda: lib.where(weight < 1, weight * adv, adv),
    }[kind]()


def penalty(kind, lib, logp, old, ref):
    """An estimator of the divergence to the reference."""
    gap = ref - logp
    return {
        "k1": lambda: -gap, "k2": lambda: gap ** 2 / 2, "k3": lambda: lib.exp(gap) - gap - 1,
        "swapped k3": lambda: lib.exp(-gap) + gap - 1, "absolute": lambda: lib.abs(gap),
        "weighted k3": lambda: lib.exp(logp - old) * (lib.exp(gap) - gap - 1),
        "capped k3": lambda: lib.minimum(lib.exp(gap) - gap - 1, 0.0517),
    }[kind]()


def aggregated(recipe, lib, token, mask, length):
    """One number of what all tokens give."""
    shown = {"times": lambda: token * mask, "where": lambda: lib.where(mask > 0, token, 0.0),
             "twice": lambda: token * mask * mask, "none": lambda: token,
             "early": lambda: token[:, 1:] * mask[:, :-1]}[recipe.mask]()
    sequences = mask.shape[0]
    return {
        "means": lambda: (shown.sum(axis=1) / mask.sum(axis=1)).mean(),
        "safe means": lambda: (shown.sum(axis=1) / lib.maximum(mask.sum(axis=1), 1)).mean(),
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
