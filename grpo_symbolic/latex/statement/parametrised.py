r"""Texts that give a policy the form of a law with a name, \mathcal{N}(\mu_\theta(s), \sigma^2): they define it."""

from __future__ import annotations

import re

from ..parsing.field_macros import spelled_out
from ..read_error import Fault
from .restating import PASSED_OVER, SPELLED, Restated

DEFINITION = "definition"  # the verdict on what only says what a symbol means
POLICY = r"(?P<policy>\\pi(?:_(?:\\[a-z]+|[A-Za-z]|\{[^{}]*\}))?)"
NAMES = r"(?:[Ss]oftmax|Cat(?:egorical)?|[Nn]ormal|Gaussian|Beta|Bernoulli|Dirichlet|Multinomial)"
LAW = rf"(?:\\mathcal\{{?N\}}?|\\(?:mathrm|text|operatorname\*?|mathsf)\{{?{NAMES}\}}?|\\?softmax)"
FORM = re.compile(POLICY + r"(?:\((?P<outcome>[^|()=]{1,20})(?:\|[^()=]{1,30})?\))?(?:=|\\sim)(?P<law>" + LAW +
                  r")(?P<open>[(\[])(?P<of>.*)[)\]](?:_\{?(?P=outcome)\}?)?")
MOVES = re.compile(r"\\(?:theta|phi|omega|vartheta|varphi)(?![A-Za-z])")


def named_law(latex: str) -> str:
    r"""The policy to which a text gives the form of a law with a name; empty for any other text.

    >>> named_law(r"\pi_\theta(a|s) = \mathcal{N}(a \mid \mu_\theta(s), \sigma_\theta^2(s))")
    '\\pi_\\theta'
    >>> named_law(r"\pi_\theta(a|s) = \mathcal{N}(a \mid \mu_\theta(s), 1) + \mathcal{N}(a \mid \mu_\theta(s), 2)")
    ''
    """
    if r"\pi" not in latex:
        return ""
    try:
        plain = spelled_out(latex)
    except Fault:
        return ""
    text = latex if plain is None else plain.text
    for printed, meant in SPELLED:
        text = printed.sub(meant, text)
    found = FORM.fullmatch(PASSED_OVER.sub("", text))
    return found["policy"] if found and closed(found["of"]) and MOVES.search(found["of"]) else ""


def closed(text: str) -> bool:
    """Whether each bracket of a text is opened and closed in it."""
    depth = 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0:
            return False
    return depth == 0


def refuse_parametrised(latex: str) -> None:
    """Raises Restated for a text that gives a policy the form of a law with a name."""
    if policy := named_law(latex):
        raise Restated(f"taken as the parametrisation of {policy}, which stays any policy elsewhere: it claims nothing",
                       status=DEFINITION)
