"""Checks of the kernel on a random term: its value, another way to write it, and a false edit of it."""

from random import Random

import pytest
from kernel_jets import TooClose
from kernel_reference import Build, Reading
from kernel_rewrites import Rewriter, edits
from kernel_terms import ROOM, Terms, direct, formed, kernel_names

from grpo_symbolic import kernel as k

CLOSE, APART = 1e-9, 1e-6
MODELS = [Reading(seed, actions=2 + seed % 2, group=3 - seed % 2) for seed in range(8)]


def reading(seed):
    """One of a few small models."""
    return MODELS[seed % len(MODELS)]


def rules(seed):
    """All rules, or for one seed in three some of them: fewer rules identify less, and never what differs."""
    rng = Random(seed)
    return k.RULES if seed % 3 else frozenset(rule for rule in sorted(k.RULES) if rng.random() < 0.6)


def outcome(expression, seed):
    """``agree``, ``undefined`` where there is nothing to compare, ``refused`` by the kernel, or what went wrong."""
    value = direct(expression, reading(seed))
    if value is None:
        return "undefined"
    try:
        found, size = formed(expression, reading(seed), k.Calculus(rules(seed)))
    except TooClose:
        return "undefined"
    except k.KernelError:
        return "refused"
    except (ArithmeticError, LookupError, RecursionError, ValueError) as fault:
        return type(fault).__name__
    return "agree" if abs(found - value) < CLOSE * (1 + size + abs(value)) else f"{found} is not {value}"


def forms(left, right):
    """The forms of two expressions in one calculus, or None where the kernel refuses one of them."""
    build = Build(k.Calculus())
    try:
        return build.calculus, build(left, kernel_names()), build(right, kernel_names())
    except k.KernelError:
        return None


def rewriting(depth, seed):
    """An expression and the same one written differently."""
    rng = Random(seed)
    expression = Terms(rng, roots=False)(depth, ROOM)
    rewriter = Rewriter(rng)
    return expression, rewriter(rewriter(expression))


def check_writings(depth, seeds):
    """Compare canonical forms for each seed; returns how many differently written pairs were compared."""
    compared = 0
    for seed in seeds:
        left, right = rewriting(depth, seed)
        found = forms(left, right)
        if left != right and found is not None:
            assert found[1].poly == found[2].poly, (left, right)
            compared += 1
    return compared


def values(expression, seeds=(1, 2)):
    """The values of an expression on some models."""
    return [direct(expression, reading(seed)) for seed in seeds]


def differ(left, right):
    """Whether two expressions have plainly different values."""
    xs, ys = values(left), values(right)
    return None not in xs + ys and any(abs(x - y) > APART * (1 + abs(x) + abs(y)) for x, y in zip(xs, ys, strict=True))


def check_edits(depth, seeds):
    """Decide a false edit for each seed; returns how many were refused."""
    refused = 0
    for seed in seeds:
        rng = Random(seed)
        expression = Terms(rng)(depth, ROOM)
        edited = rng.choice([*edits(expression), expression])
        found = forms(expression, edited) if differ(expression, edited) else None
        if found is not None:
            with pytest.raises((k.NotProved, k.KernelError)):
                k.related(*found)
            refused += 1
    return refused
