"""What is argued for a statement, or for several: derivations, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from ..proof.derivation import Derivation


@dataclass(frozen=True, repr=False)
class Argument:
    """The derivations that are shown for one display or group of claims, the main one first."""

    id: str
    derivations: tuple[Derivation, ...]

    def show(self) -> None:
        """Print the steps with their reasons, the verdict and the LaTeX."""
        from ..report.terminal import run_script

        run_script(self)

    def __repr__(self) -> str:
        return f"<Argument {self.id}: {', '.join(one.remark or one.label for one in self.derivations)}>"

    def _repr_html_(self) -> str:
        from ..report.terminal import argument_card

        return argument_card(self)

    def _repr_latex_(self) -> str:
        from ..report.terminal import argument_latex

        return argument_latex(self)
