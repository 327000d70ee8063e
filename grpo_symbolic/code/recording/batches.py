"""Made-up batches: sizes by which axes can be told apart, and numbers that no two roles share."""

from __future__ import annotations

import random
from collections.abc import Container
from dataclasses import dataclass
from itertools import accumulate

from .tape import Array, Size

DIGITS = 4


@dataclass(frozen=True)
class Plan:
    """A batch of B sequences of at most T tokens of a vocabulary of V.

    ``spread`` is that of the log-ratios of the policy to the old one; all numbers follow from the ``seed``, but the
    lengths that are ``told``, and advantages that are ``alike``. ``name`` tells a batch that is out of the ordinary;
    ``given`` says that hyper-parameters are as they are given.
    """

    sequences: int
    tokens: int
    vocabulary: int
    spread: float
    seed: int
    told: tuple[int, ...] = ()
    alike: bool = False
    name: str = ""
    given: bool = False

    @property
    def lengths(self) -> tuple[int, ...]:
        """One sequence is full, one half, the others are between."""
        if self.told:
            return self.told
        draw = random.Random(f"lengths {self.seed}")
        between = (draw.randint(2, self.tokens - 2) for _ in range(self.sequences - 2))
        return (self.tokens, self.tokens // 2, *between)

    @property
    def sizes(self) -> tuple[Size, ...]:
        """All axes and how long they are; P is that of packed tokens."""
        return (Size("B", self.sequences), Size("T", self.tokens), Size("V", self.vocabulary),
                Size("P", sum(self.lengths)))

    def sizes_with(self, roles: Container[str], layouts: Container[str]) -> tuple[Size, ...]:
        """The axes that a batch has which is laid out so."""
        absent = {axis for axis, there in (("V", "logits" in roles), ("P", PACKED in layouts)) if not there}
        return tuple(one for one in self.sizes if one.axis not in absent)


# In each B, T, T-1, BT, V and P are six numbers.
TRACED = (Plan(3, 7, 11, 0.35, 1), Plan(4, 9, 13, 0.5, 2), Plan(5, 8, 12, 0.7, 3))
ON_POLICY, FAR = Plan(4, 7, 11, 0.0, 4), Plan(3, 8, 12, 40.0, 5)
CHECKED = (ON_POLICY, FAR)
# On these code often does something else, which batches of many sequences and tokens do not show.
SMALL = (
    Plan(1, 1, 11, 0.8, 6, (1,), name="of one sequence of one token"),
    Plan(1, 6, 11, 0.8, 7, (6,), name="of one sequence"),
    Plan(3, 1, 11, 0.8, 8, (1, 1, 1), name="with one token a sequence"),
    Plan(2, 5, 11, 0.8, 9, (5, 5), True, "without padding, all advantages equal"),
    Plan(3, 5, 11, 0.8, 10, (1, 0, 0), name="that is masked but for one token"),
)
ALIKE = 0.75
# So may it at the very hyper-parameters that are given, near which all others are.
AS_GIVEN = Plan(3, 5, 11, 0.8, 11, name="with the hyper-parameters as they are given", given=True)
# A policy at this distance or more has nothing to do with the old one.
DISTANT = 10.0
# How a tensor may be laid out where that is not known, and as a list of sequences, or packed into one row.
LAYOUTS = ("sequence", "token", "column")
LIST, PACKED = "list", "packed"
# Roles that have a number a token, whatever else has.
PER_TOKEN = ("logits", "logp", "old", "ref", "rollout", "mask", "entropy", "labels", "free", "one")


def array(plan: Plan, role: str, layout: str, dtype: str) -> Array:
    """The numbers of a role: one a token, one a sequence (as a row or as a column), or what the role has of its own."""
    if role in ("lengths", "cu_seqlens"):
        counted = plan.lengths if role == "lengths" else tuple(accumulate((0, *plan.lengths)))
        return Array((len(counted),), "int64", counted)
    rows, columns = plan.sequences, 1 if layout in ("sequence", "column") else plan.tokens
    shape: tuple[int, ...] = {"sequence": (rows,), "column": (rows, 1)}.get(layout, (rows, columns))
    if role == "logits":
        shape, columns = (*shape, plan.vocabulary), columns * plan.vocabulary
    found = Array(shape, dtype, as_type(dtype, numbers(plan, role, rows, columns)))
    return packed(plan, found) if layout == PACKED else found


def packed(plan: Plan, found: Array) -> Array:
    """What has a row a sequence, of the tokens alone and in one row."""
    width = len(found.values) // plan.sequences
    step = width // plan.tokens
    kept = tuple(value for row, length in enumerate(plan.lengths)
                 for value in found.values[row * width:row * width + length * step])
    return Array((len(kept) // step, *found.shape[2:]), found.dtype, kept)


def member(plan: Plan, found: Array, row: int) -> Array:
    """One sequence of what has a row a sequence, without padding where it has tokens."""
    width = len(found.values) // plan.sequences
    if len(found.shape) == 1:
        return Array((), found.dtype, found.values[row:row + 1])
    length = plan.lengths[row] * (width // plan.tokens)
    return Array((plan.lengths[row], *found.shape[2:]), found.dtype, found.values[row * width:row * width + length])


def as_type(dtype: str, values: tuple[float, ...]) -> tuple[float, ...]:
    """Numbers as a type has them."""
    return tuple(map({"bool": bool, "int64": int}.get(dtype, float), values))


def numbers(plan: Plan, role: str, rows: int, columns: int) -> tuple[float, ...]:
    """The numbers of a role, row by row; each role draws from a source of its own."""
    draw = random.Random(f"{role} {plan.seed}")
    places = [(row, column) for row in range(rows) for column in range(columns)]
    if role == "mask":
        return tuple(float(column < plan.lengths[row]) for row, column in places)
    if role == "labels":
        return tuple(draw.randrange(plan.vocabulary) for _ in places)
    if role == "one":
        return (1.0,) * len(places)
    if role == "entropy":
        return tuple(round(draw.uniform(0.3, 2.0), DIGITS) for _ in places)
    if role == "old":
        return tuple(round(-draw.uniform(0.2, max(2.5, plan.spread)), DIGITS) for _ in places)
    if role in ("logp", "ref", "rollout"):
        olds = numbers(plan, "old", rows, columns)
        return tuple(round(beside(draw, old, plan.spread if role == "logp" else 0.4), DIGITS) for old in olds)
    if plan.alike and role in ("adv", "reward"):
        return (ALIKE,) * len(places)
    return signed(tuple(round(draw.gauss(0, 1), DIGITS) for _ in places), columns)


def beside(draw: random.Random, old: float, spread: float) -> float:
    """A log-probability near an old one; far off, one of its own. None is above zero."""
    if spread >= DISTANT:
        return -draw.uniform(0.2, spread)
    step = draw.gauss(0, spread)
    return old + step if old + step < 0 else old - abs(step)


def signed(values: tuple[float, ...], columns: int) -> tuple[float, ...]:
    """Numbers of both signs: the first row positive, the second negative where a row is one number."""
    if columns > 1 or len(values) == 1:
        return values
    first, second, *others = values
    return (abs(first), -abs(second), *others)
