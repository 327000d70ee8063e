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
from ..parsing.surface import Content
from ..read_error import Fault, ReadError, Unfinished
from ..spelling.customary_braces import braces_without_brackets
from ..spelling.customary_conditions import bare_functions, left_out_conditions, one_law
from ..spelling.customary_estimators import pointwise_estimators
from ..spelling.customary_integrals import over_all_paths
from ..spelling.customary_joints import joint_laws
from ..spelling.customary_laws import drawn_by_name, observed, over_paths, whole_products
from ..spelling.customary_marginals import laws_of_steps
from ..spelling.customary_numbers import numbered_members
from ..spelling.customary_parts import parts_of_paths
from ..spelling.customary_paths import (
    OF_PATHS,
    POLICY,
    factors_of_paths,
    laws_of_paths,
    path_letters,
    repeated_outcomes,
)
from ..spelling.customary_policies import (
    bare_policies,
    bold_letters,
    old_points,
    policies_with_commas,
    policy_at_a_point,
    whole_sets,
)
from ..spelling.customary_ranges import endless_ranges, hatted_steps, ranges_before, whole_ranges
from ..spelling.customary_returns import returns
from ..spelling.customary_sets import of_members, whole_groups
from ..spelling.customary_starts import started_paths
from ..spelling.customary_steps import one_step, rewards_in_series
from ..spelling.edits import Change, Found, edited
from ..spelling.indexed import settle
from ..spelling.permuted import permuted
from .statement import GRANTED, Link, Statement

Read = Callable[[str, Sequence[str], bool], Statement]
LETTER, OF_ONE = re.compile(r"\\?[A-Za-z]+"), "(#1)"
Rule = Callable[[Found], Change | None]
# What says more than a spelling: a text that can be read without it is.
MEANINGS: tuple[Rule, ...] = (bare_policies,)
RULES: tuple[Rule, ...] = (
    parts_of_paths, laws_of_steps, pointwise_estimators, observed, bold_letters, old_points, policy_at_a_point,
    policies_with_commas, numbered_members, bare_policies, whole_sets, whole_products, repeated_outcomes,
    hatted_steps, path_letters, over_all_paths, factors_of_paths, laws_of_paths, rewards_in_series, one_step,
    drawn_by_name, over_paths, endless_ranges, ranges_before, whole_ranges, returns, started_paths, one_law,
    left_out_conditions, bare_functions, braces_without_brackets, whole_groups, of_members)


def named_joint_laws(found: Found) -> Change | None:
    """What a text says of one joint law whose things are told by their letters; none that is printed in two orders."""
    return None if permuted(found.text) else joint_laws(found)


# What writes all of a text anew, tried where nothing else makes it one that can be read.
ANEW: tuple[Rule, ...] = (named_joint_laws,)
# What prints the ranges of sums over steps, and takes nothing for granted.
RANGES: tuple[Rule, ...] = (hatted_steps, endless_ranges)
# What any of the rules looks for; told at a glance.
GLANCE = re.compile(
    r"\\mathbb\s*(?:E|\{\s*E\s*\})\s*(?:[^_\s]|_\s*(?:[a-z]|\{\s*[a-z]'*(?:_\{?0\}?)?\s*\}))"
    r"|\\pi(?!\s*[A-Za-z_^])|\\(?:theta|phi)\s*\^|[pP](?:_[^()]*)?\(\s*\\tau|\\mathcal\s*\{?\s*T|\\xi|\\zeta|\\bm"
    r"|\\boldsymbol|\\mathbf\s*\{?\s*[A-Za-z]\s*\}|;|\\sim|s_\{?0|\\pi\s*_\s*\\theta\s*(?:$|[^\s(])"
    r"|(?:Var|Cov|Std)\s*\}?\s*_\s*\{?\s*[GKMN]|(?:[Mm]ean|[Ss]td|[Aa]vg|[Vv]ar)\s*\}?\s*(?:\\left)?\s*\(\s*(?:\\left)?\\\{"
    r"|[pP]\s*\((?:[^()|]*,[^()|]*(?:\||\))|\s*[A-Za-z]\s*(?:\||\\mid)\s*[A-Za-z]\s*\))|E\s*\}?\s*_\s*\{?\s*[A-Z]"
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


def written_out(text: str, defined: Iterable[str] = (), profile: Profile = PAPER, rules: Sequence[Rule] = RULES,
                at: tuple[str, str] = ("", ""), functions: Iterable[str] = (), steps: tuple[str, str] | None = None
                ) -> Written | None:
    r"""A text with what it prints by custom written out; None where there is nothing of that kind.

    ``defined`` are the letters of functions that something beside the text defines, ``at`` is the outcome and the
    condition of the laws in these, ``functions`` are those of one argument, ``steps`` the first and the last of sums in
    other texts; ``rules`` say what is written out.

    >>> written_out(r"\mathbb{E}_{\tau \sim p_\theta(\tau)}[R(\tau)]").text
    '\\mathbb{E}_{\\tau \\sim \\pi_{\\theta}}[R(\\tau)]'
    """
    customs, done, known, shown = list[str](), list[Expanded](), frozenset(defined), True
    try:
        found = Found(text, surface(text, profile), known, at, frozenset(functions), steps)
        for rule in rules:
            if (change := rule(found)) is not None:
                done.append(edited(found.text, change.edits))
                found = found._replace(text=done[-1].text, content=surface(done[-1].text, profile))
                customs += [change.said] if change.said else []
                shown = shown and change.shown
    except Fault:
        return None
    return Written(found.text, tuple(customs), shown, tuple(done)) if done else None


def surface(text: str, profile: Profile) -> Content:
    """The surface of a text, in which every rule looks for what it writes out. Raises Fault."""
    found, _ = parse(text, profile)
    settle(found)
    return found


def noting(rule: Rule, made: list[Change]) -> Rule:
    """A rule that takes note of the changes that it makes."""
    def noted(found: Found) -> Change | None:
        change = rule(found)
        made.extend(() if change is None else (change,))
        return change

    return noted


def read_by_custom(latex: str, where: Sequence[str], layouts: Iterable[str], profile: Profile, read: Read,
                   at: Callable[[], tuple[str, str]], steps: tuple[str, str] | None = None) -> Statement | None:
    """What a text and its definitions say once they are written out; None where that is nothing that can be read.

    ``read`` reads a text and those beside it, and whether laws of paths are those of policies. ``layouts`` are those of
    the functions that are defined beside the text, ``at`` gives what the laws in these draw and are conditioned on.
    What says more than a spelling is written out where the text cannot be read without; where it can, that is what the
    statement says by custom. Raises ReadError where the text leaves something open.
    """
    layouts = list(layouts)
    defined = {letter[0] for layout in layouts if (letter := LETTER.match(layout))}
    functions = {layout.removesuffix(OF_ONE) for layout in layouts if layout.endswith(OF_ONE)}
    if not any(map(GLANCE.search, (latex, *where))):
        return None
    laws = at() if POLICY in latex else ("", "")

    def under(rules: Sequence[Rule]) -> tuple[Written | None, ...]:
        return (written_out(latex, defined, profile, rules, laws, functions, steps),
                *(written_out(text, defined, profile, rules, steps=steps) for text in where))

    def all_written() -> Statement | None:
        try:
            return read_written(latex, where, whole, read)
        except ReadError:
            return None

    more = list[Change]()
    whole = under([noting(rule, more) if rule in MEANINGS else rule for rule in RULES])
    spelt = under([rule for rule in RULES if rule not in MEANINGS]) if more else whole
    plain = None if spelt == whole else read_written(latex, where, spelt, read)
    if plain is None:
        found = read_written(latex, where, whole, read)
        return read_written(latex, where, under(ANEW), read) if found is None else found
    return replace(plain, customary=all_written)


def read_written(latex: str, where: Sequence[str], texts: Sequence[Written | None], read: Read) -> Statement | None:
    """What ``texts`` say, a text and its definitions written out; None where nothing is, or it cannot be read.

    Raises ReadError where they leave something open, or define a symbol by what cannot be read."""
    if not any(texts):
        return None
    plain = [text if one is None else one.text for text, one in zip((latex, *where), texts, strict=True)]
    customs = tuple(dict.fromkeys(said for one in texts if one is not None for said in one.customs))
    try:
        found = read(plain[0], plain[1:], any(said.startswith(OF_PATHS) for said in customs))
    except ReadError as error:
        if error.fork is not None or error.status == Unfinished.status:
            raise
        return None
    for definition in found.definitions:
        definition.hints[GRANTED] = "\n".join(customs)
    shown = all(one is None or one.shown for one in texts)
    return replace(at_home(latex, texts[0], found), supposed=customs, shown=shown)


def at_home(latex: str, written: Written | None, found: Statement) -> Statement:
    """What a text says once it is written out, at its places in the printed text."""
    links = found.links if written is None else tuple(placed(latex, written, link) for link in found.links)
    return replace(found, links=links, latex=latex)


def placed(latex: str, written: Written, link: Link) -> Link:
    """A link at its place in the printed text."""
    lines = written.text.split("\n")
    pos = written.origin(sum(len(line) + 1 for line in lines[:link.line - 1]) + link.column - 1)
    return replace(link, line=latex.count("\n", 0, pos) + 1, column=pos - latex.rfind("\n", 0, pos))
