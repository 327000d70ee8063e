"""What the laws in the definitions that a text uses draw, and on what they are conditioned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...language import Law, Prob, Var
from ..notation.profiles import Profile
from ..parsing.parser import parse
from ..read_error import Fault
from .defining import uses
from .environment import Environment

VALUE = re.compile(
    r"\\pi(?![A-Za-z])[^()|=]{0,80}\(\s*([^()|,]{1,80}?)\s*(?:\\?\||\\mid(?![A-Za-z]))\s*([^()|,]{1,80}?)\s*\)")
LETTER = re.compile(r"[A-Za-z]'*")
NONE, UNNAMED = ("", ""), ("a", "s")  # the latter for what a definition does not print


def outcome_and_condition(latex: str, where: Sequence[str], environment: Environment, profile: Profile
                          ) -> tuple[str, str]:
    """The one letter of what policies draw, and the one of what they are conditioned on, in the definitions that a text
    uses; empty where these are not one, or none is printed."""
    printed = ((one[1], one[2]) for text in where for one in VALUE.finditer(text))
    found = {*in_definitions(latex, environment, profile), *printed}
    found -= {UNNAMED} if len(found) > 1 else set()
    pair = found.pop() if len(found) == 1 else NONE
    return pair if all(map(LETTER.fullmatch, pair)) else NONE


def in_definitions(latex: str, environment: Environment, profile: Profile) -> Iterator[tuple[str, str]]:
    """What each law in the definitions of an environment that a text uses draws, and its condition."""
    try:
        names = {str(name) for name in uses(parse(latex, profile)[0])} if environment.names else set()
    except (Fault, RecursionError):
        return
    used = environment.used_by(environment.named[name].app for name in names & environment.named.keys())
    for part in (part for definition in used for part in definition.rhs.walk()):
        if isinstance(part, Prob) and isinstance(part.law, Law) and isinstance(part.action, Var):
            yield part.action.name, ",".join(str(one) for one in part.law.context)
