"""LaTeX as MathML: what a converter makes of it, only elements and attributes that are known, spaced as TeX does.

The converter writes text as it finds it, markup included; nothing of it reaches a page but through ``serialised``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ...latex.printing.woven import parts, typeset

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LONGEST = 20_000
# A formula on its own, in a line, and in a line as large as on its own.
DISPLAYED, INLINE, LARGE = ' display="block"', "", ' displaystyle="true"'
ROWED = re.compile(r"\\(begin|end)\{(?:aligned|align|split|gathered|gather|multline|equation|eqnarray)\*?\}")
UNPRINTED = re.compile(
    r"\\(?:nonumber|notag|displaystyle)(?![A-Za-z])|\\(?:label|vspace|hspace)\*?\{[^{}]*\}|(?<!\\)%.*")
ROWS = re.compile(r"(?<!\\)&|\\\\")

CONTAINERS = frozenset((
    "math", "mrow", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable",
    "mtr", "mtd", "mpadded", "mphantom"))
TOKENS = frozenset(("mi", "mn", "mo", "mtext", "mspace"))
ATTRIBUTES = frozenset((
    "stretchy", "fence", "form", "width", "lspace", "rspace", "displaystyle", "accent", "minsize", "maxsize",
    "movablelimits", "linethickness", "separator", "mathvariant"))
VALUE = re.compile(r"[a-z0-9.-]+")
ALIGNED = {"right": "end", "left": "start"}
STYLES = {"bold": "BOLD", "bold-italic": "BOLD ITALIC", "double-struck": "DOUBLE-STRUCK", "script": "SCRIPT",
          "fraktur": "FRAKTUR", "sans-serif": "SANS-SERIF", "monospace": "MONOSPACE", "bold-script": "BOLD SCRIPT"}
LIMITED = frozenset(("∑", "∏", "⋃", "⋂", "max", "min", "lim", "sup", "inf", "argmax", "argmin"))
UNDERNEATH = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
LETTERS = frozenset("∞∅∂∇⊤")
BRACKETS = {**dict.fromkeys("([{⟨⌊⌈", "prefix"), **dict.fromkeys(")]}⟩⌋⌉", "postfix")}
THIN = "0.167em"


class Refused(Exception):
    """A formula that is shown as it was typed."""


@dataclass(frozen=True)
class Formula:
    """A formula: the LaTeX that is copied, and the MathML that is shown."""

    latex: str
    mathml: str


@lru_cache(maxsize=4096)
def formula(latex: str) -> Formula:
    """A formula, typeset; one that the converter refuses is shown as it was typed."""
    return Formula(latex, mathml(latex))


def mathml(latex: str, style: str = DISPLAYED) -> str:
    """The MathML of a formula in a style, which holds no element but those of MathML, whatever the LaTeX says."""
    try:
        inside = "".join(map(serialised, spaced(list(converted(latex)))))
    except Refused:
        inside = f"<mtext>{html.escape(visible(latex))}</mtext>"
    return f"<math{style}>{inside}</math>"


def prose(text: str) -> str:
    """A sentence as HTML, its formulas typeset, the rest escaped; a line may end before a sign of a formula."""
    return typeset(visible(text), within_words, html.escape)


def within_words(latex: str) -> str:
    """A formula within a sentence; a line may end at a space without width. Braces keep a sign between two sides."""
    first, *others = parts(latex)
    return "\u200b".join([mathml(first, INLINE), *(mathml(f"{{}}{part}", INLINE) for part in others)])


def converted(latex: str) -> Element:
    """What the converter makes of a formula. Raises Refused."""
    from latex2mathml.converter import convert_to_element

    if len(latex) > LONGEST or not latex.strip():
        raise Refused
    try:
        found = convert_to_element(prepared(latex), display="block")
    except Exception as fault:
        # what the converter knows nothing of ends in errors of any kind
        raise Refused from fault
    return standard(found)


def prepared(latex: str) -> str:
    """The formula as the converter reads it: rows below each other, nothing that prints nothing."""
    text = UNPRINTED.sub(" ", latex)
    text = ROWED.sub(r"\\\1{align*}", text)
    text = text.replace(":=", r"\coloneqq ").replace(r"\operatorname*", r"\operatorname")
    text = text.replace(r"\mbox", r"\text").replace(r"arg\,m", "argm")
    if ROWS.search(text) and r"\begin" not in text:
        text = rf"\begin{{align*}}{text}\end{{align*}}"
    return text


def standard(element: Element) -> Element:
    """The tree with text as text, symbols as operators, styles as characters, limits above and below."""
    element.text = html.unescape(element.text or "")
    for child in element:
        standard(child)
    text = (element.text or "").strip()
    if element.tag in ("mi", "mn", "mo") and text:
        restyle(element, text)
    base = element[0] if element.tag in UNDERNEATH and len(element) else None
    if base is not None and (base.text or "").strip() in LIMITED:
        element.tag = UNDERNEATH[element.tag]
        base.tag = "mo"
        base.set("movablelimits", "true")
    if element.tag == "mover" and len(element) == 2:
        element[1].set("stretchy", "true" if (element[1].text or "") in "¯‾―→⏞" else "false")
    return element


def restyle(element: Element, text: str) -> None:
    """Make a token what it is: a symbol an operator, a word a name, a style a character of that style."""
    if text == "~" and element.tag == "mi":
        text = "∼"
    style = STYLES.get(element.attrib.pop("mathvariant", ""), "") if element.get("mathvariant") != "normal" else ""
    element.text = "".join(styled(char, style) for char in text) if style else text
    symbol = len(text) == 1 and unicodedata.category(text) in ("Sm", "Po") and text not in LETTERS
    if element.tag == "mi" and symbol or text == "∼":
        element.tag = "mo"
    elif element.tag == "mo" and (text.isalpha() and text not in LIMITED or text in LETTERS):
        element.tag = "mi"
    if text in ("|", "∣") and element.tag == "mo":
        element.attrib |= {"lspace": "0.08em", "rspace": "0.08em", "stretchy": element.get("stretchy", "false")}
    if text == "⟹":
        element.attrib |= {"lspace": "0.8em", "rspace": "0.8em"}
    if text in BRACKETS and element.tag == "mo" and "form" not in element.attrib:
        element.set("form", BRACKETS[text])
    if len(text) == 1 and element.tag == "mi" and "Α" <= text <= "Ω":
        element.set("mathvariant", "normal")


def styled(char: str, style: str) -> str:
    """A letter or digit in a style, itself where there is none."""
    name = unicodedata.name(char, "").replace("LATIN ", "").replace("LETTER ", "").replace("GREEK ", "")
    for prefix in ("MATHEMATICAL ", ""):
        try:
            return unicodedata.lookup(f"{prefix}{style} {name}")
        except KeyError:
            continue
    return char


def spaced(elements: Sequence[Element]) -> list[Element]:
    """The elements of a row with thin spaces around names of functions, as TeX sets them."""
    from xml.etree.ElementTree import Element

    row: list[Element] = []
    mark_prefixes(elements)
    for place, element in enumerate(elements):
        if is_function(element):
            if row and is_operand(row[-1]):
                row.append(Element("mspace", width=THIN))
            row.append(element)
            if place + 1 < len(elements) and is_operand(elements[place + 1], opening=False):
                row.append(Element("mspace", width=THIN))
        else:
            row.append(element)
    for element in row:
        if len(element):
            element[:] = spaced(list(element)) if element.tag in ("mrow", "mtd", "msqrt", "mstyle") else [
                inner for child in element for inner in spaced([child])]
    return row


def mark_prefixes(elements: Sequence[Element]) -> None:
    """Say of a sign after a bracket or another operator that it stands before its operand."""
    for before, element in pairwise(elements):
        if element.tag == "mo" and element.text in ("-", "−", "+") and before.tag == "mo" and (
                (before.text or "") not in ")]}|"):
            element.set("form", "prefix")


def is_function(element: Element) -> bool:
    """Whether an element is the name of a function, such as log."""
    base = element[0] if element.tag in UNDERNEATH and len(element) else element
    return base.tag == "mi" and len((base.text or "").strip()) > 1


def is_operand(element: Element, opening: bool = True) -> bool:
    """Whether TeX sets a thin space between a name of a function and this: not beside a bracket that opens after it."""
    if element.tag == "mo":
        return opening and (element.text or "") in ")]}"
    if element.tag == "mrow" and len(element) and element[0].get("form") == "prefix":
        return opening
    return element.tag != "mspace"


def serialised(element: Element) -> str:
    """An element as text: known elements and attributes, everything else escaped or left out."""
    inside = "".join(map(serialised, element))
    if element.tag in TOKENS:
        inside = html.escape(visible(element.text or ""))
    elif element.tag not in CONTAINERS:
        return f"<mrow>{inside}</mrow>"
    known = {name: value for name, value in element.attrib.items() if name in ATTRIBUTES and VALUE.fullmatch(value)}
    side = ALIGNED.get(element.get("columnalign", ""))
    shown = "".join(f' {name}="{value}"' for name, value in sorted(known.items()))
    shown += f' class="{side}"' if side else ""
    return f"<{element.tag}{shown}>{inside}</{element.tag}>"


def visible(text: str) -> str:
    """A text in which control characters can be seen; breaks of lines are spaces."""
    return "".join(char if char.isprintable() or char == "\u00a0" else " " if char.isspace() else "\ufffd"
                   for char in text)
