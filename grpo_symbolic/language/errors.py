"""What is wrong with an expression that cannot be said."""


class LanguageError(ValueError):
    """An expression that the language refuses: ``reason`` says why, ``where`` is the place, a name or a term.

    Of a term the message has the name, where it has one; ``latex.printer.refusal`` prints any.

    >>> str(ScopeError("the index i stands outside its sum", where=r"\\ell_i"))
    '\\\\ell_i: the index i stands outside its sum'
    """

    def __init__(self, reason: str, where: object = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.where = where

    @property
    def place(self) -> str:
        """The name of the place, empty where it has none."""
        return self.where if isinstance(self.where, str) else getattr(self.where, "name", "")

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason


class ScopeError(LanguageError):
    """A variable that is free where it must be bound, or a sum over nothing."""


class ShapeError(LanguageError):
    """A vector where a scalar is needed, or a product whose shapes do not chain."""


class LawError(LanguageError):
    """Two laws for one variable, or a law for something that has none."""


class Misused(LanguageError, TypeError):
    """A value of the wrong type for what is asked of it."""
