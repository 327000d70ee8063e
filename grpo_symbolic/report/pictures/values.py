"""What the sides of claims come to along curves of policies, evaluated by definition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from ...language import Claim
from ...oracle.compiled.vectorised import Compiled, compile
from ...paper.collection import item

Array = Any
CURRENT, OLD, REFERENCE = r"\pi_\theta", r"\pi_{\theta_{\text{old}}}", r"\pi_{\text{ref}}"
COORDINATE, STEP = re.compile(r"\\partial_\{(\d+)\}"), r"\Delta\theta"


@cache
def compiled(name: str, which: str, actions: int, directions: int) -> Compiled:
    """A side of a claim of the paper as a function of arrays."""
    claim: Claim = item(name).statement
    return compile(getattr(claim, which), actions=actions, directions=directions, where=claim.where)


def along(name: str, which: str, logits: Mapping[str, Array], directions: int = 0,
          step: tuple[Array, Array] | None = None) -> Array:
    """A side of a claim of the paper on a batch of policies: their ``logits``, actions first, the batch last.

    With ``directions`` = the number of actions θ is the logits, and a gradient is the one in them; with 1 it runs
    along the first of ``step``, as far as its second says. A constant such as β is 1.
    """
    actions = next(iter(logits.values())).shape[0]
    function = compiled(name, which, actions, max(directions, 1))
    found = valued(function, logits, step)
    return found.reshape(-1, found.shape[-1]) if directions > 1 else found.reshape(found.shape[-1])


def valued(function: Compiled, logits: Mapping[str, Array], step: tuple[Array, Array] | None = None) -> Array:
    """The values of a function of arrays, as in ``along``."""
    inputs = {}
    for label, shape in function.inputs.items():
        if label in logits:
            given = logits[label]
        elif found := COORDINATE.match(label):
            given = np.eye(shape[-1])[int(found[1]) - 1] if step is None else step[0]
        else:
            given = step[1] if step is not None and label.startswith(STEP) else np.ones(shape)
        inputs[label] = np.reshape(given, (*shape, -1))
    return function(inputs).values


def softmax(logits: Array) -> Array:
    """The probabilities of logits, actions first."""
    weights = np.exp(logits - logits.max(axis=0))
    return weights / weights.sum(axis=0)


def read(latex: str, where: tuple[str, ...], logits: Mapping[str, Array]) -> Array:
    """An expression as it is printed on a batch of policies, as in ``along``."""
    from ...latex.statement.reader import read_statement

    statement = read_statement(latex, where)
    function = compile(statement.expressions[0], actions=next(iter(logits.values())).shape[0],
                       where=statement.environment.used_by(statement.expressions))
    found = valued(function, logits)
    return found.reshape(found.shape[-1])
