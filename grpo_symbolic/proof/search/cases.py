"""Case distinctions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import kernel as k
from ...kernel import Assumption, Form, Generator, KernelError, Poly, Split


def split(calculus: k.Calculus, form: Form, relation: str, given: Sequence[Assumption]) -> Split | None:
    """A case distinction: on what is assumed of the generators compared, on the comparisons, on the usual ranges."""
    polys = comparisons(form.poly)
    if polys or relation != "=" or any(one.relation == "=" or not one.label for one in given):
        # what is assumed of every value says more of each as long as none is singled out
        unknown = [one for one in given if informative(calculus, one)
                   and not any(k.mentions(one.form.poly, x) for x in one.every)]
        stated = [one.form.poly for one in unknown if not one.label]
        polys += [poly for one in unknown for poly in comparisons(one.form.poly)]
        usual = [one.form.poly for one in unknown if one.label]
        polys = stated + sorted(dict.fromkeys(polys), key=len) + usual
        return next((Split(*choice) for poly in polys for choice in thresholds(calculus, poly)), None)
    return None


def informative(calculus: k.Calculus, one: Assumption) -> bool:
    """Whether an assumption says more of the sign of its form than is known."""
    known = calculus.sign(one.form).known
    return {"=": bool(one.form.poly), "≥": known == "real", ">": known != "positive"}.get(one.relation, False)


def positive_parts(calculus: k.Calculus, form: k.Form) -> Iterator[k.Compare]:
    """For x·1[x > 0], also where it is written x − x·1[−x > 0]: whether x is positive, whatever it compares itself."""
    for gen in dict.fromkeys(gen for m, _ in form.poly for gen, _ in m if isinstance(gen, k.Indicator)):
        above, below = (calculus.rebuilt(form, k.generated, {gen: k.number(value)}) for value in (1, 0))
        turned = -below if not above.poly else above if not below.poly else None
        if turned is not None and calculus.step(turned).poly == k.generated(gen).poly:
            yield k.Compare(turned)


def comparisons(poly: Poly) -> list[Poly]:
    """The polynomials that the form compares with zero, innermost first; not those under a sum."""
    found: dict[Poly, None] = {}
    seen: set[int] = set()

    def look(into: Poly) -> None:
        # what is shared is looked at once
        if id(into) in seen:
            return
        seen.add(id(into))
        for gen in (gen for m, _ in into for gen, _e in m):
            if isinstance(gen, (k.Indicator, k.Power, k.Log, k.Exp)):
                look(gen.of)
            if isinstance(gen, k.Indicator) and not k.holds(gen.of, k.Indicator):
                found[gen.of] = None

    look(poly)
    return list(found)


def thresholds(calculus: k.Calculus, poly: Poly) -> Iterator[tuple[Generator, Form]]:
    """Generators in which a polynomial is linear, with the value at which it vanishes, where a case distinction there
    leaves signs known: any value for a generator of unknown sign, a positive one for a positive generator."""
    # what all terms share does not matter, and need not be divided by
    poly = calculus.content(poly, integral=True).rest.poly if len(poly) > 1 else poly
    for gen in dict.fromkeys(gen for m, _ in poly for gen, e in m if isinstance(gen, (k.Leaf, k.Sum, k.Exp, k.Power))):
        exponents = {dict(m).get(gen, 0) for m, _ in poly}
        if len(poly) == 1 and isinstance(gen, k.Leaf) and k.sign_of(gen).known == "real":
            yield gen, k.number(0)
            continue
        if not exponents <= {0, 1} and (not exponents <= {0, -1} or isinstance(gen, k.Power)):
            continue
        slope = k.of(tuple(sorted((tuple(f for f in m if f[0] != gen), c) for m, c in poly if dict(m).get(gen, 0))))
        level = k.of(tuple((m, c) for m, c in poly if not dict(m).get(gen, 0)))
        if k.mentions((slope.poly, level.poly), gen):
            continue
        known = k.sign_of(gen).known
        try:
            if not level.poly:
                value = level
            elif 1 in exponents:
                value = calculus.times(-level, calculus.power(slope, -1))
            else:
                value = calculus.times(-slope, calculus.power(level, -1))
        except KernelError:
            continue
        if known != "positive" or calculus.sign(value).known == "positive" and level.poly:
            yield gen, value
