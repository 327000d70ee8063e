"""The kernel against definition, in models full of ties: what a form is worth, and what hostile advice leads to."""

from random import Random

from exact_jets import NEAR, Undefined, parts_of, sign
from finite_models import Model
from hostile_advice import Hostile, proved
from kernel_values import Values, environment, variables
from listed_hypotheses import Polynomials, satisfied

from grpo_symbolic import kernel as k

MODELS = [Model(("kernel", number)) for number in range(200)]
HOLDS = {"=": lambda x: x == 0, "≥": lambda x: x >= 0, ">": lambda x: x > 0}


def close(found, value):
    """Whether two numbers are the same up to rounding."""
    scale = 1 + max(abs(float(x)) for x in (*parts_of(value).values(), 0))
    return all(abs(float(x)) <= NEAR * 1e4 * scale for x in parts_of(found - value).values())


def compared(rng, calculus=None):
    """``agree``, ``excluded``, ``undefined`` or ``refused`` for a random form in a model; else what went wrong."""
    try:
        pair = Values(rng, calculus or k.Calculus())(rng.choice((1, 2, 2, 3)))
    except k.KernelError:
        return "refused"
    model = rng.choice(MODELS)
    names = environment(model, rng)
    try:
        if not satisfied(pair.form.used, model, variables(names)):
            return "excluded"
        value = pair.value(model, model.here, names)
        found = Polynomials(model, model.here).poly(pair.form.poly, names)
    except Undefined as reason:
        return "undefined" if reason.kind == "close" else f"{reason} in {pair.form.poly}"
    return "agree" if close(found, value) else f"{found} is not {value}: {pair.form.poly} at {names}"


def advised(rng, models=40):
    """``refused``, ``not proved``, ``plain`` or ``by advice`` for a statement; else what is wrong with its proof."""
    hostile = Hostile(rng, k.Calculus())
    try:
        pair, relation, assumed = hostile.statement()
    except k.KernelError:
        return "refused"
    theorem = proved(hostile, pair, relation, assumed)
    if theorem is None:
        return "not proved"
    for model in rng.sample(MODELS, models):
        names = environment(model, rng)
        try:
            if not all(HOLDS[op](sign(one.value(model, model.here, names))) for one, op in assumed):
                continue
            if satisfied(theorem.hypotheses, model, variables(names)) and not HOLDS[relation](
                    sign(pair.value(model, model.here, names))):
                return f"{pair.form.poly} {relation} 0 fails at {names}, along {theorem.advice}"
        except Undefined:
            continue
    return "by advice" if any(steps for _, steps in theorem.advice) else "plain"


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
