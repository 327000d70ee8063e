r"""Markdown as TeX prints it: what is no text is made blank, every offset kept.

Code, comments and the marks of quotations go. A fenced block of ``math`` is a display, ``\\[`` is ``\[``, and a heading
ends whatever is open.
"""

from __future__ import annotations

import re

from .segments import silenced

SILENT = re.compile(
    r"^(?P<open>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})[ \t]*(?P<kind>[^\n`]*))$"
    r"(?P<body>.*?)(?P<close>^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?:\A|(?<=\n\n))(?P<quotation>(?: {0,3}>[^\n]*(?:\n|\Z))+)"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|(?P<heading>^ {0,3}\#{1,6}(?=[ \t]))", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"^[ >]*>", re.MULTILINE)
ESCAPED = re.compile(r"(?<!\\)\\\\\[(?!\s*-?[\d.]+\s*[a-z]{2}\s*\])((?:(?!\\\\[\[\]]).){1,5000}?)\\\\\]", re.DOTALL)


# A text whose subscripts are escaped has all else escaped for Markdown too: a row ends with \\\\, a brace is \\{.
SUBSCRIPT = re.compile(r"[A-Za-z})\]]\\_\{|\\[A-Za-z]+\\_|\}\\_")
ESCAPES = re.compile(r"\\\\\\\\|\\\\(?=[{}|,;:!])|\\(?=[_*])")


def blank(text: str) -> str:
    """Blanks in place of a text, its lines kept."""
    return re.sub(r"[^\n]", " ", text)


def as_tex(text: str) -> str:
    """The text as TeX prints it."""
    text = SILENT.sub(shown, text)
    if SUBSCRIPT.search(text):
        text = ESCAPES.sub(unescaped, text)
    return ESCAPED.sub(r" \\[\1 \\]", text)


def unescaped(found: re.Match[str]) -> str:
    """Half of the backslashes, every offset kept."""
    size = len(found.group())
    return " " * (size - size // 2) + "\\" * (size // 2)


def shown(found: re.Match[str]) -> str:
    """What remains of code, a comment, a quotation or the marks of a heading."""
    if found["heading"]:
        return "\f" + found["heading"][1:]
    if found["quotation"]:
        return SILENT.sub(shown, QUOTED.sub(lambda marks: blank(marks.group()), found["quotation"]))
    if found["fence"] and found["kind"].strip() == "math":
        closed = r"\]" + blank(found["close"])[2:] if found["close"] else ""
        return r"\[" + blank(found["open"])[2:] + silenced(found["body"]) + closed
    return blank(found.group())
