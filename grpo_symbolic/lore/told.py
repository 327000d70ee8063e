r"""Whether what a document tells of a symbol, in words, is what its standard reading says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import lru_cache

from ..latex.kinds.parameter import THETA
from ..latex.notation.priors import POLICY
from ..latex.notation.vocabulary import words
from ..latex.spelling.edits import LABEL
from ..latex.statement.statement import Statement, Told
from .matching import kin
from .table import Entry

EQUATED = "="
SPACES = re.compile(r"[\s{}]+")
# Words with which the field speaks of the symbols that have a standard reading.
USUAL = words(
    "is are be denotes denote represents stands the a an our its this of over under for to in as by on from and or "
    "that each every all per at one same usual usually standard common commonly called simply just also known "
    "defined above below i-th th group groups mean means average averages averaged empirical sample samples sampled "
    "response responses output outputs completion completions reward rewards return returns advantage advantages "
    "estimate estimates estimated estimator estimators unbiased ratio ratios importance likelihood probability "
    "probabilities sampling weight weights policy policies objective objectives function functions expected "
    "expectation loss losses maximized maximised minimized minimised value values state states action actions "
    "prompt prompts question questions query queries divergence kl log rl training model")


# Those of quantities of steps, and what some of them must be told to be, if they are told of.
OF_STEPS = USUAL | words(
    "td temporal difference differences error errors residual residuals step steps time discount discounted factor "
    "gae generalized generalised critic baseline future cumulative total horizon trajectory trajectories path paths "
    "next current immediate received obtained learned parameter parameters decay trace")
MEANT = {r"\delta": words("td temporal error errors residual residuals"),
         **dict.fromkeys(("R", "G"), words("return returns go cumulative future total sum"))}
# Those of which one must be told of a letter that custom takes for a ratio of policies, if it is told of.
RATIO = words("ratio ratios likelihood importance density densities weight weights")
# A parameter after a semicolon, and that of a policy.
POINT = re.compile(r";[^;]*\)\s*$")
OF_POLICY = re.compile(r";\s*(?:\\(?:bm|boldsymbol|mathbf)\s*)?\{*\s*\\(?:theta|phi)[\s}]*\)\s*$")
STEM = re.compile(r"[({_^]")


def told_otherwise(statement: Statement, text: str) -> str:
    """The symbol of a text that the document of a statement equates with something, or calls otherwise than custom."""
    text = LABEL.sub("", text)
    for one in statement.told:
        letter = STEM.split(one.symbol)[0].strip()
        before = "" if letter.startswith("\\") else r"(?<![A-Za-z\\])"
        if not letter or not re.search(before + re.escape(letter) + "(?![A-Za-z])", text):
            continue
        if one.symbol == THETA or other_policy(one.symbol, text):
            continue  # a point at which the parameter stands is none of what is called by it
        said = {word for word in one.words if word.isascii()}
        meant = RATIO if f"{letter} = {POLICY}" in text else MEANT.get(letter, said)
        if EQUATED in said or not said <= OF_STEPS or said and not said & meant:
            return one.symbol
    return ""


def other_policy(symbol: str, text: str) -> bool:
    r"""Whether a symbol is a policy that its scripts tell from those of a text, as \pi^* from \pi."""
    head = SPACES.sub("", symbol.partition("(")[0])
    return head.startswith(POLICY) and head != POLICY and head not in SPACES.sub("", text)


def agrees(entry: Entry, said: Set[str]) -> bool:
    """Whether words say no more of a symbol than its standard reading does, and nothing that it is not."""
    return said <= USUAL | words(entry.words) and said.isdisjoint(words(entry.unlike))


@lru_cache(16)
def by_kin(told: frozenset[Told]) -> Mapping[str, Set[str]]:
    """What a document tells of its symbols, by what their prints share; what depends on another parameter than the
    policy, as Q(s,a;w), is another symbol."""
    found: dict[str, frozenset[str]] = {}
    for one in told:
        point = POINT.search(one.symbol)
        name = kin(one.symbol) + (point[0] if point is not None and not OF_POLICY.match(point[0]) else "")
        found[name] = found.get(name, frozenset()) | one.words
    return found
