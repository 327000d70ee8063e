"""What the orders are in which the variables of a sum are named does not decide what holds."""

from itertools import islice
from random import Random

import pytest
from kernel_traps import FALSE, TRUE

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel import sums
from grpo_symbolic.language import LanguageError
from grpo_symbolic.proof.prove import Unproved, prove

a, b = k.variable("a", "action"), k.variable("b", "action")


def drawn(seed):
    """Proposals at random: orders, and lists in which a variable is left out, stands twice, or is another."""
    chosen = Random(seed)

    def orders(binders, _factors, _ordered):
        names = list(binders)
        chosen.shuffle(names)
        yield from chosen.choices(([*names[1:]], [*names, names[0]], [names[0]] * len(names), [a] * len(names)), k=2)
        yield names

    return orders


@pytest.mark.parametrize("name", list(FALSE)[::4])
def test_no_order_of_names_proves_what_is_false(name, monkeypatch):
    monkeypatch.setattr(sums, "orders", drawn(name))
    with pytest.raises((Unproved, LanguageError)):
        prove(FALSE[name]())


@pytest.mark.long
def test_most_of_what_is_true_is_proved_all_the_same(monkeypatch):
    monkeypatch.setattr(sums, "orders", drawn("true"))
    proved = 0
    for build in islice(TRUE.values(), 40):
        try:
            proved += bool(prove(build()))
        except Unproved:
            continue
    assert proved > 20


@pytest.mark.parametrize("order", [[], [a], [a, a], [a, b, a], [a, k.variable("c", "action")]])
def test_what_does_not_name_each_variable_once_is_no_order(order, monkeypatch):
    monkeypatch.setattr(sums, "orders", lambda binders, _factors, _ordered: [order])
    with pytest.raises(k.KernelError):
        k.Calculus().closed({a: k.ACTION, b: k.ACTION}, k.atom("f", (a, b)))
