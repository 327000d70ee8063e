r"""Notation profiles: how a house writes policies, expectations and divergences. Meaning is never stored here.

Layouts are LaTeX with ``#1``, ``#2``, … where arguments are printed, as in ``language.Head``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ...language.errors import LanguageError


@dataclass(frozen=True)
class Profile:
    r"""One notation, in which no two statements look alike.

    ``letters`` exchanges the letters of variables; those in ``steps``, and functions of such letters with a subscript
    or θ, are printed with a t. ``layouts`` respells named functions, ``samples`` those that take a group sample a_i of
    the ambient state and group (``#i`` is its index), ``short`` whole applications.
    """

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
    letters: Mapping[str, str] = field(default_factory=dict)
    steps: str = ""
    layouts: Mapping[str, str] = field(default_factory=dict)
    samples: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)

    def spelled(self, name: str) -> str:
        r"""A name or layout with its ``\text{…}`` decorations and its letters as this profile writes them."""
        name = LABEL.sub(lambda found: self.text.replace("#1", found[1]), name)
        return LETTER.sub(lambda found: self.letters.get(found[1], found[1]), name) if self.letters else name

    def variable(self, name: str) -> str:
        """What this profile calls the variable ``name``; the same for an action and a group of them."""
        letter = self.letters.get(name[:1], name[:1])
        return self.stepped(letter + name[1:]) if letter in self.steps else letter + name[1:]

    def layout(self, own: str) -> str:
        """How this profile prints the function whose layout is ``own``."""
        found = self.spelled(self.respelled.get(own, own))
        return self.stepped(found) if self.steps and STEPPED.match(found) else found

    def stepped(self, name: str) -> str:
        """A name with t as its first subscript, where its letter is one of a step."""
        found = SUBSCRIPT.fullmatch(name)
        if found is None or found[2] not in self.steps:
            return name
        below = found[4] or found[5]
        return f"{found[1]}_{{t,{below}}}{found[6]}" if below else f"{found[1]}_t{found[6]}"

    def for_text(self, latex: str) -> Profile:
        """The profile of a text that is printed or read: one that names trajectories has the paper's letters for their
        states and actions, of which the steps are their own."""
        return replace(self, letters={}, steps="", short={}) if TRAJECTORY.search(latex) else self

    @cached_property
    def respelled(self) -> Mapping[str, str]:
        """``layouts`` as an exchange: a spelling that is taken from a function gives it another in return."""
        exchange = dict(self.layouts)
        for own in self.layouts:
            if own in self.layouts.values():
                continue
            last = self.layouts[own]
            while last in self.layouts:
                last = self.layouts[last]
            exchange[last] = own
        return exchange

    @cached_property
    def original(self) -> Mapping[str, str]:
        """From the layouts of this profile to those of the paper."""
        return {printed: own for own, printed in self.respelled.items()}


LABEL = re.compile(r"(?<=_\{)\\text\{([A-Za-z]{2}[A-Za-z0-9]*)\}(?=\})")
LETTER = re.compile(r"(?<![A-Za-z\\])(?<!\\text\{)([A-Za-z])(?![A-Za-z])")
SUBSCRIPT = re.compile(r"((?:\\[a-z]+\{)?([A-Za-z])\}?'*)(_(?:\{(.*?(?:\{#\d\})?)\}|(.)))?(.*)")
STEPPED = re.compile(r"(?:\\[a-z]+\{)?[A-Za-z]\}?(?:_\{#|_#|\(\\theta)")
TRAJECTORY = re.compile(r"\\tau(?![A-Za-z])")
SEPARATORS: Mapping[str, str] = {"parallel": r" \parallel ", "norm": r" \| ", "bars": " || "}

HATTED = {r"\tilde{A}_{#1}": r"\hat{A}_{#1}", r"\hat{A}_{#1}": "A_{#1}"}  # an advantage, and the one it is made of

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
    letters={"a": "o", "o": "a", "s": "q", "q": "s"},
    layouts=HATTED,
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
    steps="asrA",
    layouts={
        r"\rho(\theta)": r"r(\theta)",
        r"\rho(#1)": "r(#1)",
        r"\rho_{#1}(\theta)": r"r_{#1}(\theta)",
        **HATTED,
        "A(#1, #2)": r"\hat{A}(#1, #2)",
        "r(#1, #2)": "R(#1, #2)",
    },
    short={r"\hat{A}(s_t, a_t)": r"\hat{A}_t"},
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
    follows_hints=False,
)

PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (PAPER, DEEPSEEKMATH, PPO, PLAIN)}


def profile_named(name: str | Profile) -> Profile:
    """The profile of that name (a Profile is returned as it is); LanguageError for an unknown name."""
    if isinstance(name, Profile):
        return name
    if not isinstance(name, str) or name not in PROFILES:
        raise LanguageError(f"unknown notation {name!r}: one of {', '.join(PROFILES)}")
    return PROFILES[name]
