"""The second opinion: statements evaluated by definition on finite models, in floating point and exactly."""

from .evaluator import Unevaluable
from .refute import Counterexample, Search, refute, search
from .spot import SpotCheck, spot_check

__all__ = ["Counterexample", "Search", "SpotCheck", "Unevaluable", "refute", "search", "spot_check"]
