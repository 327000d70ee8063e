"""Random statements: the translation keeps their value, and ``prove`` believes no false one."""

from fractions import Fraction
from random import Random

import pytest
from kernel_checks import APART, CLOSE, MODELS, differ, reading
from kernel_jets import TooClose, standard
from kernel_language import NAMES, spoken
from kernel_rewrites import Rewriter, edits
from kernel_terms import ROOM, Terms, agreeing, direct, named
from seeds import shifted

from grpo_symbolic import kernel as k
from grpo_symbolic.language import Claim, LanguageError, Relation
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.proof.several_sets import several
from grpo_symbolic.proof.translate import Translator, Untranslatable


def translated(expression, seed):
    """``agree``, ``undefined`` or ``refused``, or what went wrong on the way through the language."""
    model = reading(seed)
    value = direct(expression, model)
    if value is None:
        return "undefined"
    try:
        form = Translator(k.Calculus())(spoken(expression), NAMES).at()
        names = named(model)
        found, size = model.form(form, names)
    except TooClose:
        return "undefined"
    except (k.KernelError, Untranslatable, LanguageError):
        return "refused"
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as fault:
        return type(fault).__name__
    close = abs(standard(found) - value) < CLOSE * (1 + size + abs(value))
    return "agree" if close else f"{found} is not {value}"


@pytest.mark.random
@pytest.mark.parametrize(("depth", "seeds"), [(4, range(400)), (5, range(400, 700))])
def test_a_statement_has_the_value_of_what_it_says(depth, seeds):
    assert agreeing(depth, shifted(seeds), translated) > 0.8 * len(seeds)


def decided(left, right, op="="):
    """Whether a relation between two expressions is proved."""
    try:
        prove(Claim(Relation(op, spoken(left), spoken(right))))
    except (Unproved, LanguageError):
        return False
    return True


@pytest.mark.random
def test_a_false_edit_of_a_statement_is_never_proved():
    tried = 0
    for seed in shifted(range(300)):
        rng = Random(seed)
        expression = Terms(rng)(4, ROOM)
        edited = rng.choice([*edits(expression), ("add", expression, ("num", Fraction(1)))])
        if differ(expression, edited):
            assert not decided(expression, edited), (expression, edited)
            tried += 1
    assert tried > 100


@pytest.mark.random
def test_a_rewritten_statement_is_proved():
    proved = tried = 0
    for seed in shifted(range(150)):
        rng = Random(seed)
        expression = Terms(rng, roots=False)(4, ROOM)
        other = Rewriter(rng)(expression)
        if other != expression and direct(expression, MODELS[seed % 8]) is not None:
            found = decided(expression, other)
            proved += found
            # where actions of several sets are counted, nothing says that the sets are of one size
            tried += found or not several((Relation("=", spoken(expression), spoken(other)),))
    assert proved > 0.95 * tried > 95


@pytest.mark.random
@pytest.mark.parametrize("seeds", [range(0, 30), range(30, 60), range(60, 90)])
def test_a_false_inequality_is_never_proved(seeds):
    """Where ≥ is proved between two random expressions, no model has <."""
    proved = 0
    for seed in shifted(seeds):
        rng = Random(seed)
        left = Terms(rng)(3, ROOM, 0)
        right = rng.choice([*edits(left), ("min", left, Terms(rng)(2, ROOM, 0)), ("num", Fraction(0))])
        for bigger, smaller in ((left, right), (right, left)):
            if not decided(bigger, smaller, "≥"):
                continue
            proved += 1
            for model in MODELS:
                x, y = direct(bigger, model), direct(smaller, model)
                assert None in (x, y) or x >= y - APART * (1 + abs(x) + abs(y)), (bigger, smaller)
    assert proved > 5
