"""The ways to bend a statement: each rule yields what may stand, wrongly, in the place of one node."""

from dataclasses import replace

from grpo_symbolic import language as lang
from grpo_symbolic.language import GROUP_SIZE, Frac, GroupMean, Neg, Num, Plus, Policy, Sum, Times, node, plus, times

PI, OLD = Policy(r"\pi"), Policy(r"\pi", "old")
REF = Policy(r"\pi_{\text{ref}}", "constant")
MIRROR = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}
STRICT = {"≤": "<", "≥": ">"}
VALUES = (lang.Prob, lang.App, lang.Const, lang.Gradient, lang.Log)


def other_policies(policy):
    """The policies that are easily taken for another one."""
    return [other for other in (PI, OLD, REF) if other != policy]


def law_of(law, policy):
    """The law of another policy in the same context."""
    return law.with_args((policy, *law.context)) if isinstance(law, lang.Law) else lang.StateLaw(policy)


def sign(at):
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


def law(at):
    """An expectation under another law."""
    if isinstance(at, lang.Expect):
        for policy in other_policies(at.law.policy):
            yield lang.Expect(law_of(at.law, policy), at.scope)


def policy(at):
    """Another policy: any of π_θ, π_old and π_ref for any other."""
    if isinstance(at, lang.Prob):
        for other in other_policies(at.law.policy):
            yield lang.Prob(law_of(at.law, other), at.action)
    elif isinstance(at, (lang.KL, lang.Entropy, lang.CrossEntropy, lang.Fisher)):
        for k, one in enumerate(at.args):
            for other in other_policies(one.policy):
                yield at.func(*at.args[:k], law_of(one, other), *at.args[k + 1:])


def point(at):
    """θ for θ_old: the evaluation at θ_old forgotten, or added."""
    if isinstance(at, lang.AtOld):
        yield at.args[0]
    elif isinstance(at, (lang.Gradient, lang.Hessian)):
        yield lang.AtOld(at)


def factor(at):
    """A factor dropped, doubled or one off."""
    if isinstance(at, Times):
        for k in range(len(at.args)):
            yield times(*at.args[:k], *at.args[k + 1:])
    elif isinstance(at, Num) and at.value.q == 1 and at.value > 0:
        yield Num(at.value + 1)
    elif isinstance(at, VALUES):
        yield 2 * at


def dropped_term(at):
    """A sum without one of its terms."""
    if isinstance(at, Plus):
        for k in range(len(at.args)):
            yield plus(*at.args[:k], *at.args[k + 1:])


def fraction(at):
    """A quotient turned over, or without its denominator: 1/ρ for ρ."""
    if isinstance(at, Frac):
        above, below = at.args
        if above.shape == lang.SCALAR:
            yield Frac(below, above)
        yield above
    elif isinstance(at, lang.Power) and isinstance(at.args[1], Num):
        yield 1 / at


def power(at):
    """A power one off, a square forgotten or added, a root, an exponential or an absolute value forgotten."""
    if isinstance(at, lang.Power) and isinstance(at.args[1], Num) and at.args[1].value.q == 1:
        yield at.args[0]
        yield lang.Power(at.args[0], Num(at.args[1].value + 1))
    elif isinstance(at, (lang.Root, lang.Exp, lang.Abs)):
        yield at.args[0]
    elif isinstance(at, (lang.Prob, lang.Const)) or isinstance(at, Frac) and at.shape == lang.SCALAR:
        yield at ** 2


def logarithm(at):
    """A logarithm forgotten: ∇π for ∇log π."""
    if isinstance(at, lang.Log):
        yield at.args[0]


def index_range(at):
    """A range one short or without its exception, and one sample for all."""
    if isinstance(at, (Sum, lang.Product)) and at.args[0] != lang.ALL:
        upper, excluded, scope = at.args
        yield at.func(plus(node(upper), Neg(Num(1))), excluded, scope)
        if excluded != lang.NONE:
            yield at.func(upper, lang.NONE, scope)
    elif isinstance(at, lang.Sample) and not isinstance(at.args[1], Num):
        yield lang.Sample(at.args[0], Num(1))


def mean_for_sum(at):
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


def divergence(at):
    """A divergence the other way round, and what is not quite one."""
    if isinstance(at, lang.KL):
        yield lang.KL(at.args[1], at.args[0])
        yield lang.CrossEntropy(*at.args)
        yield lang.Entropy(at.args[0])
    elif isinstance(at, lang.CrossEntropy):
        yield lang.CrossEntropy(at.args[1], at.args[0])
        yield lang.KL(*at.args)


def stop_gradient(at):
    """A stop-gradient forgotten, or all that is differentiated stopped."""
    if isinstance(at, lang.StopGradient):
        yield at.args[0]
    elif isinstance(at, lang.Gradient):
        yield lang.Gradient(lang.StopGradient(at.args[0]))


def region(at):
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


def variable(at):
    """Another action or state than the one that is meant."""
    if isinstance(at, (lang.Var, lang.Bound)) and at.sort in ("action", "state"):
        yield lang.Var("z", at.sort)


def remainder(at):
    """A remainder of a higher order than the one that is proved."""
    if isinstance(at, lang.BigO):
        yield lang.BigO(Num(at.order + 1))


def relation(at):
    """An inequality the other way round, or strict; an equation for it, or it for an equation; a side one more."""
    if not isinstance(at, lang.Relation):
        return
    for op in filter(None, (MIRROR.get(at.op), STRICT.get(at.op), "=")):
        yield lang.Relation(op, at.lhs, at.rhs)
    if at.op == "=" and not any(isinstance(part, lang.BigO) for part in at.walk()):
        for op in "<>":
            yield lang.Relation(op, at.lhs, at.rhs)
    yield lang.Relation(at.op, at.lhs + 1 if at.op in "≤<" else at.lhs, at.rhs + 1 if at.op not in "≤<" else at.rhs)


RULES = (sign, law, policy, point, factor, dropped_term, fraction, power, logarithm, index_range, mean_for_sum,
         divergence, stop_gradient, region, variable, remainder, relation)


def places(term, path=()):
    """Every subterm with its path, the term itself first; the end of a range is left to ``index_range``."""
    yield path, term
    for k, part in enumerate(term.args):
        if isinstance(part, lang.Term) and not (isinstance(term, (Sum, lang.Product)) and k < 2):
            yield from places(part, (*path, k))


def put(term, path, part):
    """The term with another part at a path; every node is built anew, and checks its children."""
    if not path:
        return part
    k, *rest = path
    args = term.args
    return term.with_args((*args[:k], put(args[k], rest, part), *args[k + 1:]))


def bent(relation_):
    """Every well-formed relation that differs from the given one at a single place, once, with the rule that bends."""
    seen = {relation_}
    for path, at in places(relation_):
        for rule in RULES:
            for part in attempts(rule, at):
                try:
                    found = put(relation_, path, part)
                except lang.LanguageError:
                    continue  # what cannot be said is no mutant
                if found not in seen:
                    seen.add(found)
                    yield rule.__name__, found


def attempts(rule, at):
    """What a rule puts in the place of a node, without what cannot be said even by itself."""
    found = rule(at)
    while True:
        try:
            yield next(found)
        except (StopIteration, lang.LanguageError):
            return


def mutants(claim):
    """The mutants of a claim whose definitions are unfolded: a label that stays the same, and the bent claim."""
    counts = {}
    for rule, found in bent(claim.relation):
        counts[rule] = counts.get(rule, 0) + 1
        yield f"{rule} {counts[rule]}", replace(claim, relation=found)
