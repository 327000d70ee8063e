"""What is wrong with an expression that cannot be said."""


class LanguageError(ValueError):
    """An expression that the language refuses: ``reason`` says why, ``where`` names the place.

    >>> str(ScopeError("the index i stands outside its sum", where=r"\\ell_i"))
    '\\\\ell_i: the index i stands outside its sum'
    """

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.reason = reason
        self.where = where


class ScopeError(LanguageError):
    """A variable that is free where it must be bound, or a sum over nothing."""


class ShapeError(LanguageError):
    """A vector where a scalar is needed, or a product whose shapes do not chain."""


class LawError(LanguageError):
    """Two laws for one variable, or a law for something that has none."""
