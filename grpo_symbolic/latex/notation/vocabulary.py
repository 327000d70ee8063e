r"""The LaTeX commands the reader knows, by what they do; any other one is refused."""

from __future__ import annotations

import re

from ...language.derived import DISTANCES, FUNCTIONS_BY_WORD, MOMENTS


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


GREEK = words(
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa \lambda \mu \nu "
    r"\xi \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \phi \varphi \chi \psi \omega \Gamma \Delta "
    r"\Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega \ell \infty \emptyset")

FUNCTIONS = words(r"\log \ln \exp \min \max \nabla \partial \arg \argmax \argmin \sup \inf \sgn")
BIG = {r"\sum": "sum", r"\prod": "prod", r"\int": "int"}
OPERATORS = {r"\cdot": "·", r"\times": "·", "*": "·", "/": "/", r"\ast": "·"}
DOTS = words(r"\dots \ldots \cdots \dotsc \dotsb")
STARS = words(r"\star \dagger \ast")

DECORATIONS = words(
    r"\hat \widehat \tilde \widetilde \bar \overline \vec \dot \ddot \check \breve \underline \mathcal \mathbb "
    r"\mathbf \boldsymbol \bm \mathscr \mathfrak")
SAME_FONT = {r"\mathbbm": r"\mathbb", r"\mathds": r"\mathbb", r"\mathbbold": r"\mathbb"}
BOLD = words(r"\boldsymbol \bm \mathbf")
# What may make a letter that of a vector or of a matrix.
SHAPED = BOLD | {r"\vec"}
ONE_ARGUMENT = DECORATIONS | words(r"\sqrt \cancel \underbrace \overbrace \mathop \boxed")
TWO_ARGUMENTS = words(r"\frac \dfrac \tfrac \cfrac \underset")
WORDS = words(
    r"\text \mathrm \textrm \mathit \textit \operatorname \texttt \mathtt \mathsf \textsf \textbf \textup "
    r"\mbox \textnormal")

# In these one letter is the letter, if the text has it in no other font; in the others it is a word.
FONTS = words(r"\mathrm \textrm \mathit \textit \textup \textnormal \mathsf \textsf")

RELATIONS = {
    "=": "=", r"\approx": "≈", r"\simeq": "≈", r"\leq": "≤", r"\le": "≤", r"\leqslant": "≤", r"\geq": "≥", r"\ge": "≥",
    r"\geqslant": "≥", "<": "<", ">": ">", r"\lt": "<", r"\gt": ">", r"\doteq": "≐", r"\coloneqq": ":=",
    r"\triangleq": "≜", r"\equiv": "≡", r"\sim": "∼", r"\in": "∈", r"\neq": "≠", r"\ne": "≠", r"\propto": r"\propto",
    r"\leftarrow": r"\leftarrow", r"\gets": r"\leftarrow", r"\to": r"\to", r"\rightarrow": r"\to",
    r"\ll": r"\ll", r"\gg": r"\gg", r"\setminus": r"\setminus"}
SEPARATORS = {
    ",": ",", ";": ";", ":": ":", ".": ".", r"\mid": "|", r"\parallel": "‖", r"\colon": ":",
    r"\implies": "⟹", r"\Rightarrow": "⟹", r"\Longrightarrow": "⟹", r"\iff": "⟺",
    r"\Leftrightarrow": "⟺", r"\Longleftrightarrow": "⟺", r"\therefore": "∴", r"\ni": "such that",
    r"\forall": "for all", r"\succ": r"\succ", r"\prec": r"\prec"}
WORD_SEPARATORS = {
    "if": "if", "when": "if", "whenever": "if", "provided that": "if", "for": "for",
    "where": "where", "with": "where", "s.t.": "such that", "such that": "such that",
    "subject to": "such that", "for all": "for all", "assuming": "assuming", "and": "and"} | dict.fromkeys((
        "so", "hence", "thus", "therefore", "consequently", "and so", "and hence", "and thus", "and therefore", "i.e.",
        "that is", "So", "Hence", "Thus", "Therefore", "Consequently", "That is"), "∴")

# What a label over a sign of relation says: that it defines, or nothing but where the step is explained.
DEFINING_LABELS = frozenset(("def", "def.", r"\triangle", r"\Delta"))
INDEPENDENT = frozenset(("iid", "i.i.d.", "i.i.d"))  # draws are, without a word
STEP_LABEL = r"\((?:[a-z]{1,4}|\d{1,2}|\*|\\(?:star|ast|dagger))\)"

OPENING = {"(": "(", "[": "[", r"\{": r"\{", r"\lbrace": r"\{", r"\lbrack": "[", r"\lvert": "|", r"\lVert": "‖"}
CLOSING = {")": "(", "]": "[", r"\}": r"\{", r"\rbrace": r"\{", r"\rbrack": "[", r"\rvert": "|", r"\rVert": "‖"}
BARS = {"|": "|", r"\vert": "|", r"\|": "‖", r"\Vert": "‖", "||": "‖"}
SIZES = words(
    r"\left \right \middle \big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigr \Bigr \biggr \Biggr \bigm "
    r"\Bigm \biggm \Biggm")

SILENT = words(
    r"\quad \qquad \, \; \: \! \> \enspace \thinspace \medspace \thickspace \negthinspace \displaystyle "
    r"\textstyle \scriptstyle \limits \nolimits \nonumber \notag \small \normalsize \large \allowbreak \hfill "
    r"\IEEEnonumber \IEEEyesnumber \yesnumber \IEEEeqnarraynumspace \noindent \centering \strut \mathstrut \null "
    r"\relax \substack") | {"\\ ", "\\\n", "\\\t", "\\\r", "\\/"}
WIDE = words(r"\quad \qquad")
SILENT_WITH_ARGUMENT = words(
    r"\label \tag \hspace \vspace \color \textcolor \phantom \hphantom \vphantom")
BETWEEN_ROWS = words(r"\intertext \shortintertext")

LAYOUT_ENVIRONMENTS = words(
    "equation align gather multline eqnarray displaymath math aligned gathered split alignat flalign alignedat "
    "xalignat multlined dmath IEEEeqnarray")
COLUMN_ENVIRONMENTS = words("array subarray alignat alignedat xalignat IEEEeqnarray")
TABLE_ENVIRONMENTS = {"cases": "cases", "dcases": "cases", "array": "array", "subarray": "brace"}

# Functions known by a word.
OPERATOR_WORDS = {
    "clip": "clip", "mean": "mean", "std": "std", "sg": "stop", "stopgrad": "stop", r"stop\_grad": "stop",
    r"stop\_gradient": "stop", "stopgradient": "stop", "StopGrad": "stop", "detach": "stop", "exp": "exp", "log": "log",
    "min": "min", "max": "max", "KL": "divergence", "kl": "divergence", "sgn": "sign", "sign": "sign",
    "E": "expectation", "H": "entropy", **dict.fromkeys(DISTANCES, "distance"),
    **{kind.word: meaning for meaning, kind in MOMENTS.items()}, **{word: word for word in FUNCTIONS_BY_WORD}}
# Names of two letters that are printed as they stand.
NAMES = words("dV")
STOP_LABELS = frozenset(("no grad", "nograd", r"no\_grad", "sg", "stop grad", "detach", "stop gradient"))
OLD_WORDS = words(r"old \text{old}")
LABEL = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]*(?:[-_. ]+[A-Za-z0-9]+)*")
# What may stand over a value at a sample.
SAMPLED_DECORATIONS = words(r"\hat \tilde \widehat \widetilde")

DEFINING = {"≐": "doteq", ":=": "define", "≜": "triangleq", "≡": "equiv"}
RELATION_HINTS = {"=": "eq", "≈": "approx", **DEFINING}
