"""The start of a file of losses: it leaves a trace where it is run, and has a loss that is what its mark says."""

HEAD = '''
import pathlib
pathlib.Path(__file__).with_suffix(".ran").touch()
import numpy as np
import grpo_symbolic as gs

@gs.loss_is("dapo")
def right(logp, old, adv, mask, eps_low=0.2, eps_high=0.28):
    ratio, adv = np.exp(logp - old), adv[:, None]
    return -(np.minimum(ratio * adv, np.clip(ratio, 1 - eps_low, 1 + eps_high) * adv) * mask).sum() / mask.sum()
'''
