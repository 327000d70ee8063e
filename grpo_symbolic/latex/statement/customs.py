r"""A text that cannot be read as it stands, once what it prints by custom is written out.

What was taken for granted is noted: a proof under it names it, and what fails under it may mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..notation.profiles import PAPER, Profile
from ..parsing.macros import Expanded
from ..parsing.parser import parse
from ..read_error import Fault, ReadError
from ..spelling.customary_braces import braces_without_brackets
from ..spelling.customary_conditions import bare_functions, left_out_conditions, one_law
from ..spelling.customary_integrals import over_all_paths
from ..spelling.customary_laws import drawn_by_name, observed, over_paths
from ..spelling.customary_paths import POLICY, factors_of_paths, laws_of_paths, path_letters, repeated_outcomes
from ..spelling.customary_policies import bare_policies, bold_letters, policies_with_commas, whole_sets
from ..spelling.customary_ranges import hatted_steps, open_ranges, whole_ranges
from ..spelling.customary_returns import returns
from ..spelling.customary_sets import of_members, whole_groups
from ..spelling.customary_starts import started_paths
from ..spelling.customary_steps import one_step, rewards_in_series
from ..spelling.edits import Change, Found, edited
from .statement import GRANTED, Link, Statement

Read = Callable[[str, Sequence[str]], Statement]
LETTER, OF_ONE = re.compile(r"\\?[A-Za-z]+"), "(#1)"
Rule = Callable[[Found], Change | None]
RULES: tuple[Rule, ...] = (
    observed, bold_letters, policies_with_commas, bare_policies, whole_sets, repeated_outcomes, hatted_steps,
    path_letters, over_all_paths, factors_of_paths, laws_of_paths, rewards_in_series, one_step, drawn_by_name,
    over_paths, open_ranges, whole_ranges, returns, started_paths,
    one_law, left_out_conditions, bare_functions, braces_without_brackets, whole_groups, of_members)
# What any of the rules looks for; told at a glance.
GLANCE = re.compile(
    r"\\mathbb\s*(?:E|\{\s*E\s*\})\s*(?:[^_\s]|_\s*(?:[a-z]|\{\s*[a-z]'*(?:_\{?0\}?)?\s*\}))"
    r"|\\pi(?!\s*[A-Za-z_^])|[pP](?:_[^()]*)?\(\s*\\tau|\\mathcal\s*\{?\s*T|\\xi|\\zeta|\\bm|\\boldsymbol|;|\\sim|s_\{?0"
    r"|(?:Var|Cov|Std)\s*\}?\s*_\s*\{?\s*[GKMN]|(?:[Mm]ean|[Ss]td|[Aa]vg|[Vv]ar)\s*\}?\s*(?:\\left)?\s*\(\s*(?:\\left)?\\\{"
    r"|\\pi\s*_\s*\\theta\s*(?:$|[^\s(])"
    r"|\\sum\s*(?:\\limits)?\s*_(?!\s*\{[^{}]*=)|(?:\||\\mid|\\vert)[\s{]*[sS]_|-\s*\\(?:under|over)brace")


class Written(NamedTuple):
    """A text written out, what was taken for granted, whether all of it is shown, and the steps from the printed text
    to it."""

    text: str
    customs: tuple[str, ...]
    shown: bool
    steps: tuple[Expanded, ...]

    def origin(self, pos: int) -> int:
        """The offset in the printed text of an offset in this one."""
        for step in reversed(self.steps):
            pos = step.origin(pos)
        return pos


def written_out(text: str, defined: Iterable[str] = (), profile: Profile = PAPER, at: tuple[str, str] = ("", ""),
                functions: Iterable[str] = ()) -> Written | None:
    r"""A text with what it prints by custom written out; None where there is nothing of that kind.

    ``defined`` are the letters of functions that something beside the text defines, ``at`` is the outcome and the
    condition of the laws in these, ``functions`` are those of one argument.

    >>> written_out(r"\mathbb{E}_{\tau \sim p_\theta(\tau)}[R(\tau)]").text
    '\\mathbb{E}_{\\tau \\sim \\pi_{\\theta}}[R(\\tau)]'
    """
    customs, steps, known, shown = list[str](), list[Expanded](), frozenset(defined), True
    try:
        found = Found(text, parse(text, profile)[0], known, at, frozenset(functions))
        for rule in RULES:
            if (change := rule(found)) is not None:
                steps.append(edited(found.text, change.edits))
                found = found._replace(text=steps[-1].text, content=parse(steps[-1].text, profile)[0])
                customs += [change.said] if change.said else []
                shown = shown and change.shown
    except Fault:
        return None
    return Written(found.text, tuple(customs), shown, tuple(steps)) if steps else None


def read_by_custom(latex: str, where: Sequence[str], layouts: Iterable[str], profile: Profile, read: Read,
                   at: Callable[[], tuple[str, str]]) -> Statement | None:
    """What a text and its definitions say once they are written out; None where that is nothing that can be read.

    ``layouts`` are those of the functions that are defined beside the text, ``at`` gives what the laws in these draw
    and are conditioned on.
    """
    layouts = list(layouts)
    defined = {letter[0] for layout in layouts if (letter := LETTER.match(layout))}
    functions = {layout.removesuffix(OF_ONE) for layout in layouts if layout.endswith(OF_ONE)}
    if not any(map(GLANCE.search, (latex, *where))):
        return None
    laws = at() if POLICY in latex else ("", "")
    texts = [written_out(latex, defined, profile, laws, functions),
             *(written_out(text, defined, profile) for text in where)]
    if not any(texts):
        return None
    plain = [text if one is None else one.text for text, one in zip((latex, *where), texts, strict=True)]
    try:
        found = read(plain[0], plain[1:])
    except ReadError:
        return None
    customs = tuple(dict.fromkeys(said for one in texts if one is not None for said in one.customs))
    for definition in found.definitions:
        definition.hints[GRANTED] = "\n".join(customs)
    main = texts[0]
    links = found.links if main is None else tuple(placed(latex, main, link) for link in found.links)
    shown = all(one is None or one.shown for one in texts)
    return replace(found, links=links, latex=latex, supposed=customs, shown=shown)


def placed(latex: str, written: Written, link: Link) -> Link:
    """A link at its place in the printed text."""
    lines = written.text.split("\n")
    pos = written.origin(sum(len(line) + 1 for line in lines[:link.line - 1]) + link.column - 1)
    return replace(link, line=latex.count("\n", 0, pos) + 1, column=pos - latex.rfind("\n", 0, pos))
