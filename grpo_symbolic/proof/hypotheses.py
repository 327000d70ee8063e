"""The hypotheses of a theorem, as a reader sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from .. import kernel as k
from ..kernel import Hypothesis

EXCLUDES = {
    "Normalised": "a family whose probabilities do not sum to one",
    "Positive": "an action of probability zero under a policy that is divided by or whose logarithm is taken",
    "Differentiable": "a policy without continuous derivatives of that order",
    "FiniteActions": "an infinite action set on which a derivative may not pass under the sum",
    "FiniteStates": "an infinite state set on which a derivative may not pass under the expectation",
    "BehaviourConstant": "a behaviour policy that moves with θ",
    "Constant": "a function or law that depends on θ",
    "DynamicsConstant": "starts or transitions that move with θ",
    "Discounted": "a discount of 1 or more, or rewards without a bound",
    "PathEnds": "a path that has no end, or paths of lengths without a bound",
    "IndependentSamples": "a group whose members are not independent draws from one law",
    "OffKink": "the points where a minimum, maximum or clip has no derivative",
    "NonzeroSpread": "a group in which all values are equal",
    "Range": "a constant outside its usual range",
    "Nonzero": "a denominator that vanishes",
    "Nonnegative": "the root or logarithm of something negative",
}


# What the transitions of any process are: laws, by what they are.
PROCESS = ("#P", "#ρ_0", "#alive", "#visits")

GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
         "eta": "η", "theta": "θ", "vartheta": "ϑ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
         "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
         "omega": "ω", "ell": "ℓ", "Gamma": "Γ", "Delta": "Δ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
         "Psi": "Ψ", "Omega": "Ω"}
ACCENTS = {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304"}


@lru_cache(2**10)
def plain_name(latex: str) -> str:
    """A name in LaTeX as plain text: π_ref for \\pi_{\\text{ref}}; places for arguments are dropped."""
    latex = latex.removeprefix(k.PATH)
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
        for kind, about, _ in self.used:
            if about in PROCESS:
                found |= {"DynamicsConstant"} & {f"Dynamics{kind}"}
            elif kind == "Differentiable":
                orders[about[0]] = max(about[1], orders.get(about[0], 0))
            elif kind == "PathEnds" and about:
                found.add(f"PathEnds({about})")
            elif kind in ("FiniteActions", "FiniteStates", "BehaviourConstant", "IndependentSamples", "OffKink",
                          "PathEnds", "Discounted"):
                found.add(kind)
            elif kind in ("Nonzero", "Nonnegative") and is_spread(about):
                found.add("NonzeroSpread")
            else:
                found.add(f"{kind}({plain_name(about) if isinstance(about, str) else show(about)})")
        found |= {f"Differentiable({plain_name(name)}, {order})" for name, order in orders.items()}
        order_of_kinds = list(EXCLUDES)
        return tuple(sorted(found, key=lambda name: (order_of_kinds.index(name.partition("(")[0]), name)))


def is_spread(poly: k.Poly) -> bool:
    """Whether a polynomial is what stands under one root, with a sum over a range, as in a standard deviation."""
    rooted = len(poly) == 1 and all(isinstance(gen, k.Power) for m, _ in poly for gen, _ in m)
    return rooted and any(sort.kind == "index" for gen in k.inside(poly, k.Sum) for sort in gen.sorts)


def show(thing: Any) -> str:
    """A polynomial of the kernel, or a part of one, in a line of text."""
    match thing:
        case k.Variable():
            return "·" if thing.name[0] in "%#?∀" else thing.name
        case k.Point():
            return f"{show(thing.whole)}_{'<' * (thing.tag == 'prefix')}{show(thing.at)}"
        case k.Numeral():
            return str(thing.value)
        case k.Leaf(name=k.SAME):
            return f"1[{' = '.join(map(show, thing.args))}]"
        case k.Leaf():
            return leaf_name(thing) + (f"({', '.join(map(show, thing.args))})" if thing.args else "") + "′" * len(
                thing.along)
        case k.Sum():
            mean = any(sort.kind == "group" for sort in thing.sorts)
            return f"{'E' if mean else 'Σ'}[{show(((thing.body, 1),))}]"
        case k.Value():
            return show(thing.of)
        case k.Power():
            return f"({show(thing.of)})"
        case k.Log() | k.Exp() | k.Indicator():
            return f"{thing.tag}({show(thing.of)})"
        case tuple():
            return " + ".join(term(m, c) for m, c in thing) or "0"
    return str(thing)


def leaf_name(leaf: k.Leaf) -> str:
    """The name of a function or law."""
    return "π_old" if leaf.point == "old" and leaf.name == r"\pi" else plain_name(leaf.name)


def term(m: k.Monomial, c: k.Rational) -> str:
    """A monomial with its coefficient."""
    factors = [show(gen) + (f"^{e}" if e != 1 else "") for gen, e in m]
    scale = "" if c == 1 and factors else "−" if c == -1 and factors else str(c)
    return scale + ("" if scale in ("", "−") or not factors else " ") + " ".join(factors)
