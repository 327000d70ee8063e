r"""Notation profiles: how a house writes policies, expectations and divergences. Meaning is never stored here.

Layouts are LaTeX with ``#1``, ``#2``, … where arguments are printed, as in ``language.Head``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..language.errors import LanguageError


@dataclass(frozen=True)
class Profile:
    r"""One notation. ``layouts`` respells named functions, ``samples`` those that take a group sample a_i
    (``#i`` is its index), ``short`` whole applications; ``names`` respells variables by (sort, name)."""

    name: str
    theta: str = r"{\theta}"
    old: str = r"{\theta_{\text{old}}}"
    theta_old: str = r"\theta_{\text{old}}"
    text: str = r"\text{#1}"
    expectation: str = r"\mathbb{E}"
    divergence: str = r"D_{\text{KL}}(#1)"
    separator: str = "parallel"
    entropy: str = r"\mathcal{H}"
    compared: str = "dot"
    group: str = ""
    states: str = ""
    anything: str = r"\cdot"
    anything_in_groups: str = ""
    such_that: str = r" \quad \ni \quad "
    definition: str = r"\doteq"
    clip: str = r"\text{clip}"
    stop_gradient: str = r"\operatorname{sg}"
    mean: str = r"\text{mean}"
    spread: str = r"\text{std}"
    indicator: str = r"\mathbf{1}"
    stretch: bool = True
    follows_hints: bool = True
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)
    samples: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)

    def spelled(self, name: str) -> str:
        r"""A name or layout with its ``\text{…}`` decorations as this profile writes them."""
        return re.sub(r"\\text\{([^{}]*)\}", lambda found: self.text.replace("#1", found[1]), name)

    def variable(self, sort: str, name: str) -> str:
        """What this profile calls the variable ``name`` of a sort; the same for a sequence and a group of them."""
        return self.names.get(("action" if sort == "group" else sort, name), name)


SEPARATORS: Mapping[str, str] = {"parallel": r" \parallel ", "norm": r" \| ", "bars": " || "}

PAPER = Profile("paper")

DEEPSEEKMATH = Profile(
    "deepseekmath",
    old=r"{\theta_{old}}",
    theta_old=r"\theta_{old}",
    text="#1",
    divergence=r"\mathbb{D}_{KL}\left[#1\right]",
    separator="bars",
    compared="bare",
    group=r"\{#1\}_{i=1}^G",
    states="P(Q)",
    anything_in_groups="O",
    such_that=r" \quad \text{s.t.} \quad ",
    definition="=",
    follows_hints=False,
    names={("action", "a"): "o", ("state", "s"): "q"},
    layouts={r"\tilde{A}_{#1}": r"\hat{A}_{#1}", r"\hat{A}_{#1}": "A_{#1}"},
    samples={"r(#1, #2)": "r_{#i}"},
)

PPO = Profile(
    "ppo",
    divergence=r"\text{KL}[#1]",
    separator="bars",
    entropy="S",
    such_that=r" \quad \text{subject to} \quad ",
    definition="=",
    follows_hints=False,
    names={("action", "a"): "a_t", ("state", "s"): "s_t"},
    layouts={
        r"\rho(\theta)": r"r_t(\theta)",
        r"\rho(#1)": r"r_t(\theta; #1)",
        r"\rho_{#1}(\theta)": r"r_{t,#1}(\theta)",
        r"\tilde{A}_{#1}": r"\hat{A}_{t,#1}",
        r"\hat{A}_{#1}": "A_{t,#1}",
        "A(#1, #2)": r"\hat{A}(#1, #2)",
        "r(#1, #2)": "R(#1, #2)",
    },
    short={r"\hat{A}(s_t, a_t)": r"\hat{A}_t", r"r_t(\theta; a_t)": r"r_t(\theta)"},
)

PLAIN = replace(
    PAPER,
    name="plain",
    theta=r"\theta",
    old="{old}",
    theta_old=r"\theta_{old}",
    text="#1",
    divergence="D_{KL}(#1)",
    separator="bars",
    entropy="H",
    definition=":=",
    clip=r"\operatorname{clip}",
    mean=r"\operatorname{mean}",
    spread=r"\operatorname{std}",
    stretch=False,
)

PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (PAPER, DEEPSEEKMATH, PPO, PLAIN)}


def profile_named(name: str | Profile) -> Profile:
    """The profile of that name (a Profile is returned as it is); LanguageError for an unknown name."""
    if isinstance(name, Profile):
        return name
    if name not in PROFILES:
        raise LanguageError(f"unknown notation {name!r}: one of {', '.join(PROFILES)}")
    return PROFILES[name]
