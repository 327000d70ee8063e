"""Shapes: scalars, columns, rows and matrices over the parameters."""

from .errors import ShapeError

Shape = tuple[str, str]
SCALAR: Shape = ("1", "1")
VECTOR: Shape = ("d", "1")
COVECTOR: Shape = ("1", "d")
MATRIX: Shape = ("d", "d")
ANY: Shape = ("*", "*")

SHAPE_NAMES = {SCALAR: "scalar", VECTOR: "vector", COVECTOR: "row vector", MATRIX: "matrix", ANY: "any shape"}


def agree(shapes: list[Shape], place: str) -> Shape:
    """The common shape of summands or of two sides; ``ANY`` (a remainder, zero) fits everywhere."""
    known = [shape for shape in shapes if shape != ANY]
    if any(shape != known[0] for shape in known):
        raise ShapeError(f"{place} joins a {SHAPE_NAMES[known[0]]} and a "
                         + next(SHAPE_NAMES[shape] for shape in known if shape != known[0]))
    return known[0] if known else ANY
