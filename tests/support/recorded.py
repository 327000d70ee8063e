"""A model with the numbers of a counterexample's record, and nothing else: what a reader has in hand."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import factorial, lcm, prod

import numpy as np

from grpo_symbolic.oracle.meaning.question import prepare
from grpo_symbolic.oracle.model.number_systems import Precise
from grpo_symbolic.oracle.model.table_names import printed
from grpo_symbolic.oracle.model.tables import Rational, Sizes
from grpo_symbolic.oracle.search.contradiction import contradiction
from grpo_symbolic.oracle.search.sizes import integers_of


@dataclass
class Recorded(Rational):
    """Every table is read off the record; a name that the record does not have is an error."""

    columns: dict[str, list[str]] = field(default_factory=dict)

    def draw(self, name, shape):
        times = prod(factorial(name.monomial.count(i)) for i in set(name.monomial))
        numbers = [Fraction(text) / times for text in self.columns[printed(name, self)]]
        below = lcm(*(number.denominator for number in numbers))
        return np.array([int(number * below) for number in numbers]).reshape(shape), below


def recomputed(claim, counterexample):
    """Where a claim fails in the model of a counterexample, from the record alone."""
    question, record = prepare(claim), counterexample.record()
    sizes = Sizes(actions=record["actions"], group=record["group"], states=record.get("states", 1),
                  directions=counterexample.directions, batch=1)
    model = Recorded(sizes, Precise(), np.random.default_rng(0), question.stands_at_old,
                     integers=integers_of(question, sizes), columns=record["values"])
    return contradiction(question, model)
