"""What is proposed to the kernel, in which order to name or at which terms to try, does not decide what holds."""

from random import Random

import pytest
from advice_traps import TRAPS, refused
from kernel_traps import FALSE

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel import given, order, ring
from grpo_symbolic.language import LanguageError
from grpo_symbolic.proof.prove import Unproved, prove

a, b = k.variable("a", "action"), k.variable("b", "action")
TERMS = (a, b, k.variable("i", "index"), k.variable("j", "index"), k.variable("s", "state"), k.numeral(1), k.numeral(2),
         k.point("member", k.variable("g", "group"), k.numeral(1)))


def at_random(patch, seed):
    """Any terms for any variables, the right ones among them; and any numbers for the factors of one."""
    chosen, places, matched = Random(seed), given.places, order.matched

    def tables(variables):
        for _ in range(3):
            yield {v: chosen.choice((*TERMS, *variables)) for v in (*variables, *chosen.choices(TERMS, k=2))}
            yield {v: chosen.choice((*TERMS, *variables)) for v in variables if chosen.random() < 0.7}

    def anywhere(every, ranges):
        yield from [*tables({**every, **ranges}), *places(every, ranges), *tables(every)]

    def any_match(pattern, found, variables):
        good = matched(pattern, found, variables)
        return chosen.choice((good, good, *tables(variables)))

    patch.setattr(given, "places", anywhere)
    patch.setattr(order, "matched", any_match)
    patch.setattr(ring, "prime_factors", lambda number: chosen.choice(([number], [], [2], [number, 1], [-1, -number])))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", TRAPS)
def test_no_terms_for_variables_make_advice_prove_what_is_false(name, seed, monkeypatch):
    at_random(monkeypatch, f"{name} {seed}")
    wrong, _ = TRAPS[name]
    assert refused(wrong)


@pytest.mark.parametrize("name", list(FALSE)[1::4])
def test_no_proposal_proves_what_is_false(name, monkeypatch):
    at_random(monkeypatch, name)
    with pytest.raises((Unproved, LanguageError)):
        prove(FALSE[name]())


@pytest.mark.parametrize("factors", [[2, 2], [12, 1, 2], [-3, -4], [0, 12], []])
def test_what_does_not_multiply_to_a_number_are_not_its_factors(factors, monkeypatch):
    monkeypatch.setattr(ring, "prime_factors", lambda _number: factors)
    with pytest.raises(k.KernelError):
        k.Calculus().log(k.number(12))


def test_factors_that_are_no_primes_make_less_equal_and_nothing_wrong(monkeypatch):
    monkeypatch.setattr(ring, "prime_factors", lambda number: [number] if number > 1 else [])
    calculus = k.Calculus()
    four, two = calculus.log(k.number(4)), calculus.log(k.number(2))
    with pytest.raises(k.NotProved):
        k.related(calculus, four, two.scaled(2))
    assert k.related(calculus, four, four).relation == "="
