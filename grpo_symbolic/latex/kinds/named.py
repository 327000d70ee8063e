r"""Symbols that name one thing: without a definition they have no value, and nothing is known of their gradient.

A symbol is schematic where it stands for anything, as f, r_i, X or a number \beta_{\text{x}}. It is a name where it is
a word, is calligraphic, carries a word or a digit, or is one of the objects that the field calls by this symbol.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..notation.priors import NUMBERS
from ..notation.vocabulary import GREEK

DECORATED = re.compile(r"(?:\\[a-z]+\{)*(\\?[A-Za-z]+)(\d*)")
FONTS = re.compile(r"\\(?:text|mathbb|mathcal|mathscr|mathfrak)\{")
WORD = re.compile(r"\\text\{")
POLICY = re.compile(r"\\pi(?![A-Za-z])")
# Policies that do not move with θ: those with a word or a mark, and those at another point.
AT_REST = re.compile(r"\\pi(?:_\{?\\text|_\{?\\theta_|\^|_\{?[A-Za-z](?![A-Za-z]))|^\*$")
# A policy of which nothing says that it is at rest: it may be the current one, written without its parameter.
UNSETTLED = re.compile(r"\\pi(?![A-Za-z_^])")
# The probability of a path, given a policy or the parameter.
OF_PATH = re.compile(r"[Pp]\(#1\|\\(?:theta|pi)")
# What the field calls by a symbol: objectives, the ratio, estimators of a divergence, means of rewards, advantages.
OBJECTS = re.compile(r"(?:(?:\\[a-z]+\{)*(?:J|L|\\rho)(?![A-Za-z])|(?:\\hat\{A\}|\\bar\{[rR]\}|[kK]_[123]"
                     r"|\\delta_\{#1\}|G_(?:\{#1\}|\{?\d+\}?))(?![A-Za-z{]))")
# Without arguments this is a reward or a ratio, and a text says which.
REWARD_OR_RATIO = "r"
# Of these, what is computed from rewards that were drawn, and is no function of θ.
COMPUTED = re.compile(r"\\hat\{A\}|\\bar\{[rR]\}|\\delta_|G_")
# What is estimated is no function of θ though it may be an estimate for the current policy.
ESTIMATED = r"\hat{"
# Losses, and objectives with a word of their own, of which each text has its own.
LOSS = re.compile(r"(?:\\[a-z]+\{)*(?:(?:L|\\ell)(?![A-Za-z])|J\}*[_^]\{?\\text\{)")
OBJECTIVE = re.compile(r"(?:J|\\mathcal\{J\}|\\eta)\(\\(?:pi|theta)(?![A-Za-z])[^()]*\)")
# Letters that are a value, an advantage, a law or a reward of the policy in their superscript.
OF_POLICY = frozenset("AGJPQRTUVdr")


@lru_cache(maxsize=4096)
def is_name(layout: str) -> bool:
    """Whether the symbol of this layout names one thing."""
    stem = layout.partition("(")[0]
    if FONTS.match(undecorated(stem)) or OBJECTS.match(stem) or layout == REWARD_OR_RATIO or (
            OF_PATH.match(layout)):
        return True
    letter, digits = letter_of(stem)
    if digits or len(letter) > 1 and letter not in GREEK:
        return True
    if letter in OF_POLICY and (superscript(stem) == "*" or POLICY.search(stem) is not None):
        return True
    return letter not in NUMBERS and WORD.search(stem) is not None


def is_loss(layout: str) -> bool:
    r"""Whether a symbol names a loss, or an objective with a word of its own: an equation for it says what it is.

    >>> is_loss(r"\mathcal{L}_{\text{DPO}}(\theta)"), is_loss(r"J^{\text{PPO}}(\theta)"), is_loss(r"J(\theta)")
    (True, True, False)
    """
    return LOSS.match(layout) is not None


def is_objective(layout: str) -> bool:
    r"""Whether a symbol names an objective of a policy or a parameter: an equation of it and a mean says what it is.

    >>> is_objective(r"\eta(\pi)"), is_objective(r"J(\theta)"), is_objective("J"), is_objective("f(\\pi)")
    (True, True, False, False)
    """
    return OBJECTIVE.match(layout) is not None


@lru_cache(maxsize=4096)
def may_move(layout: str) -> bool:
    """Whether a name may depend on θ, as objectives do; not what is computed from samples, or of a policy at rest."""
    stem = layout.partition("(")[0]
    if COMPUTED.match(stem) is not None:
        return not stem.startswith(ESTIMATED) and may_follow(stem)
    return AT_REST.search(superscript(stem)) is None


@lru_cache(maxsize=4096)
def may_follow(layout: str) -> bool:
    r"""Whether a symbol shows a policy that may be the current one: c_\pi, f(\pi'), not c_{\pi_{\text{old}}}.

    >>> may_follow(r"c_\pi"), may_follow(r"c_{\pi_{\text{old}}}"), may_follow(r"h^{\pi^*}")
    (True, False, False)
    """
    return UNSETTLED.search(layout) is not None


def undecorated(stem: str) -> str:
    """A stem from the innermost font on: ``\\mathcal{L}`` of ``\\hat{\\mathcal{L}}``."""
    found = FONTS.search(stem.partition("_")[0].partition("^")[0])
    return stem if found is None else stem[found.start():]


def letter_of(stem: str) -> tuple[str, str]:
    """The letter of a symbol without its decorations, and the digits that follow it."""
    found = DECORATED.match(stem)
    return ("", "") if found is None else (found[1], found[2])


def superscript(stem: str) -> str:
    """What is raised at the end of a stem, empty where nothing is."""
    depth = 0
    for place, sign in enumerate(stem):
        depth += (sign == "{") - (sign == "}")
        if sign == "^" and depth == 0:
            raised = stem[place + 1:]
            return raised[1:-1] if raised[:1] == "{" else raised
    return ""
