r"""The third side: what the reference functions say, as latexify renders them and our reader reads them.

A ``Vocabulary`` declares which symbol of the paper a Python name stands for, and how a NumPy call is written; nothing
is guessed, and a name or call without an entry is an error. The kernel then decides whether the code says the equation.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.util import find_spec
from typing import Any

from ..language import Claim, Definition, LanguageError, Maximum, Node
from ..latex.names.environment import Environment
from ..latex.names.meaning import DIFFERENT, same_meaning
from ..latex.printing.compare import lexed
from ..latex.printing.printer import latex
from ..latex.statement.reader import read_expression, read_statement
from ..shelf.book import UnknownItem
from . import reference as code
from .collection import item
from .notation import ADVANTAGE, OBJECTIVE

DECORATION = re.compile(r"\\math(?:open|close)\{\}|\\left(?![a-z])|\\right(?![a-z])")
NAME = re.compile(r"\\mathrm\{(?P<word>[^{}]*)\}|(?P<letter>[A-Za-z])|\\(?P<sign>sum|prod)")
PLACE = re.compile(r"#(\d)")


UNRENDERED = "not rendered"


class Unspoken(LanguageError):
    """Code that the vocabulary has no words for."""


def renders() -> bool:
    """Whether code can be rendered: latexify is there, which ends at Python 3.13."""
    return find_spec("latexify") is not None


@dataclass(frozen=True)
class Vocabulary:
    """``words``: the LaTeX of a Python name. ``calls``: that of a call, with places for its arguments, by its name
    and the names that end its list of arguments (the axis, the weights)."""

    words: Mapping[str, str]
    calls: Mapping[tuple[str, ...], str]

    def with_words(self, **words: str) -> Vocabulary:
        """The vocabulary with some words changed."""
        return replace(self, words={**self.words, **words})


def words_at(action: str) -> dict[str, str]:
    """The names of what has a value at an action."""
    score = rf"\nabla_\theta \log \pi_\theta({action}|s)"
    return {
        "pi_theta": rf"\pi_\theta({action}|s)",
        "pi_old": rf"\pi_{{\theta_{{\text{{old}}}}}}({action}|s)",
        "pi_ref": rf"\pi_{{\text{{ref}}}}({action}|s)",
        "pi_slope": rf"(\nabla_\theta \pi_\theta({action}|s))",
        "score": rf"({score})",
        "step_slope": rf"(\left. ({score})^\top \right|_{{\theta = \theta_{{\text{{old}}}}}} \Delta\theta)",
        "reward": rf"r(s, {action})",
        "beta": r"\beta", "epsilon": r"\epsilon", "clip_range": r"\varepsilon",
    }


ELEMENTWISE: Mapping[tuple[str, ...], str] = {
    ("minimum",): r"\min(#1, #2)", ("clip",): r"\text{clip}(#1, #2, #3)",
}

IN_GROUPS = Vocabulary(
    {**words_at("a_i"), "rho": r"\rho_i(\theta)", "ell": r"\ell_i(\theta)", "advantage": r"\tilde{A}_i",
     "centred_reward": r"\hat{A}_i", "mean_reward": r"\bar{r}(s)", "spread": r"\sigma_r(s)"},
    {**ELEMENTWISE,
     ("mean", "GROUP"): r"(\frac{1}{G} \sum_{i=1}^G (#1))",
     ("average", "OUTCOMES", "probability"): r"\mathbb{E}_{s,a_{1:G}|\pi_{\theta_{\text{old}}}}[#1]"},
)
OVER_ACTIONS = Vocabulary(
    {**words_at("a"), "rho": r"\rho(\theta)", "advantage": "A(s, a)"},
    {**ELEMENTWISE,
     ("sum", "ACTIONS"): r"(\sum_{a} (#1))",
     ("average", "OUTCOMES", "probability"): r"\mathbb{E}_{s,a \sim \pi_{\theta_{\text{old}}}}[#1]"},
)


def between(first: str, second: str) -> Vocabulary:
    """Two laws of actions, p and q, by the names of their policies."""
    known = words_at("a")
    return OVER_ACTIONS.with_words(p=known[first], q=known[second])


@dataclass(frozen=True)
class Reference:
    """A reference function, and the expression of the paper that it computes: a part of an item."""

    function: Callable[..., Any]
    id: str
    vocabulary: Vocabulary
    part: int = 0

    @property
    def name(self) -> str:
        return self.function.__name__

    @cached_property
    def target(self) -> Node:
        """The expression of the paper: the right side of a statement, the objective of a maximum."""
        statement = item(self.id).statement
        statement = statement[self.part] if isinstance(statement, tuple) else statement
        if isinstance(statement, Maximum):
            return statement.args[0]
        return statement if isinstance(statement, Node) else statement.rhs

    @cached_property
    def rendered(self) -> str:
        """The code's LaTeX, as latexify writes it."""
        return rendered(self.function)

    @cached_property
    def latex(self) -> str:
        """The code's LaTeX, in the symbols of the paper."""
        return spoken(self.rendered, self.vocabulary)

    @cached_property
    def said(self) -> Node:
        """What our reader reads there."""
        return read_expression(self.latex, context())

    @cached_property
    def known(self) -> tuple[Definition, ...]:
        """The definitions that both sides stand under."""
        statement = item(self.id).statement
        return (*context().definitions, *(statement.where if isinstance(statement, Claim) else ()))

    def compare(self) -> str:
        """``identical``, ``equal`` (decided by the kernel) or ``different``: what the code says, and the paper; or
        ``not rendered`` where latexify is missing."""
        return same_meaning(self.said, self.target, self.known) if renders() else UNRENDERED

    def record(self) -> dict[str, Any]:
        """The third side as a JSON record."""
        meaning = self.compare()
        said = {"rendered": self.rendered, "latex": self.latex} if renders() else {"rendered": None, "latex": None}
        return {"function": self.name, **said, "meaning": meaning, "same_meaning": meaning != DIFFERENT}


REFERENCES = (
    Reference(code.centred, "advantage-as-meant", IN_GROUPS, 0),
    Reference(code.advantage, "advantage-as-meant", IN_GROUPS, 1),
    Reference(code.group_spread, "advantage-as-meant", IN_GROUPS, 2),
    Reference(code.ratio, "eq01", IN_GROUPS),
    Reference(code.log_ratio, "eq02", IN_GROUPS),
    Reference(code.divergence, "eq04", between("pi_theta", "pi_ref")),
    Reference(code.surrogate, "trust-region", OVER_ACTIONS),
    Reference(code.objective, "eq05", IN_GROUPS),
    Reference(code.clipped_objective, "eq06-as-meant", IN_GROUPS),
    Reference(code.ratio_slope, "eq07", IN_GROUPS),
    Reference(code.log_ratio_slope, "eq08", IN_GROUPS),
    Reference(code.first_order_expansion, "first-order-expansion", OVER_ACTIONS.with_words(
        step_slope=r"((\nabla_\theta \log \pi_\theta(a|s))^\top \Delta\theta)")),
    Reference(code.objective_slope, "eq09", IN_GROUPS),
    Reference(code.regulariser_slope, "eq10", OVER_ACTIONS),
    Reference(code.divergence, "eq11", between("pi_old", "pi_theta")),
    Reference(code.forward_divergence_slope, "eq12", OVER_ACTIONS),
    Reference(code.half_fisher, "eq13", OVER_ACTIONS),
    Reference(code.k3, "k3", OVER_ACTIONS),
    Reference(code.group_mean, "group-mean", IN_GROUPS),
    Reference(code.cross_entropy, "cross-entropy", between("pi_old", "pi_theta")),
)


def references_of(name: str) -> tuple[Reference, ...]:
    """The reference functions for an item. Raises UnknownItem where there is none."""
    found = tuple(one for one in REFERENCES if one.id == name)
    if not found:
        raise UnknownItem(f"no reference function computes {name!r}")
    return found


@cache
def context() -> Environment:
    """The definitions under which the paper's symbols are read."""
    environment = Environment()
    for definition in (*ADVANTAGE, *OBJECTIVE):
        environment = read_statement(latex(definition), environment=environment).environment
    return environment


def rendered(function: Callable[..., Any]) -> str:
    """The expression that a function returns, as latexify writes it. Raises Unspoken for named arguments in a call,
    which latexify leaves out."""
    import latexify

    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for part in ast.walk(tree):
        if isinstance(part, ast.Call) and part.keywords:
            raise Unspoken("a call with a named argument cannot be rendered", function.__name__)
    found: str = latexify.get_latex(function, prefixes={"np"}, use_signature=False, reduce_assignments=True)
    return found


def spoken(rendering: str, vocabulary: Vocabulary) -> str:
    """A rendering in the symbols of a vocabulary. Raises Unspoken for a name or call without an entry."""
    words = [token.text for token in lexed(DECORATION.sub("", rendering))]
    return " ".join(phrases(words, vocabulary))


def phrases(words: list[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The words of a rendering, one after another, names and calls replaced."""
    place = 0
    while place < len(words):
        name, place = python_name(words[place]), place + 1
        if name is None:
            yield words[place - 1]
        elif words[place:place + 1] == ["("]:
            args, place = arguments(words, place)
            yield call(name, args, vocabulary)
        elif name in vocabulary.words:
            yield vocabulary.words[name]
        else:
            raise Unspoken("no symbol is declared for this name", name)


def python_name(word: str) -> str | None:
    """The Python name that latexify has written as this word."""
    found = NAME.fullmatch(word)
    return None if found is None else next(filter(None, found.groups())).replace(r"\_", "_")


def arguments(words: list[str], start: int) -> tuple[list[list[str]], int]:
    """The arguments in the bracket that opens at ``start``, and the place after it."""
    args: list[list[str]] = [[]]
    depth = 0
    for place in range(start, len(words)):
        word = words[place]
        depth += (word in "([{") - (word in ")]}")
        if depth == 0:
            return args, place + 1
        if word == "," and depth == 1:
            args.append([])
        elif place > start:
            args[-1].append(word)
    raise Unspoken("a bracket is never closed", " ".join(words))


def call(name: str, args: list[list[str]], vocabulary: Vocabulary) -> str:
    """A call in the symbols of the vocabulary."""
    for (known, *ends), layout in vocabulary.calls.items():
        rest = len(args) - len(ends)
        names = [python_name(arg[0]) if len(arg) == 1 else None for arg in args[rest:]] if rest >= 0 else None
        if known == name and names == ends and rest == len(set(PLACE.findall(layout))):
            return filled(layout, [" ".join(phrases(arg, vocabulary)) for arg in args[:rest]])
    raise Unspoken("no notation is declared for this call", f"{name}, with {len(args)} arguments")


def filled(layout: str, args: list[str]) -> str:
    """A layout with its arguments."""
    return PLACE.sub(lambda found: args[int(found[1]) - 1], layout)
