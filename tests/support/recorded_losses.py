"""Losses for NumPy recorded in this process, and their slopes by differences."""

import numpy as np

from grpo_symbolic.code.recording import tape_numpy
from grpo_symbolic.code.recording.arguments import Scalar, Tensor
from grpo_symbolic.code.recording.runs import Subject, all_runs, told_constants, told_roles, told_settings
from grpo_symbolic.code.recording.tape import Tape

STEP = 1e-6


def recorded(function, roles, constants, layouts=None):
    """The tape of a function of arrays in these roles and of hyper-parameters."""
    tensors = [Tensor(name, name, True, (layouts or {}).get(name, "")) for name in roles]
    bindings = (*tensors, *(Scalar(name, value) for name, value in constants.items()))
    subject = Subject(function, bindings, "", "", tape_numpy)
    runs = all_runs(subject)
    return Tape("numpy", np.__version__, "loss", "losses.py", 1, told_roles(bindings), told_settings(bindings),
                runs.traced, runs.checks, False, small=runs.small, given=told_constants(bindings))


def slope(function, logp):
    """The derivative of a function of log-probabilities, by differences."""
    found = np.zeros_like(logp)
    for place in np.ndindex(*logp.shape):
        ends = []
        for step in (STEP, -STEP):
            moved = logp.copy()
            moved[place] += step
            ends.append(float(function(moved)))
        found[place] = (ends[0] - ends[1]) / (2 * STEP)
    return found
