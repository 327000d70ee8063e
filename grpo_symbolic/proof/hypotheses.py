"""The hypotheses of a theorem, as a reader sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from ..kernel import Hypothesis

EXCLUDES = {
    "Normalised": "a family whose probabilities do not sum to one",
    "Positive": "an action of probability zero under a policy that is divided by or whose logarithm is taken",
    "Differentiable": "a policy without continuous derivatives of that order",
    "FiniteActions": "an infinite action set on which a derivative may not pass under the sum",
    "FiniteStates": "an infinite state set on which a derivative may not pass under the expectation",
    "BehaviourConstant": "a behaviour policy that moves with θ",
    "Constant": "a function or law that depends on θ",
    "IndependentSamples": "a group whose members are not independent draws from one law",
    "OffKink": "the points where a minimum, maximum or clip has no derivative",
    "NonzeroSpread": "a group in which all values are equal",
    "Range": "a constant outside its usual range",
    "Nonzero": "a denominator that vanishes",
    "Nonnegative": "the root or logarithm of something negative",
}


GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
         "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
         "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "ell": "ℓ",
         "Gamma": "Γ", "Delta": "Δ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω"}
ACCENTS = {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304"}


def plain(latex: str) -> str:
    """A name in LaTeX as plain text: π_ref for \\pi_{\\text{ref}}; places for arguments are dropped."""
    name = re.sub(r"\((?:[^()#]*#\d[^()]*)\)|_\{?#\d\}?|\(\\theta\)", "", latex)
    name = re.sub(r"\\(tilde|hat|bar)\s*\{?(\w)\}?", lambda m: unicodedata.normalize("NFC", m[2] + ACCENTS[m[1]]), name)
    name = re.sub(r"\\([a-zA-Z]+)", lambda m: GREEK.get(m[1], ""), name)
    name = re.sub(r"[{}\s\\]", "", name)
    name = name.replace("#length", "|·|").removeprefix("#")
    return "π_θ" if latex == r"\pi" else name


class Hypotheses:
    """A set of kernel hypotheses, rendered in one order without repetition."""

    def __init__(self, used: Iterable[Hypothesis]) -> None:
        self.used = frozenset(used)

    def names(self) -> tuple[str, ...]:
        """One string each: the kind, with what it is about where that is needed."""
        orders: dict[str, int] = {}
        found: set[str] = set()
        for kind, about in self.used:
            if kind == "Differentiable":
                orders[about[0]] = max(about[1], orders.get(about[0], 0))
            elif kind in ("FiniteActions", "FiniteStates", "BehaviourConstant", "IndependentSamples", "OffKink"):
                found.add(kind)
            elif kind in ("Nonzero", "Nonnegative") and is_spread(about):
                found.add("NonzeroSpread")
            else:
                found.add(f"{kind}({plain(about) if isinstance(about, str) else show(about)})")
        found |= {f"Differentiable({plain(name)}, {order})" for name, order in orders.items()}
        order_of_kinds = list(EXCLUDES)
        return tuple(sorted(found, key=lambda name: (order_of_kinds.index(name.partition("(")[0]), name)))


def is_spread(poly: Any) -> bool:
    """Whether a polynomial is a single root, as a standard deviation is."""
    if len(poly) != 1 or len(poly[0][0]) != 1:
        return False
    (gen, _exponent), = poly[0][0]
    return bool(gen[0] == "wrap")


def show(thing: Any) -> str:
    """A polynomial of the kernel in a line of text."""
    if not isinstance(thing, tuple):
        return str(thing)
    if thing and isinstance(thing[0], str):
        return _show_generator(thing)
    terms = []
    for m, c in thing:
        factors = [show(gen) + (f"^{e}" if e != 1 else "") for gen, e in m]
        scale = "" if c == 1 and factors else "−" if c == -1 and factors else str(c)
        terms.append(scale + ("" if scale in ("", "−") or not factors else " ") + " ".join(factors))
    return " + ".join(terms) or "0"


def _show_generator(gen: Any) -> str:
    kind = gen[0]
    if kind == "v":
        name = str(gen[1]).partition(":")[0]
        return "·" if name[0] in "%#?" else name
    if kind == "s":
        return f"{show(gen[1])}_{show(gen[2])}"
    if kind == "atom" and gen[4] == "old" and gen[1] == r"\pi":
        return f"π_old({', '.join(map(show, gen[2]))})" + "′" * len(gen[3])
    if kind == "atom":
        return plain(gen[1]) + (f"({', '.join(map(show, gen[2]))})" if gen[2] else "") + "′" * len(gen[3])
    if kind == "sum":
        return f"{'E' if any(sort[0] == 'group' for sort in gen[1]) else 'Σ'}[{show(((gen[2], 1),))}]"
    return f"{'' if kind == 'wrap' else kind}({show(gen[1])})"
