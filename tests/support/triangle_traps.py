"""Traps for sums over two indices in their order, in LaTeX, and faults for the laws of these that each must catch."""

from grpo_symbolic import kernel as k
from grpo_symbolic.proof import triangles

PAIRS, SUM, SQUARES = r"\sum_{1 \leq i < j \leq G}", r"\sum_{i=1}^G", r"\sum_{i=1}^G x_i^2"

FALSE = {
    "one more behind an index": rf"{PAIRS} x_i = {SUM} (G - i + 1) x_i",
    "an index before itself": rf"{PAIRS} x_j = {SUM} i x_i",
    "pairs and the diagonal": rf"{PAIRS} x_i x_j = \frac12 ({SUM} x_i)^2",
    "pairs and half the diagonal twice": rf"{PAIRS} x_i x_j = \frac12 (({SUM} x_i)^2 + {SQUARES})",
    "all pairs but twice": rf"{PAIRS} x_i x_j = ({SUM} x_i)^2 - {SQUARES}",
    "the other order": rf"{PAIRS} w_{{i,j}} = {PAIRS} w_{{j,i}}",
    "both orders are not all": rf"{PAIRS} w_{{i,j}} + {PAIRS} w_{{j,i}} = {SUM} \sum_{{j=1}}^G w_{{i,j}}",
    "half of what differs in both orders": rf"{PAIRS} w_{{i,j}} = \frac12 {SUM} \sum_{{j \neq i}} w_{{i,j}}",
    "as many as one less": rf"{SUM} i = \frac{{G (G - 1)}}{{2}}",
    "the squares of one less": rf"{SUM} i \cdot i = \frac{{(G - 1) G (2 G - 1)}}{{6}}",
    "an end below the start": r"\sum_{i=1}^{G-3} i = \frac{(G - 3) (G - 2)}{2}",
    "pairs below the start": r"\sum_{1 \leq i < j \leq G-3} 1 = \frac{(G - 3) (G - 4)}{2}",
    "two ranges": r"\sum_{i=1}^n \sum_{j=1}^m \mathbf{1}[i < j] = \frac{n (n - 1)}{2}",
    "those of another range": r"\sum_{i=1}^n \sum_{j=1}^m \mathbf{1}[i < j] = n m - \frac{n (n + 1)}{2}",
    "no pair of one": rf"{PAIRS} 1 > 0",
    "triples as pairs": r"\sum_{1 \leq i < j < k \leq G} 1 = \frac{G (G - 1) (G - 2)}{3}",
}
TRUE = {
    "those behind an index": rf"{PAIRS} x_i = {SUM} (G - i) x_i",
    "those before an index": rf"{PAIRS} x_j = {SUM} (i - 1) x_i",
    "pairs": rf"{PAIRS} x_i x_j = \frac12 (({SUM} x_i)^2 - {SQUARES})",
    "pairs with the diagonal": rf"\sum_{{1 \leq i \leq j \leq G}} x_i x_j = \frac12 (({SUM} x_i)^2 + {SQUARES})",
    "both orders and the diagonal": rf"{PAIRS} w_{{i,j}} + {PAIRS} w_{{j,i}} + {SUM} w_{{i,i}} = "
                                    rf"{SUM} \sum_{{j=1}}^G w_{{i,j}}",
    "numbers": rf"{SUM} i = \frac{{G (G + 1)}}{{2}}",
    "distances": rf"{PAIRS} (j - i) = \frac{{G (G^2 - 1)}}{{6}}",
    "pairs of all but one": r"\sum_{1 \leq i < j \leq G-1} 1 = \frac{(G - 1) (G - 2)}{2}",
    "triples": r"\sum_{1 \leq i < j < k \leq G} 1 = \frac{G (G - 1) (G - 2)}{6}",
}


class Bent:
    """A calculus of which some methods are other ones."""

    def __init__(self, calculus, **methods):
        self.calculus = calculus
        vars(self).update(methods)

    def __getattr__(self, name):
        return getattr(self.calculus, name)


def bend(patch, law, methods):
    """Apply a law under the methods that ``methods`` gives for a calculus and a sum."""
    plain = getattr(triangles, law)
    patch.setattr(triangles, law, lambda calculus, gen: plain(Bent(calculus, **methods(calculus, gen)), gen))


def one_more_behind(patch):
    bend(patch, "counted", lambda calculus, _: {"size": lambda sort: calculus.size(sort) + k.number(1)})


def among_those_before(patch):
    plain = triangles.ordinal
    patch.setattr(triangles, "ordinal", lambda term: plain(term) + k.number(1))


def no_diagonal(patch):
    def methods(calculus, gen):
        inside = set(k.bound_by(gen))

        def identify(form, renamed):
            alone = len(renamed) == 1 and {*renamed, *renamed.values()} <= inside
            return k.number(0) if alone else calculus.identify(form, renamed)

        return {"identify": identify}

    bend(patch, "turned", methods)


def not_turned(patch):
    def methods(calculus, gen):
        inside = set(k.bound_by(gen))

        def identify(form, renamed):
            turning = len(renamed) == 2 and set(renamed.values()) <= inside
            return form if turning else calculus.identify(form, renamed)

        return {"identify": identify}

    bend(patch, "turned", methods)


def not_shared(patch):
    bend(patch, "turned", lambda calculus, _: {"power": lambda form, exponent: k.number(1)})


def one_less(patch):
    patch.setitem(triangles.POWER_SUMS, 1, (0, -1, 1))


def squares_of_one_less(patch):
    patch.setitem(triangles.POWER_SUMS, 2, (0, 1, -3, 2))


def any_end(patch):
    bend(patch, "powers", lambda calculus, _: {"size": lambda sort: k.of(sort.size)})


def any_ranges(patch):
    patch.setattr(triangles, "alike", lambda binders, one, other: one in binders and other in binders)


BUGS = {
    "one more behind an index": one_more_behind, "an index among those before it": among_those_before,
    "three ways without the equal one": no_diagonal, "the other order is the same": not_turned,
    "two orders that are not shared out": not_shared, "Σ i of one less": one_less,
    "Σ i² of one less": squares_of_one_less, "an end below the start": any_end, "two ranges taken for one": any_ranges,
}
