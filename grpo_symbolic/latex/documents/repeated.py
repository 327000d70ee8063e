r"""Displays that print once more what another defines, perhaps without the laws of their means."""

from __future__ import annotations

import re

from ..parsing.macros import closing
from ..read_error import Fault
from ..statement.restating import PASSED_OVER

MEAN = re.compile(r"(\\mathbb\s*(?:E|\{\s*E\s*\}))\s*_\s*")
BOX = re.compile(r"\s*\\boxed\s*(?=\{)")


def same_but_for_laws(one: str, other: str) -> bool:
    r"""Whether two texts print the same, or would if one did not leave out the laws of its means.

    >>> same_but_for_laws(r"L = \mathbb{E}_{x \sim D}[f]", r"\boxed{L = \mathbb{E} \left[ f \right].}")
    True
    >>> same_but_for_laws(r"L = \mathbb{E}_{x \sim D}[f]", r"L = \mathbb{E}_{x \sim p}[f]")
    False
    """
    try:
        texts = [bare(one), bare(other)]
        plain = [without_laws(text) for text in texts]
    except Fault:
        return False
    return plain[0] == plain[1] and (texts[0] == texts[1] or plain[0] in texts)


def bare(text: str) -> str:
    """A text without its box and what prints nothing. Raises Fault."""
    text = PASSED_OVER.sub("", text)
    boxed = (found := BOX.match(text)) and closing(text, found.end()) == len(text)
    return PASSED_OVER.sub("", text[found.end() + 1:-1]) if found and boxed else text


def without_laws(text: str) -> str:
    """A text without the laws of its means. Raises Fault."""
    while found := MEAN.search(text):
        end = closing(text, found.end()) if text[found.end():found.end() + 1] == "{" else found.end() + 1
        text = text[:found.end(1)] + text[end:]
    return text
