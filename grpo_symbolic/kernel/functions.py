"""Logarithms, exponentials and comparisons of forms."""

from __future__ import annotations

from .form import (Exp, Form, Generator, Indicator, KernelError, Log, Poly, Power, Rational, begins_with_minus, combine,
                   leaves, made, number, single)
from .ring import ONE, Ring, factors_of
from .sign import HALF, definite, sign, sign_of


class Functions(Ring):
    """Builds canonical logarithms, exponentials and indicators."""

    def log(self, form: Form) -> Form:
        """The logarithm of a form; of a positive monomial it splits into those of the factors."""
        if not form.poly:
            raise KernelError("the logarithm of zero")
        scale, factors, rest = self.content(form.poly, integral=False)
        parts: list[tuple[Form, Rational]] = [(self._log_of_factor(gen), e) for gen, e in factors]
        parts += [(self._log_of(number(p).poly), k) for p, k in factors_of(scale).items()]
        if rest.poly != ONE.poly:
            parts.append((self._log_of(rest.poly), 1))
        if len(parts) != 1 and not self.allows("log-split"):
            parts = [(self._log_of(form.poly), 1)]
        return combine(parts).with_used(form.used)

    def _log_of(self, poly: Poly) -> Form:
        """The logarithm of a polynomial as a generator."""
        return single(Log("log", poly), used=definite(poly, -HALF))

    def _log_of_factor(self, gen: Generator) -> Form:
        """The logarithm of a positive generator."""
        if isinstance(gen, Exp):
            return made(gen.of)
        return self._log_of(gen.of if isinstance(gen, Power) else single(gen).poly)

    def exp(self, form: Form) -> Form:
        """The exponential: a product over the terms, those of rational multiples of logarithms being powers."""
        result = number(1)
        for m, c in form.poly:
            match m:
                case ((Log() as logarithm, 1),):
                    result = self.times(result, self.power(made(logarithm.of), c))
                case _:
                    result = self.times(result, single(Exp("exp", ((m, 1),)), c))
        return result.with_used(form.used)

    def step(self, form: Form) -> Form:
        """1 where the form is positive, else 0."""
        form = self.cleared(form)
        above, below = sign(form.poly), sign((-form).poly)
        if above.known == "positive":
            return number(1).with_used(above.rests | form.used)
        if below.known != "real":
            return number(0).with_used(below.rests | form.used)
        _, factors, rest = self.content(form.poly, integral=False)
        rests = form.used.union(*(sign_of(gen).rests for gen, _ in factors))
        return single(Indicator("indicator", rest.poly), used=rests)

    def positive_part(self, form: Form) -> Form:
        """max(form, 0); of the two orientations of a comparison one is kept, since max(x, 0) = x + max(−x, 0)."""
        moving = (c for m, c in form.poly if any(found.point in ("current", "stop") for found in leaves(m)))
        # what moves with θ stands below what does not, as a surrogate under its ceiling
        if begins_with_minus(form.poly) if (first := next(moving, None)) is None else first > 0:
            return form + self.positive_part(-form)
        return self.times(form, self.step(form))
