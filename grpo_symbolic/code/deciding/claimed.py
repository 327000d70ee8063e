"""What a loss is held against: an objective of the project by its name, or LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ... import language as lang
from ...latex.read_error import ReadError
from ...latex.statement.reader import read_statement
from ...objectives import objectives
from ...objectives.notation import (
    ANY_ADVANTAGE,
    ANYTHING,
    DAPO,
    HIGH,
    LOW,
    TOKEN_MEAN,
    TOKEN_RATIO,
    clipped,
    rollout,
)
from ...objectives.record import Objective as Recorded
from ..unsupported import Unsupported
from .objective import ADVANTAGE, Objective, on_batch

REINFORCE = Recorded(
    "reinforce-tokens", "REINFORCE, mean over all tokens", "Williams 1992",
    (r"\mathcal{J}_{\text{REINFORCE}}(\theta) \doteq " + rollout(
        rf"{TOKEN_MEAN} \hat{{A}}_{{i,t}} \log \pi_\theta(o_{{i,t}}|q, o_{{i,<t}})", ANYTHING),),
    (), DAPO, let=(ANY_ADVANTAGE,))
SEQUENCES = r"\frac{1}{G} \sum_{i=1}^G"
REINFORCE_SEQUENCES = Recorded(
    "reinforce-sequences", "REINFORCE, sum over tokens, mean over sequences", "Williams 1992",
    (r"\mathcal{J}_{\text{REINFORCE}}(\theta) \doteq " + rollout(
        rf"{SEQUENCES} \sum_{{t=1}}^{{|o_i|}} \hat{{A}}_{{i,t}} \log \pi_\theta(o_{{i,t}}|q, o_{{i,<t}})", ANYTHING),),
    (), DAPO, let=(ANY_ADVANTAGE,))
RLOO = Recorded(
    "rloo-sequences", "RLOO, sum over tokens, mean over sequences", "Ahmadian et al. 2024, arXiv:2402.14740",
    (r"\hat{A}_i \doteq R(q, o_i) - \frac{1}{G-1} \sum_{j \neq i} R(q, o_j)",
     r"\mathcal{J}_{\text{RLOO}}(\theta) \doteq " + rollout(
         rf"{SEQUENCES} \sum_{{t=1}}^{{|o_i|}} \hat{{A}}_i \log \pi_\theta(o_{{i,t}}|q, o_{{i,<t}})", ANYTHING)),
    (), DAPO)
TERM = clipped(r"r_{i,t}(\theta)", r"\hat{A}_{i,t}", LOW, HIGH)
DUAL_CLIP = Recorded(
    "dual-clip-tokens", "PPO with dual clip, mean over all tokens", "Ye et al. 2020, arXiv:1912.09729",
    (TOKEN_RATIO, r"\mathcal{J}_{\text{DUAL}}(\theta) \doteq " + rollout(
        rf"{TOKEN_MEAN} \left( \mathbf{{1}}[\hat{{A}}_{{i,t}} > 0] {TERM}"
        rf" + \mathbf{{1}}[\hat{{A}}_{{i,t}} < 0] \max \left( {TERM}, c \hat{{A}}_{{i,t}} \right) \right)", ANYTHING)),
    (), DAPO, let=(ANY_ADVANTAGE,))
ON_BATCHES = (REINFORCE, REINFORCE_SEQUENCES, RLOO, DUAL_CLIP)  # what is no objective of the project, but of code
GIVEN = "the advantages are those that the code is given: of how they are made of rewards nothing is said"
# What may be named, with the objective that it is; a loss is looked for among them in this order.
NAMES = {"grpo": "grpo", "dapo": "dapo", "drgrpo": "dr-grpo", "gspo": "gspo", "cispo": "cispo",
         "deepseek-v3.2": "deepseek-v3.2", "ppo": "ppo", "ppo-dual-clip": "dual-clip-tokens", "trpo": "trpo",
         "reinforce": "reinforce-tokens", "reinforce-sequences": "reinforce-sequences", "rloo": "rloo-sequences",
         "grpo-paper": "grpo-paper"}
# Objectives that leave a constant factor open, by which sums over tokens are divided.
SCALED = frozenset({"dr-grpo"})
# What stands between the symbol of a definition and what it is.
DEFINES = re.compile(r"\\doteq|\\triangleq|\\coloneqq|\\equiv|:?=")


@dataclass(frozen=True)
class Against:
    """An objective, which is maximised, or a loss: its name, how it is printed, and what it is on a batch.

    ``scaled`` says that it may be divided by a constant, ``divided`` that the ends of its clip may be apart.
    """

    name: str
    symbol: str
    latex: str
    node: lang.Node
    where: tuple[lang.Definition, ...]
    loss: bool = False
    scaled: bool = False
    divided: bool = False

    def on_batch(self, axes: dict[str, tuple[str, ...]]) -> Objective:
        """What it is on one batch; where the batch has advantages, these are what it calls advantages.

        Raises Unsupported where it says more than a batch shows.
        """
        given = tuple(one for one in self.where
                      if "A" in axes and one.head is not None and ADVANTAGE.match(one.head.layout))
        kept = tuple(one for one in self.where if one not in given)
        found = on_batch(lang.expand(self.node, kept), axes)
        return replace(found, assumed=(*found.assumed, GIVEN)) if given else found


def named(name: str) -> Against:
    """An objective of the project. Raises Unsupported for an unknown name."""
    asked = name.lower().replace("_", "-").replace(" ", "")
    wanted = NAMES.get(asked, NAMES.get(asked.replace("-", ""), asked))
    one = next((one for one in (*objectives(), *ON_BATCHES) if one.id == wanted), None)
    if one is None:
        raise Unsupported(f"there is no objective {name}: name one of {', '.join(known_names())}, or give LaTeX")
    symbol = one.definitions[-1].partition(r"\doteq")[0].strip()
    claim, = read_statement(f"{symbol} = 0", one.definitions, profile=one.notation, let=one.let).claims
    return Against(one.name, symbol, one.definitions[-1].partition(r"\doteq")[2].strip(), claim.lhs, claim.where,
                   scaled=one.id in SCALED, divided=True)


@cache
def known_names() -> tuple[str, ...]:
    """The names of whatever a loss can be held against: the usual ones, then the other objectives of the project."""
    others = (one.id for one in objectives() if one.id not in {*NAMES, *NAMES.values()})
    return (*NAMES, *filter(_on_a_batch, others))


def _on_a_batch(name: str) -> bool:
    """Whether an objective says no more than a batch shows."""
    try:
        named(name).on_batch({})
    except Unsupported:
        return False
    return True


def written(latex: str, where: tuple[str, ...] = (), loss: bool | None = None) -> Against:
    r"""An objective or a loss in LaTeX: what is called L, or a loss, is minimised unless ``loss`` says otherwise.

    Raises Unsupported where the text cannot be read.
    """
    try:
        statement = read_statement(latex, where, profile="deepseekmath", let=(ANY_ADVANTAGE,))
    except (ReadError, lang.LanguageError) as fault:
        raise Unsupported(f"the formula cannot be read: {fault}") from fault
    if statement.definitions:
        last = statement.definitions[-1]
        used = statement.environment.used_by([last.rhs])
        symbol = DEFINES.split(latex, maxsplit=1)[0].strip()
        return Against("the formula", symbol, latex, last.rhs, used, _names_a_loss(symbol) if loss is None else loss)
    if len(statement.expressions) != 1:
        raise Unsupported("the formula is no objective")
    node, = statement.expressions
    used = statement.environment.used_by([node])
    return Against("the formula", r"\mathcal{L}" if loss else r"\mathcal{J}", latex, node, used, bool(loss))


def _names_a_loss(symbol: str) -> bool:
    """Whether a symbol is a loss or the letter L, whatever stands at it."""
    letter = re.split(r"[_^(]|\\left", symbol, maxsplit=1)[0]
    return "L" in letter or "loss" in symbol.lower()


def against(text: str, where: tuple[str, ...] = (), loss: bool | None = None) -> Against:
    """An objective by its name, or in LaTeX. Raises Unsupported where it is neither."""
    plain = text.strip()
    if plain.replace("-", "").replace(".", "").replace("_", "").replace(" ", "").isalnum() and len(plain) < 40:
        found = named(plain)
        return found if loss is None else replace(found, loss=loss)
    return written(text, where, loss)
