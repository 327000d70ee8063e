"""The claims of the paper, point by point, and the repair: what its prose argues, as statements with verdicts."""

from __future__ import annotations

from . import claims_estimator, claims_group, claims_penalty
from .claims_base import Group, PaperClaim

GROUPS: tuple[Group, ...] = (
    *claims_penalty.GROUPS, *claims_estimator.GROUPS, *claims_group.GROUPS, claims_estimator.repair,
)
CLAIMS: tuple[PaperClaim, ...] = tuple(claim for group in GROUPS for claim in group.claims)
