"""Sequences: the leaves of a finite tree of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product


@dataclass(frozen=True)
class Tree:
    """Sequences of tokens, none a beginning of another: ``tokens[o][t]`` follows the prefix ``contexts_of[o][t]``."""

    tokens: tuple[tuple[int, ...], ...]
    contexts_of: tuple[tuple[int, ...], ...]
    vocabulary: int
    contexts: int

    @property
    def sequences(self) -> int:
        """How many sequences there are."""
        return len(self.tokens)

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many tokens each sequence has."""
        return tuple(map(len, self.tokens))

    @property
    def words(self) -> tuple[str, ...]:
        """The sequences as they are printed, tokens counted from 1."""
        return tuple("".join(str(token + 1) for token in word) for word in self.tokens)

    @property
    def depth(self) -> int:
        """The length of the longest."""
        return max(self.lengths)


def build(words: list[tuple[int, ...]], vocabulary: int) -> Tree:
    """The tree whose leaves are ``words``: a complete code over the vocabulary."""
    prefixes = sorted({word[:t] for word in words for t in range(len(word))}, key=lambda p: (len(p), p))
    number = {prefix: k for k, prefix in enumerate(prefixes)}
    contexts_of = tuple(tuple(number[word[:t]] for t in range(len(word))) for word in words)
    return Tree(tuple(words), contexts_of, vocabulary, len(prefixes))


@cache
def uniform(vocabulary: int, length: int) -> Tree:
    """All sequences of one length."""
    return build(list(product(range(vocabulary), repeat=length)), vocabulary)


@cache
def ragged(vocabulary: int, depth: int) -> Tree:
    """Sequences that end at token 0 or at ``depth``: their lengths vary."""
    words = [(*head, 0) for t in range(depth) for head in product(range(1, vocabulary), repeat=t)]
    words += list(product(range(1, vocabulary), repeat=depth))
    return build(sorted(words), vocabulary)
