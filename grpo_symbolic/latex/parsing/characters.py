r"""Characters that stand for commands, and words that lack their backslash.

Mathematics is often typed as it looks: π_θ(a|s), ∇, 𝔼. Each such character is read as the command that prints it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..notation import vocabulary as known

COMMANDS = {
    "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\sqrt", "∞": r"\infty",
    "∈": r"\in", "≠": r"\neq", "≤": r"\leq", "⩽": r"\leq", "≥": r"\geq", "⩾": r"\geq", "≈": r"\approx",
    "≃": r"\simeq", "≐": r"\doteq", "≔": r"\coloneqq", "≜": r"\triangleq", "≡": r"\equiv", "∼": r"\sim",
    "∝": r"\propto", "←": r"\leftarrow", "→": r"\to", "⇒": r"\implies", "⟹": r"\implies", "⇔": r"\iff", "⟺": r"\iff",
    "∀": r"\forall",
    "∴": r"\therefore", "·": r"\cdot", "⋅": r"\cdot", "×": r"\times", "∗": r"\ast", "∥": r"\|", "‖": r"\|",
    "∣": r"\mid", "≻": r"\succ", "≺": r"\prec", "≪": r"\ll", "≫": r"\gg", "⊤": r"\top", "⊥": r"\bot", "†": r"\dagger",
    "⋆": r"\star", "ℓ": r"\ell", "∅": r"\emptyset", "∂": r"\partial", "ϵ": r"\epsilon", "ε": r"\varepsilon",
    "ϕ": r"\phi", "φ": r"\varphi", "ϑ": r"\vartheta", "ϱ": r"\varrho", "ϖ": r"\varpi", "ς": r"\varsigma",
    "Δ": r"\Delta", "∆": r"\Delta", "µ": r"\mu"}
# What a superscript or subscript character prints, and where.
SCRIPTS = {**{char: ("^", digit) for char, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)},
           **{char: ("_", letter) for char, letter in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₜ", "0123456789ijkt", strict=True)},
           "ᵀ": ("^", r"\top")}
# Letters of a special font, by what their names in Unicode begin with.
FONTS = (("DOUBLE-STRUCK", r"\mathbb"), ("MATHEMATICAL DOUBLE-STRUCK", r"\mathbb"), ("SCRIPT", r"\mathcal"),
         ("MATHEMATICAL SCRIPT", r"\mathcal"), ("MATHEMATICAL BOLD SCRIPT", r"\mathcal"),
         ("MATHEMATICAL FRAKTUR", r"\mathfrak"), ("BLACK-LETTER", r"\mathfrak"), ("MATHEMATICAL BOLD", r"\mathbf"))

# Letters that look like the sign of a sum or a product.
DOUBTFUL = {"Σ": r"\sum or \Sigma", "Π": r"\prod or \Pi"}

GREEK_WORDS = frozenset(name[1:] for name in known.GREEK)
COMMAND_WORDS = GREEK_WORDS | {name[1:] for name in (*known.FUNCTIONS, *known.BIG)} | {"frac", "sqrt", "mathbb"}
SHORT = frozenset(("mu", "nu", "xi", "arg", "sup", "inf", "int"))  # may be products of letters
LABELS = frozenset(("old", "new", "ref", "KL"))
RUN = re.compile(r"[A-Za-z]+")
APPLIED = re.compile(r"\s*[_(]")


@lru_cache
def command(char: str) -> str:
    r"""The command or letter that a character prints, with its font: ``\pi``, ``E``, ``\mathbb E``; else empty.

    >>> command("π"), command("𝔼"), command("q")
    ('\\pi', '\\mathbb E', '')
    """
    if char.isascii():
        return ""
    if char in COMMANDS:
        return COMMANDS[char]
    name = unicodedata.name(char, "")
    plain = unicodedata.normalize("NFKC", char)
    font = next((font for start, font in FONTS if name.startswith(f"{start} ")), "")
    letter = plain if len(plain) == 1 and plain.isascii() and plain.isalpha() else greek(plain)
    return f"{font} {letter}" if font and letter else letter


def greek(char: str) -> str:
    """The command of a Greek letter, else nothing; capitals that look like Latin ones are those."""
    found = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(char, "") if len(char) == 1 else "")
    if found is None:
        return ""
    word = found[2].lower().replace("lamda", "lambda")
    name = "\\" + (word.capitalize() if found[1] == "CAPITAL" else word)
    return name if name in known.GREEK else ""


def unescaped(text: str, pos: int, end: int, scripted: bool) -> str:
    r"""What to say of a word at a place that is the name of a command without its backslash; empty if it is none.

    In a script words are labels, unless they name a Greek letter.
    """
    run = RUN.match(text, pos, end)
    if run is None or pos and text[pos - 1].isalpha() or (word := run.group()) not in COMMAND_WORDS:
        return ""
    if word in SHORT and (scripted or not APPLIED.match(text, run.end(), end)) or scripted and word not in GREEK_WORDS:
        return ""
    return rf"{word} stands here as a product of letters: write \{word}"


def unbraced(text: str, pos: int, end: int) -> str:
    r"""What to say of a script that is a word without braces, of which only the first letter would be one."""
    run = RUN.match(text, pos, end)
    if run is None or len(word := run.group()) < 2:
        return ""
    if word in LABELS:
        return rf"only {word[0]} would be a script here: write {{\text{{{word}}}}}"
    return rf"only {word[0]} would be a script here: write \{word}" if word in GREEK_WORDS else ""
