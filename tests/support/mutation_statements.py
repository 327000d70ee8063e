"""What is bent: whatever the project states, in the paper's name and in that of the objectives, true or false."""

from dataclasses import replace
from functools import cache

from mutation_field import field

from grpo_symbolic.language import Relation, remainder
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.objectives import objectives
from grpo_symbolic.objectives.estimators import rows
from grpo_symbolic.paper.claims import CLAIMS
from grpo_symbolic.paper.collection import display_claims, lemmas
from grpo_symbolic.paper.displays import DISPLAYS
from grpo_symbolic.proof.prove import prove


def derived():
    """The claims of the derivation scripts of displays that no display makes."""
    ids = {display.id for display in DISPLAYS}
    return ((name, claim) for topic, name, claim in lemmas() if topic in ids)


def claimed():
    """The claims of the paper's prose."""
    return ((claim.id, claim.build()) for claim in CLAIMS)


def facts():
    """What is claimed of the objectives."""
    for one in objectives():
        for fact in one.facts:
            claim = one.read(fact).claims[0] if isinstance(fact.statement, str) else fact.statement()
            yield f"{one.id}/{fact.id}", claim


def cells():
    """The closed forms in the table of estimators."""
    for row in rows():
        for finding in (row.value, row.gradient):
            if finding.quantity is not None:
                cell, latex = finding.cell, finding.cell.claim(finding.quantity)
                name = "/".join((cell.estimator, cell.weight, cell.place, cell.law, cell.what))
                yield name, read_statement(latex, cell.where(latex)).claims[0]


@cache
def settled(claim):
    """The claim with its definitions unfolded; of an approximation the relation that is proved.

    Raises Unproved for an approximation that is not proved.
    """
    relation = claim.expanded()
    if relation.op == "≈":
        order = prove(claim).order
        error = [] if order is None else [remainder(order)]
        relation = Relation("=", relation.lhs, sum(error, relation.rhs))
    return replace(claim, relation=relation)


def statements():
    """Every claim that is bent, by topic and name, ``displays/eq07`` or ``ppo/gradient``; what is said twice, once."""
    found, said = {}, set()
    for name, claim in stated():
        bare = settled(claim)
        if content(bare) not in said:
            assert name not in found, f"two statements of the name {name}"
            said.add(content(bare))
            found[name] = bare
    return found


def content(claim):
    """What a claim with unfolded definitions says, whatever it is called."""
    return claim.relation, claim.assume, claim.at_old


@cache
def stated():
    """Whatever is stated, by topic and name."""
    return (*under("displays", display_claims()), *under("derivations", derived()), *under("field", field()),
            *under("claims", claimed()), *facts(), *cells())


def topic_of(name):
    """The topic of a statement."""
    return name.partition("/")[0]


def stated_of(topic):
    """What is stated of a topic, with the names."""
    found = [(name, claim) for name, claim in stated() if topic_of(name) == topic]
    assert found
    return found


def under(topic, claims):
    """Claims with the topic before their names."""
    return ((f"{topic}/{name}", claim) for name, claim in claims)
