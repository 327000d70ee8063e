"""The ways to bend a statement: each rule yields what may stand, wrongly, in the place of one node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .. import language as lang
from ..language import GROUP_SIZE, Frac, GroupMean, Neg, Num, Plus, Policy, Sum, Times, node, plus, times

MIRROR = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}
STRICT = {"≤": "<", "≥": ">"}
VALUES = (lang.Prob, lang.App, lang.Const, lang.Gradient, lang.Log)


class Letters(NamedTuple):
    """What there is beside a node to take it for: policies; laws; variables, free or bound around it; constants; sizes,
    at which ranges end; factors.

    ``differentiated`` says whether a gradient is taken of the node, as a part of something else.
    """

    policies: tuple[Policy, ...]
    variables: tuple[Any, ...] = ()
    laws: tuple[lang.Law, ...] = ()
    constants: tuple[lang.Const, ...] = ()
    sizes: tuple[lang.Const, ...] = ()
    factors: tuple[lang.Node, ...] = ()
    differentiated: bool = False


Rule = Callable[[Any, Letters], Iterator[Any]]


def other_policies(policy: Policy | None, letters: Letters) -> list[Policy]:
    """The policies that are easily taken for another one."""
    return [other for other in letters.policies if other != policy]


def law_of(law: Any, policy: Policy) -> Any:
    """The law of another policy in the same context."""
    if isinstance(law, lang.ProcessLaw):
        return law.with_args((policy, *law.args[1:]))
    return law.with_args((policy, *law.context)) if isinstance(law, lang.Law) else lang.StateLaw(policy)


def sign(at: Any, _: Letters) -> Iterator[Any]:
    """−x for x: a term of a sum, a sum, a mean, a divergence, a gradient; or a minus that is lost."""
    if isinstance(at, Neg):
        yield at.args[0]
    elif isinstance(at, Plus):
        for k, term in enumerate(at.args):
            if isinstance(term, lang.BigO):
                continue
            flipped = term.args[0] if isinstance(term, Neg) else Neg(term)
            yield plus(*at.args[:k], flipped, *at.args[k + 1:])
    elif isinstance(at, (lang.Expect, lang.KL, lang.Gradient, Sum)):
        yield Neg(at)


def law(at: Any, letters: Letters) -> Iterator[Any]:
    """An expectation under another law."""
    if isinstance(at, lang.Expect) and not isinstance(at.law, (lang.Start, lang.Transition)):
        for policy in other_policies(at.law.policy, letters):
            yield lang.Expect(law_of(at.law, policy), at.scope)


def policy(at: Any, letters: Letters) -> Iterator[Any]:
    """Another policy: any of π_θ, π_old and π_ref for any other."""
    if isinstance(at, lang.Prob) and not isinstance(at.law, (lang.Start, lang.Transition)):
        for other in other_policies(at.law.policy, letters):
            yield lang.Prob(law_of(at.law, other), at.action)
    elif isinstance(at, (lang.KL, lang.Entropy, lang.CrossEntropy, lang.Fisher)):
        for k, one in enumerate(at.args):
            for other in other_policies(one.policy, letters):
                yield at.func(*at.args[:k], law_of(one, other), *at.args[k + 1:])


def point(at: Any, _: Letters) -> Iterator[Any]:
    """θ for θ_old: the evaluation at θ_old forgotten, or added."""
    if isinstance(at, lang.AtOld):
        yield at.args[0]
    elif isinstance(at, (lang.Gradient, lang.Hessian)):
        yield lang.AtOld(at)


def factor(at: Any, _: Letters) -> Iterator[Any]:
    """A factor dropped, doubled or one off."""
    if isinstance(at, Times):
        for k in range(len(at.args)):
            yield times(*at.args[:k], *at.args[k + 1:])
    elif isinstance(at, Num) and at.value.q == 1 and at.value > 0:
        yield Num(at.value + 1)
    elif isinstance(at, VALUES):
        yield 2 * at


def dropped_term(at: Any, _: Letters) -> Iterator[Any]:
    """A sum without one of its terms."""
    if isinstance(at, Plus):
        for k in range(len(at.args)):
            yield plus(*at.args[:k], *at.args[k + 1:])


def fraction(at: Any, _: Letters) -> Iterator[Any]:
    """A quotient turned over, or without its denominator: 1/ρ for ρ."""
    if isinstance(at, Frac):
        above, below = at.args
        if above.shape == lang.SCALAR:
            yield Frac(below, above)
        yield above
    elif isinstance(at, lang.Power) and isinstance(at.args[1], Num):
        yield 1 / at


def power(at: Any, _: Letters) -> Iterator[Any]:
    """A power one off, a square forgotten or added, a root, an exponential or an absolute value forgotten."""
    if isinstance(at, lang.Power) and isinstance(at.args[1], Num) and at.args[1].value.q == 1:
        yield at.args[0]
        yield lang.Power(at.args[0], Num(at.args[1].value + 1))
    elif isinstance(at, (lang.Root, lang.Exp, lang.Abs)):
        yield at.args[0]
    elif isinstance(at, (lang.Prob, lang.Const)) or isinstance(at, Frac) and at.shape == lang.SCALAR:
        yield at ** 2


def logarithm(at: Any, _: Letters) -> Iterator[Any]:
    """A logarithm forgotten: ∇π for ∇log π."""
    if isinstance(at, lang.Log):
        yield at.args[0]


def index_range(at: Any, _: Letters) -> Iterator[Any]:
    """A range one short or without its exception, and one sample for all."""
    if isinstance(at, (Sum, lang.Product)) and at.args[0] != lang.ALL:
        upper, excluded, scope = at.args
        yield at.func(plus(node(upper), Neg(Num(1))), excluded, scope)
        if excluded != lang.NONE:
            yield at.func(upper, lang.NONE, scope)
    elif isinstance(at, lang.Sample) and not isinstance(at.args[1], Num):
        yield lang.Sample(at.args[0], Num(1))


def mean_for_sum(at: Any, _: Letters) -> Iterator[Any]:
    """A mean where a sum stands, a sum where a mean stands; a spread for a mean."""
    if isinstance(at, Sum) and at.args[:2] == (GROUP_SIZE, lang.NONE) and at.shape == lang.SCALAR:
        yield GroupMean(at.scope)
    elif isinstance(at, Sum):
        yield at / GROUP_SIZE
    elif isinstance(at, GroupMean):
        yield Sum(GROUP_SIZE, lang.NONE, at.args[0])
        yield lang.GroupSpread(at.args[0])
    elif isinstance(at, lang.GroupSpread):
        yield GroupMean(at.args[0])


def divergence(at: Any, _: Letters) -> Iterator[Any]:
    """A divergence the other way round, and what is not quite one."""
    if isinstance(at, lang.KL):
        yield lang.KL(at.args[1], at.args[0])
        yield lang.CrossEntropy(*at.args)
        yield lang.Entropy(at.args[0])
    elif isinstance(at, lang.CrossEntropy):
        yield lang.CrossEntropy(at.args[1], at.args[0])
        yield lang.KL(*at.args)


def stop_gradient(at: Any, _: Letters) -> Iterator[Any]:
    """A stop-gradient forgotten, or all that is differentiated stopped."""
    if isinstance(at, lang.StopGradient):
        yield at.args[0]
    elif isinstance(at, lang.Gradient):
        yield lang.Gradient(lang.StopGradient(at.args[0]))


def region(at: Any, _: Letters) -> Iterator[Any]:
    """min for max or one of its sides alone, a clip without or beyond its bounds, an indicator the other way."""
    if isinstance(at, (lang.Min, lang.Max)):
        yield (lang.Max if isinstance(at, lang.Min) else lang.Min)(*at.args)
        yield from at.args
    elif isinstance(at, lang.Clip):
        value, low, high = at.args
        yield value
        yield lang.Clip(value, low, low + 1)
        yield lang.Clip(value, 1 - high, high)
        yield lang.Max(value, low)
        yield lang.Min(value, high)
    elif isinstance(at, lang.Indicator):
        op, left, right = at.args
        if str(op) in MIRROR:
            yield lang.Indicator(MIRROR[str(op)], left, right)


def variable(at: Any, letters: Letters) -> Iterator[Any]:
    """Another action or state than the one that is meant."""
    if isinstance(at, (lang.Var, lang.Bound)):
        yield from (other for other in letters.variables if other.sort == at.sort and other != at)


def remainder(at: Any, _: Letters) -> Iterator[Any]:
    """A remainder of a higher order than the one that is proved."""
    if isinstance(at, lang.BigO):
        yield lang.BigO(Num(at.order + 1))


def relation(at: Any, _: Letters) -> Iterator[Any]:
    """An inequality the other way round, or strict; an equation for it, or it for an equation; a side one more."""
    if not isinstance(at, lang.Relation):
        return
    for op in filter(None, (MIRROR.get(at.op), STRICT.get(at.op), "=")):
        yield lang.Relation(op, at.lhs, at.rhs)
    if at.op == "=" and not any(isinstance(part, lang.BigO) for part in at.walk()):
        for op in "<>":
            yield lang.Relation(op, at.lhs, at.rhs)
    yield lang.Relation(at.op, at.lhs + 1 if at.op in "≤<" else at.lhs, at.rhs + 1 if at.op not in "≤<" else at.rhs)


RULES: tuple[Rule, ...] = (sign, law, policy, point, factor, dropped_term, fraction, power, logarithm, index_range,
                           mean_for_sum, divergence, stop_gradient, region, variable, remainder, relation)


Path = tuple[int, ...]


def places(term: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every subterm with its path, the term itself first; the end of a range is left to ``index_range``."""
    yield path, term
    for k, part in enumerate(term.args):
        if isinstance(part, lang.Term) and not (isinstance(term, (Sum, lang.Product)) and k < 2):
            yield from places(part, (*path, k))


def put(term: Any, path: Path, part: Any) -> Any:
    """The term with another part at a path; every node is built anew, and checks its children."""
    if not path:
        return part
    k, *rest = path
    args = term.args
    return term.with_args((*args[:k], put(args[k], tuple(rest), part), *args[k + 1:]))


def attempts(rule: Rule, at: Any, letters: Letters) -> Iterator[Any]:
    """What a rule puts in the place of a node, without what cannot be said even by itself."""
    found = rule(at, letters)
    while True:
        try:
            yield next(found)
        except (StopIteration, lang.LanguageError):
            return


def bent(relation_: lang.Relation, letters: Letters) -> Iterator[tuple[str, lang.Relation]]:
    """Every well-formed relation that differs from the given one at a single place, once, with the rule that bends."""
    seen = {relation_}
    for path, at in places(relation_):
        for rule in RULES:
            for part in attempts(rule, at, letters):
                try:
                    found = put(relation_, path, part)
                except lang.LanguageError:
                    continue  # what cannot be said is no mutant
                if found not in seen:
                    seen.add(found)
                    yield rule.__name__, found
