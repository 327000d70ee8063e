"""What the words of a document say of a symbol beyond what the field means by it: what fails may hold with it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..language import Head
from ..latex.documents.speech import REWARD
from ..latex.notation.vocabulary import words
from ..latex.statement.links import symbols_of
from ..latex.statement.statement import Statement, Told
from ..lore.matching import kin
from ..lore.process import SPOKEN
from ..lore.table import LORE
from ..lore.told import agrees
from ..proof.hypotheses import plain_name
from .verdict import Verdict

# Words that turn, scale or bound what they are said of, or say more of it than its kind.
QUALIFYING = words(
    "negative negated negation minus opposite inverse inverted reciprocal reversed regret regrets cost costs penalty "
    "penalties unnormalised unnormalized normalised normalized uncentred uncentered centred centered standardised "
    "standardized whitened zero rescaled scaled shifted doubled halved squared signed absolute truncated clipped "
    "constant uniform deterministic symmetric antisymmetric independent uncorrelated unbiased orthogonal positive "
    "nonnegative nonpositive bounded convex concave linear quadratic monotone increasing decreasing optimal greedy "
    "without half factor")
VISITS = "d"  # the kin of how visited states are weighted, which the field says more of
MEAN = words("zero mean")  # which are said together: that rewards are zero or one says nothing more of them
OF_RANGE = words("bounded")  # which says nothing of an equation
NO_LAW = words("unnormalised unnormalized improper")
LAW = re.compile(r"Normalised\((.+)\)")
FONT = r"\\(?:hat|tilde|bar|mathcal|mathbf|mathrm|text|operatorname)\s*\{[^{}]*\}"
SYMBOL = re.compile(rf"(?:{FONT}|\\[A-Za-z]+|[A-Za-z])(?:\s*_\s*(?:\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}|\\?[A-Za-z0-9]))?")
STEM = re.compile(r"[_^(]")


def cased(symbol: str) -> tuple[str, bool]:
    """What prints of one symbol share, and whether its letter is a capital."""
    return kin(symbol), any(letter.isupper() for letter in STEM.split(symbol)[0])


VALUES = frozenset(map(cased, "VQAJG"))  # which are made of rewards


def heeded(verdict: Verdict, statement: Statement) -> Verdict:
    """The verdict where words of the text say more of a symbol that is printed than the field means by it: what fails
    may hold under that, and what is said to be no law is none."""
    if verdict.status == "refuted":
        said = ((one, turning(one, statement)) for one in printed(statement)
                if not usual(one) and cased(one.symbol) not in defined(statement))
        result = "fails, unless it is meant under"
    elif verdict.status == "proved":
        laws = {STEM.split(law[1])[0] for name in verdict.hypotheses if (law := LAW.fullmatch(name)) is not None}
        said = ((one, one.words & NO_LAW) for one in printed(statement)
                if STEM.split(plain_name(one.symbol))[0] in laws)
        result = "holds by custom, and may fail under"
    else:
        return verdict
    found = next(((one.symbol, ", ".join(sorted(words))) for one, words in said if words), None)
    if found is None:
        return verdict
    return replace(verdict, status="undecided", proved=None, hypotheses=(), counterexample=None, change=None, spot=None,
                   reason=f"it {result} what the text says of {found[0]} ({found[1]})")


def printed(statement: Statement) -> list[Told]:
    """What the text tells of the symbols that a statement prints."""
    if not statement.told:
        return []
    found = {cased(one.group()) for one in SYMBOL.finditer(statement.latex)}
    read = symbols_of(claim.relation for claim in statement.claims)  # what a standard reading has, too
    found |= {cased(one.layout if isinstance(one, Head) else one.name) for one in read}
    found |= {cased(REWARD)} if found & VALUES else set()
    return sorted((one for one in statement.told if cased(one.symbol) in found),
                  key=lambda one: (one.symbol, sorted(one.words)))


def turning(told: Told, statement: Statement) -> frozenset[str]:
    """The words that say more of a symbol than its kind, and bear on a statement."""
    said = told.words & (QUALIFYING if compares(statement) else QUALIFYING - OF_RANGE)
    return said if told.words >= MEAN else said - MEAN


def defined(statement: Statement) -> set[tuple[str, bool]]:
    """The symbols that a statement has of definitions, which words beside these do not change."""
    return {cased(one.head.layout) for claim in statement.claims for one in claim.where if one.head is not None}


def compares(statement: Statement) -> bool:
    """Whether a statement says which of two sides is more."""
    return any(claim.relation.op not in ("=", "≈") for claim in statement.claims)


def usual(told: Told) -> bool:
    """Whether the field says that of a symbol, too."""
    name = kin(told.symbol)
    entries = [SPOKEN] if name == VISITS else [entry for entry in LORE if name in map(kin, entry.printed)]
    return any(agrees(entry, told.words) for entry in entries)
