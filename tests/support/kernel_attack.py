"""The kernel against definition, in models full of ties: what a form is worth, and what hostile advice leads to.

What a form or a theorem does not list, its models need not have: probabilities may vanish, signs be otherwise.
"""

from functools import cache
from itertools import product
from random import Random

from exact_jets import NEAR, Undefined, parts_of, sign
from finite_models import Model
from hostile_advice import Hostile, proved
from kernel_values import POLICIES, SIGNED, Values, environment, key, variables
from listed_hypotheses import Polynomials, excused, satisfied

from grpo_symbolic import kernel as k

MODELS = 100
HOLDS = {"=": lambda x: x == 0, "≥": lambda x: x >= 0, ">": lambda x: x > 0}
BLURRED = ("close", "member")  # nothing can be said: of what rounding decides, and of members that a group has not


@cache
def models(excuse):
    """Models that need not have what is excused."""
    return [Model(("kernel", number), excuse) for number in range(MODELS)]


def models_of(hypotheses):
    """Models in which signs and laws are no better than these hypotheses say."""
    return models(excused(hypotheses, POLICIES, SIGNED))


def close(found, value):
    """Whether two numbers are the same up to rounding."""
    scale = 1 + max(abs(float(x)) for x in (*parts_of(value).values(), 0))
    return all(abs(float(x)) <= NEAR * 1e4 * scale for x in parts_of(found - value).values())


def compared(rng, calculus=None):
    """``agree``, ``excluded``, ``undefined`` or ``refused`` for a random form in a model; else what went wrong."""
    values = Values(rng, calculus or k.Calculus())
    try:
        pair = values(rng.choice((1, 2, 2, 3)), values.room())
    except k.KernelError:
        return "refused"
    model = rng.choice(models_of(pair.form.used))
    names = environment(model, rng)
    try:
        if not satisfied(pair.form.used, model, variables(names)):
            return "excluded"
        value = pair.value(model, model.here, names)
        found = Polynomials(model, model.here).poly(pair.form.poly, names)
    except Undefined as reason:
        blurred = reason.kind in BLURRED or unused(pair.form.used)
        return "undefined" if blurred else f"{reason} in {pair.form.poly}"
    return "agree" if close(found, value) else f"{found} is not {value}: {pair.form.poly} at {names}"


def unused(hypotheses):
    """Whether something is obliged for the members in a range only: of an empty one a factor 0 is left, beside it."""
    return any({"group", "index"} <= {sort.kind for sort in held.every} for held in hypotheses)


def advised(rng, tried=40):
    """``refused``, ``not proved``, ``plain`` or ``by advice`` for a statement; else what is wrong with its proof."""
    hostile = Hostile(rng, k.Calculus())
    try:
        pair, relation, assumed = hostile.statement()
    except k.KernelError:
        return "refused"
    theorem = proved(hostile, pair, relation, assumed)
    if theorem is None:
        return "not proved"
    said = f"{pair.form.poly} {relation} 0 of {theorem.assumptions}, along {theorem.advice}"
    for model in rng.sample(models_of(theorem.hypotheses), tried):
        names = environment(model, rng)
        try:
            if all(granted(one, theorem.hypotheses, model, names) for one in assumed) and satisfied(
                    theorem.hypotheses, model, variables(names)) and not HOLDS[relation](
                    sign(pair.value(model, model.here, names))):
                return f"fails at {names}: {said}"
        except Undefined:
            continue
    if not followed(theorem):
        return f"cannot be followed: {said}"
    return "by advice" if any(steps for _, steps in theorem.advice) else "plain"


def granted(one, hypotheses, model, names):
    """Whether a model has what is assumed; what a hypothesis stands for is assumed only where that is listed."""
    if one.label - hypotheses:
        return True
    if one.relation == "members":
        return all(names[key(var)] in span(model) for var, (_, span) in one.every.items())
    spans = [span(model) for _, span in one.every.values()]
    return all(HOLDS[one.relation](sign(one.pair.value(model, model.here, {
        **names, **dict(zip(map(key, one.every), at, strict=True))}))) for at in product(*spans))


def followed(theorem):
    """Whether a theorem can be followed again from what it records."""
    try:
        return k.follow(theorem).hypotheses <= theorem.hypotheses
    except (k.NotProved, k.KernelError):
        return False


def tallied(check, dice, seeds, fine):
    """How often a check ends in each of the ways that are fine; a failure where it ends in another."""
    counts = dict.fromkeys(fine, 0)
    for seed in seeds:
        found = check(dice(seed))
        assert found in counts, f"{seed}: {found}"
        counts[found] += 1
    return counts


def a_few(seeds):
    """A few forms and statements, for who wants to know quickly whether something is wrong: how many were compared."""
    forms = tallied(compared, Random, seeds, ("agree", "excluded", "undefined", "refused"))
    theorems = tallied(advised, Random, seeds, ("plain", "by advice", "not proved", "refused"))
    return forms["agree"] + theorems["plain"] + theorems["by advice"]
