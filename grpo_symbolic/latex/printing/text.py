r"""Plain text for TeX: special characters made literal, Greek and mathematical signs set as mathematics."""

from __future__ import annotations

import re
import unicodedata

SPECIAL = {"\\": r"\ensuremath{\backslash}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
           "_": r"\_", "^": r"\^{}", "~": r"\~{}", "<": r"\ensuremath{<}", ">": r"\ensuremath{>}",
           "|": r"\ensuremath{|}", '"': "''", "‘": "`", "’": "'", "“": "``", "”": "''", "–": "--", "—": "---",
           "…": r"\ldots{}", "-": "-", "‑": "-"}
SIGNS = {"∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "√": r"\surd", "∞": r"\infty", "∈": r"\in", "≈": r"\approx",
         "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≐": r"\doteq", "∼": r"\sim", "·": r"\cdot", "×": r"\times",
         "±": r"\pm", "−": "-", "→": r"\to", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "⟺": r"\Leftrightarrow",
         "⊆": r"\subseteq", "∀": r"\forall", "∃": r"\exists", "∂": r"\partial", "ϵ": r"\epsilon", "ε": r"\varepsilon",
         "ϕ": r"\phi", "ϑ": r"\vartheta", "‖": r"\|", "∥": r"\|", "ℓ": r"\ell", "ℝ": r"\mathbb{R}", "⊤": r"\top",
         "²": "^2", "³": "^3", "ᵀ": r"^{\top}", "′": r"'"}
ACCENTS = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0307": ".", "\u0308": '"',
           "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c"}
LATIN_CAPITALS = {"alpha": "A", "beta": "B", "epsilon": "E", "zeta": "Z", "eta": "H", "iota": "I", "kappa": "K",
                  "mu": "M", "nu": "N", "omicron": "O", "rho": "P", "tau": "T", "chi": "X"}
GREEK = {*LATIN_CAPITALS, "gamma", "delta", "theta", "lambda", "xi", "pi", "sigma", "upsilon", "phi", "psi", "omega"}
PIECE = re.compile(rf"[A-Za-z][{''.join(ACCENTS)}]|.", re.DOTALL)
SUBSCRIPTED = re.compile(r"(?<![^\W_])([^\W\d_]|[∇∑])_([^\W_]+)")


def escape(text: str) -> str:
    r"""Text that TeX prints as it stands; a symbol with a subscript (π_θ, D_KL) becomes mathematics.

    What has no LaTeX is spelled by its Unicode name, so that the result always compiles.

    >>> escape("100% of π_θ & more")
    '100\\% of \\ensuremath{\\pi_{\\theta}} \\& more'
    >>> escape("the mean r\u0304")
    'the mean \\={r}'
    """
    done, parts = 0, []
    text = unicodedata.normalize("NFC", text)
    for found in SUBSCRIPTED.finditer(text):
        base, below = mathematical(found[1]), _subscript(found[2])
        if base and below:
            parts += [*map(_character, PIECE.findall(text[done:found.start()])), rf"\ensuremath{{{base}_{{{below}}}}}"]
            done = found.end()
    return "".join([*parts, *map(_character, PIECE.findall(text[done:]))])


def mathematical(char: str) -> str:
    """The mathematics of an ASCII letter or digit, a Greek letter or a sign; nothing for anything else."""
    if char.isascii() and char.isalnum():
        return char
    if char in SIGNS:
        return SIGNS[char]
    found = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(char, ""))
    letter = found[2].lower().replace("lamda", "lambda") if found else ""
    if found is None or letter not in GREEK:
        return ""
    if found[1] == "CAPITAL":
        return LATIN_CAPITALS.get(letter, rf"\{letter.capitalize()}")
    return "o" if letter == "omicron" else rf"\{letter}"


def _subscript(text: str) -> str:
    """A subscript: one symbol, a word, or a symbol with a word below it (θold)."""
    if len(text) == 1:
        return mathematical(text)
    if text.isascii():
        return rf"\text{{{text}}}"
    symbol = mathematical(text[0])
    return f"{symbol}_{{{_subscript(text[1:])}}}" if symbol and text[1:].isascii() else ""


def _character(char: str) -> str:
    """A character, or a letter with an accent of its own, as TeX prints it."""
    if len(char) == 2:
        return rf"\{ACCENTS[char[1]]}{{{char[0]}}}"
    if char in SPECIAL:
        return SPECIAL[char]
    if " " <= char <= "~":
        return char
    if char.isspace() or unicodedata.category(char) == "Cc":
        return " "
    if sign := mathematical(char):
        return rf"\ensuremath{{{sign}}}"
    apart = unicodedata.normalize("NFD", char)
    if len(apart) == 2 and apart[0].isascii() and apart[1] in ACCENTS:
        return rf"\{ACCENTS[apart[1]]}{{{apart[0]}}}"
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}').lower()}]"
