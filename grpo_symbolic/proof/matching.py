"""Rewriting with an equation: every instance of one side becomes the same instance of the other."""

from __future__ import annotations

from sympy import Basic

from .. import language as lang


def rewrite_with(term: lang.Term, left: lang.Node, right: lang.Node) -> lang.Term:
    """``term`` with each subterm that is an instance of ``left`` replaced by that instance of ``right``.

    The free variables of the equation stand for any term of their sort.
    """
    if isinstance(left, lang.Num):
        return term
    if isinstance(right, lang.Num) and left.shape != lang.SCALAR:
        # a literal that stands for a vector or matrix keeps the shape of what it replaces
        right = right * left
    pattern_vars = left.free

    def rule(part: Basic) -> Basic | None:
        found: dict[lang.Var, Basic] = {}
        if not match(left, part, pattern_vars, found, 0) or not right.free <= set(found):
            return None
        return lang.substitute(right, found)

    return lang.rewrite(term, rule)


def match(pattern: Basic, term: Basic, free: frozenset[lang.Var], found: dict[lang.Var, Basic], depth: int) -> bool:
    """Whether ``term`` is ``pattern`` at some values of its free variables; ``found`` collects them."""
    if isinstance(pattern, lang.Var) and pattern in free:
        value = lowered(term, depth)
        if value is None or lang.sort_of(value) != pattern.sort:
            return False
        return found.setdefault(pattern, value) == value
    if type(pattern) is not type(term) or len(pattern.args) != len(term.args):
        return False
    if not isinstance(pattern, lang.Term) or not pattern.args or isinstance(pattern, (lang.Bound, lang.Var)):
        return bool(pattern == term)
    inner = depth + isinstance(pattern, lang.Scope)
    return all(match(p, t, free, found, inner) for p, t in zip(pattern.args, term.args, strict=True))


def lowered(term: Basic, depth: int) -> Basic | None:
    """A term met under ``depth`` binders of the pattern, as seen outside them; None where it mentions one of them."""
    if not isinstance(term, lang.Term) or term.loose == 0 or depth == 0:
        return term
    if isinstance(term, lang.Bound):
        return lang.Bound(term.depth - depth, term.sort) if term.depth >= depth else None
    if isinstance(term, lang.Scope):
        return None
    parts = [lowered(arg, depth) for arg in term.args]
    return None if any(part is None for part in parts) else term.with_args(tuple(p for p in parts if p is not None))
