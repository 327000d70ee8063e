"""Symbols that may be vectors or matrices: signs of a transpose or of an inverse on what would be read as a number."""

from __future__ import annotations

from ...language import SCALAR, App, Const, Gradient, Node, Transpose, moves
from ..kinds.named import letter_of
from ..parsing.naming import bare
from ..read_error import Fault
from .builder import Builder


def refuse_number(node: Node, pos: int) -> None:
    """Refuse the transpose of what is read as a number, unless it moves: then that of its gradient may be meant."""
    vectors = any(isinstance(part, (Gradient, Transpose)) for part in node.walk())
    if node.shape == SCALAR and not vectors and not moves(node):
        raise Fault("what is transposed here is read as a number, and is a vector or a matrix: declare what it is", pos)


def refuse_transpose(builder: Builder, node: Node, pos: int) -> None:
    """Refuse the power T of a symbol, where T ends no range."""
    if symbol_letter(node).isalpha() and not is_number(builder, "T"):
        raise Fault("this superscript may be a power, or the sign of a transpose: write \\top for that, or say where T "
                    "ends", pos)


def refuse_inverse(builder: Builder, node: Node, pos: int) -> None:
    """Refuse the power −1 of a capital letter that may be a matrix."""
    if symbol_letter(node).removeprefix("\\")[:1].isupper() and not is_number(builder, bare_symbol(node)):
        raise Fault("this superscript may be a power, or the sign of an inverse matrix: write a fraction, or declare "
                    "what it is", pos)


def symbol_letter(node: Node) -> str:
    """The letter of a factor that is one symbol without arguments; else empty."""
    return letter_of(bare_symbol(node))[0]


def bare_symbol(node: Node) -> str:
    """The name of a factor that is one symbol without arguments, as vectors and matrices are; else empty."""
    name = node.name if isinstance(node, Const) else node.head.layout if isinstance(node, App) else ""
    return "" if "(" in name else name


def is_number(builder: Builder, name: str) -> bool:
    """Whether a symbol is declared, or ends a range, and so is known for what it is."""
    return bare(name) in builder.facts.kinds or (name, "limit") in builder.facts.evidence
