"""Recorded losses of scores and of packed sequences, what is said of their arguments, and what they are."""

from places import ROOT

from grpo_symbolic.code.recording.tape_json import from_json
from grpo_symbolic.code.telling.report import APART

FOLDER = ROOT / "tests" / "data" / "layouts"
PACKED = {"logp": "logp:packed", "old": "old:packed"}
EXPECTED = {
    "gathered": "DAPO", "by_sums": "DAPO", "by_cross_entropy": "DAPO", "with_bonus": "",
    "one_behind": "TRPO, its surrogate and natural gradient", "packed_tokens": "DAPO",
    "packed_means": f"GRPO as DeepSeekMath and R1 define it, {APART}", "packed_ratios": f"GSPO, {APART}",
}


def roles_of(name):
    """What is said of the arguments of a loss."""
    return PACKED if name.startswith("packed") else {}


def layout(name):
    """A recorded tape."""
    return from_json((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
