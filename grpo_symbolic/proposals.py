"""What a rule is to be tried with: terms for variables, primes for a number.

Nothing here is trusted: the kernel checks that what it takes lies in the ranges of the variables, that a pattern is
then what was found, that the product of factors is the number.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import chain, islice, product
from typing import Any

MOST_PLACES, GREATEST_PRIME = 64, 10**6


def places(every: Mapping[Any, Any], ranges: Mapping[Any, Any]) -> Iterator[dict[Any, Any]]:
    """Ways to put terms with ranges of the same kind for variables: first none, then all for which there are some."""
    yield {}
    alike = {v: [term for term, own in ranges.items() if own.kind == sort.kind] for v, sort in every.items()}
    choices = {v: terms for v, terms in alike.items() if terms}
    for terms in islice(product(*choices.values()), MOST_PLACES) if choices else ():
        yield dict(zip(choices, terms, strict=True))


def matched(pattern: Any, found: Any, variables: Container[Any]) -> dict[Any, Any]:
    """What stands in something found where a pattern of the same shape has variables.

    >>> matched(("f", ("x", "y")), ("f", ("a", ("b", "c"))), {"x", "y"})
    {'x': 'a', 'y': ('b', 'c')}
    """
    if pattern in variables:
        return {pattern: found}
    if not isinstance(pattern, tuple) or not isinstance(found, tuple):
        return {}
    parts = zip(pattern, found, strict=False)
    return dict(chain(*(matched(one, other, variables).items() for one, other in parts)))


def prime_factors(number: int) -> Iterator[int]:
    """The primes of which a whole number above 0 is the product, but that a last factor may be no prime.

    >>> list(prime_factors(60))
    [2, 2, 3, 5]
    """
    p = 2
    while number > 1:
        p = p if p * p <= number and p <= GREATEST_PRIME else number
        while number % p == 0:
            number //= p
            yield p
        p += 1
