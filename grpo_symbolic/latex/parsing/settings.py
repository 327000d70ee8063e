r"""A number that a text sets at its end, \quad \text{take } \lambda = 1: it is put in its place in the rest."""

from __future__ import annotations

import re

from .wrapping import blank

WORDS = "take|taking|set|setting|choose|choosing|let|letting|取|令|设"
SETTING = re.compile(
    r"(?P<gap>(?:[\s,;~]|\\[,;:! ]|\\q?quad(?![A-Za-z]))*)\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:" + WORDS + r")\s*\}"
    r"\s*(?P<symbol>\\[a-z]{2,})\s*=\s*(?P<value>\d)[\s.]*\Z")
VALUE = re.compile(r"\d[\s.]*\Z")
REACH = 200  # characters at the end of a text, which may be a whole document of blanks
FIXED = frozenset((r"\theta", r"\phi", r"\pi", r"\mu", r"\infty"))
# What a symbol is where it is no factor: a script, an argument, a variable, or another symbol with a script.
ELSEWHERE = (r"[_^]\s*\{{?\s*{0}", r"[(,]\s*{0}\s*[,)|]", r"(?:d|\\partial|\\nabla_?)\s*\{{?\s*{0}", r"{0}\s*[_']",
             r"(?:\\in|\\sim|\|)\s*{0}", r"{0}\s*(?:\\in|\\sim|\||=)")


def numbers_set(text: str) -> str:
    r"""A text with the number that it sets at its end in the place of its symbol, so that every place stays what it is.

    >>> numbers_set(r"f = u + \lambda v, \quad \text{take } \lambda = 1").split(",")[0].strip()
    'f = u + {1}     v'
    """
    start = max(0, len(text) - REACH)
    found = SETTING.search(text, start) if VALUE.search(text, start) else None
    if found is None or found["symbol"] in FIXED:
        return text
    head, symbol = text[:found.start()], re.escape(found["symbol"]) + "(?![A-Za-z])"
    if any(re.search(form.format(symbol), head) for form in ELSEWHERE) or not re.search(symbol, head):
        return text
    put = re.sub(symbol, f"{{{found['value']}}}".ljust(len(found["symbol"])), head)
    return put + blank(text, found.start(), len(text))[found.start():]
