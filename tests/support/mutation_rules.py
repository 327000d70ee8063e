"""The mutants of the project's claims: its rules for bending a statement, with the policies of the field."""

from dataclasses import replace

from grpo_symbolic.checking.bends import Letters, bent
from grpo_symbolic.language import Policy, Var

PI, OLD = Policy(r"\pi"), Policy(r"\pi", "old")
REF = Policy(r"\pi_{\text{ref}}", "constant")
LETTERS = Letters((PI, OLD, REF), (Var("z", "action"), Var("z", "state")))


def mutants(claim):
    """The mutants of a claim whose definitions are unfolded: a label that stays the same, and the bent claim."""
    counts = {}
    for rule, found in bent(claim.relation, LETTERS):
        counts[rule] = counts.get(rule, 0) + 1
        yield f"{rule} {counts[rule]}", replace(claim, relation=found)
