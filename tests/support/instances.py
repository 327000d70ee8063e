"""How far the two sides of a relation are apart in an instance."""

import random

from sympy import ImmutableMatrix, Rational

from grpo_symbolic.instances.instantiate import sides


def entries(value):
    return list(value) if isinstance(value, ImmutableMatrix) else [value]


def distance(relation, seed=0, definitions=(), **sizes):
    """The largest difference of the two sides at a random rational point, to 30 digits."""
    left, right = map(entries, sides(relation, definitions=definitions, **sizes))
    assert len(left) == len(right)
    symbols = sorted(set().union(*(entry.free_symbols for entry in left + right)), key=str)
    draw = random.Random(seed)
    point = {symbol: Rational(draw.randint(1, 40), 17) for symbol in symbols}
    return max(abs((x - y).xreplace(point).evalf(30)) for x, y in zip(left, right, strict=True))
