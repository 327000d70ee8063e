"""Which sizes of models a question needs."""

from __future__ import annotations

from ...language import GROUP_SIZE, heads
from ..meaning.evaluator import Unevaluable
from ..meaning.question import Question
from ..model.tables import Sizes
from ..model.tree import ragged, uniform

MOST_TOKENS = 6


def sizes_of(question: Question, actions: int, group: int, states: int, directions: int, batch: int,
             tokens: int = 2, equal_lengths: bool = False) -> Sizes:
    """Sizes without what the question does not ask for; its actions are sequences where it speaks of tokens.

    Sequences have tokens from a vocabulary of 2 up to ``actions`` and at most ``tokens`` of them, or as many as a
    constant T counts; with ``equal_lengths`` all have as many. Where an assumption is solved that speaks of functions
    or of each state there is one state: one shift will do.
    """
    tree = None
    if question.has_sequences:
        past = question.steps_past
        counted = [(value or max(tokens - past.get(name, 0), question.least.get(name, 1))) + past.get(name, 0)
                   for name, value in question.integers.items() if name != "G"]
        if equal_lengths and not counted:
            counted = [tokens]
        if max(counted, default=0) > MOST_TOKENS:
            raise Unevaluable(f"sequences of {max(counted)} tokens are too long for a finite model")
        tree = uniform(2, max(counted)) if counted else ragged(max(2, actions - 1), tokens)
        actions, group = tree.sequences, min(group, 2)
    at_states = any(relation.free or list(heads(relation)) for relation, _ in question.solvable)
    if at_states or not question.has_states:
        states = 1
    if not question.has_groups:
        group = 1
    return Sizes(actions=actions, group=question.group(group), states=states,
                 directions=directions if question.differentiates else 1, batch=batch, tree=tree,
                 margin=question.margin)


def integers_of(question: Question, sizes: Sizes, turn: int = 0) -> dict[str, int]:
    """Values for the constants that count: the group size, and numbers of tokens; in every other turn numbers apart."""
    fallback = sizes.tree.depth if sizes.tree is not None else sizes.group
    counted = {name: value or max(fallback - question.steps_past.get(name, 0), question.least.get(name, 1))
               for name, value in question.integers.items()}
    if turn % 2 and sizes.tree is None:
        free = sorted(name for name, value in question.integers.items() if value is None and name != GROUP_SIZE.name)
        counted |= {name: max(question.least.get(name, 1), number)
                    for name, number in zip(free, apart(len(free), fallback + 1, turn // 2), strict=True)}
    return {name: sizes.group if name == GROUP_SIZE.name else count for name, count in counted.items()}


def apart(names: int, most: int, turn: int) -> list[int]:
    """A number from 1 to ``most`` for each of some names, others in each turn; a single name has the largest of all."""
    if names < 2:
        return [most - 1] * names
    return [1 + (turn + place * (turn // most + 1)) % most for place in range(names)]
