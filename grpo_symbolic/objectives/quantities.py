r"""Closed forms that the mean of a KL estimator, or its mean gradient, may have, and the laws they speak of."""

from __future__ import annotations

from dataclasses import dataclass

THETA = r"\pi_\theta(\cdot|s)"
OLD = r"\pi_{\theta_{\text{old}}}(\cdot|s)"
REF = r"\pi_{\text{ref}}(\cdot|s)"
SCORE = r"\nabla_\theta\log\pi_\theta(a|s)"


@dataclass(frozen=True)
class Quantity:
    """A closed form: its name in a table, and its LaTeX."""

    name: str
    latex: str

    def gradient(self) -> Quantity:
        """Its gradient in θ."""
        return Quantity(f"∇{self.name}", rf"\nabla_\theta {self.latex}")

    def __neg__(self) -> Quantity:
        return Quantity(f"−{self.name}", f"-{self.latex}")

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(f"{self.name} − {other.name}", f"{self.latex} - {other.latex}")


def mean(law: str, body: str) -> str:
    """The LaTeX of an expectation over one action."""
    return rf"\mathbb{{E}}_{{a\sim{law}}}\left[{body}\right]"


def divergence(name: str, p: str, q: str) -> Quantity:
    """A divergence."""
    return Quantity(f"D_KL({name})", rf"D_{{\text{{KL}}}}({p} \parallel {q})")


ZERO = Quantity("0", "0")
REVERSE = divergence("π_θ‖π_ref", THETA, REF)
FORWARD = divergence("π_ref‖π_θ", REF, THETA)
OLD_TO_REF = divergence("π_old‖π_ref", OLD, REF)
OLD_TO_CURRENT = divergence("π_old‖π_θ", OLD, THETA)
MOMENT = Quantity("M_θ", mean(THETA, r"\frac{1}{2}k_1(a)^2"))
OLD_MOMENT = Quantity("M_old", mean(OLD, r"\frac{1}{2}k_1(a)^2"))

VALUES = (ZERO, REVERSE, FORWARD, OLD_TO_REF - OLD_TO_CURRENT, MOMENT, OLD_MOMENT)
GRADIENTS = (
    ZERO,
    REVERSE.gradient(),
    FORWARD.gradient(),
    REVERSE.gradient() - FORWARD.gradient(),
    -OLD_TO_CURRENT.gradient(),
    MOMENT.gradient(),
    OLD_MOMENT.gradient(),
    MOMENT.gradient() - REVERSE.gradient(),
)
