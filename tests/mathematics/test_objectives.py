"""The objectives: every claim has its verdict, no bend of one is proved, and what is printed is what was read."""

import json
from dataclasses import replace
from functools import cache

import pytest
from commands import run
from places import ROOT
from seeds import some
from verdicts import prove

from grpo_symbolic.checking.check import check
from grpo_symbolic.language import ENDLESS, Claim, Num, Relation, Value, Visited
from grpo_symbolic.latex.notation.profiles import PROFILES
from grpo_symbolic.latex.printing.printer import latex, parts
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.objectives import objectives
from grpo_symbolic.objectives.record import KINDS
from grpo_symbolic.report.objectives import topics
from grpo_symbolic.report.pages import objectives_page

pytestmark = pytest.mark.long

FACTS = {f"{one.id}/{fact.id}": (one, fact) for one in objectives() for fact in one.facts}
# A bend must not be proved; refuting it may take longer than a test has.
BUDGET = 0.5


@cache
def verdict(name):
    one, fact = FACTS[name]
    return one.check(fact)


@pytest.mark.parametrize("name", FACTS)
def test_every_claim_has_the_verdict_on_record(name):
    found, fact = verdict(name), FACTS[name][1]
    assert found.id == name
    assert found.status == fact.expect, found.reason
    assert fact.kind in KINDS
    if found.status == "proved":
        assert found.spot.disagreements == 0
    if found.status == "refuted":
        assert found.counterexample is not None


@pytest.mark.parametrize("one", objectives(), ids=lambda one: one.id)
def test_every_objective_has_its_gradient_its_start_and_its_relatives(one):
    proved = {fact.kind for fact in one.facts if fact.expect == "proved"}
    assert {"gradient", "old", "equals"} <= proved
    assert len({fact.id for fact in one.facts}) == len(one.facts)


def test_the_objectives_of_the_field_are_there():
    names = {one.id for one in objectives()}
    assert names == {"reinforce", "rloo", "trpo", "ppo", "ppo-dual-clip", "grpo-paper", "grpo", "dr-grpo", "dapo",
                     "gspo", "cispo", "deepseek-v3.2", "reinforce-answers", "rloo-answers", "kl-in-reward",
                     "trpo-visited", "ppo-gae"}
    assert names < set(topics())


# Bends.

BUILT_IN = (Value, Visited, type(ENDLESS))


@cache
def claim_of(name):
    one, fact = FACTS[name]
    return one.read(fact).claims[0] if isinstance(fact.statement, str) else fact.statement()


def bends(relation):
    """A relation with a sign and a factor wrong on the right."""
    return [Relation(relation.op, relation.lhs, -relation.rhs), Relation(relation.op, relation.lhs, 2 * relation.rhs)]


@cache
def equations():
    """The names of the claims that are equations with something on the right."""
    return [name for name, (_, fact) in FACTS.items() if fact.expect == "proved"
            and isinstance(claim_of(name), Claim) and claim_of(name).relation.op == "="
            and claim_of(name).rhs != Num(0)]


def topic(name):
    """The objective that a claim speaks of."""
    return name.partition("/")[0]


def test_most_claims_are_equations_with_something_on_the_right():
    assert len(equations()) > 60
    assert {topic(name) for name in equations()} == {one.id for one in objectives()}


@pytest.mark.parametrize("one", objectives(), ids=lambda one: one.id)
def test_a_sign_or_a_factor_is_not_proved(one):
    for place, name in some(0, enumerate(equations()), lambda case: [topic(case[1])]):
        if topic(name) == one.id:
            claim = claim_of(name)
            bent = bends(claim.relation)[place % 2]
            assert check(replace(claim, relation=bent), budget=BUDGET).status != "proved", name


@pytest.mark.parametrize("one", ["reinforce", "rloo", "trpo", "gspo"])
def test_a_sign_is_refuted(one):
    for name in equations():
        if topic(name) == one:
            claim = claim_of(name)
            assert check(replace(claim, relation=bends(claim.relation)[0])).status == "refuted", name


OLD, CURRENT = r"\pi_{\theta_{\text{old}}}", r"\pi_\theta"


@pytest.mark.parametrize(("name", "right", "wrong"), [
    ("reinforce/gradient", r"\sim \pi_\theta", r"\sim " + OLD),
    ("rloo/gradient", r"a_{1:G} \sim \pi_\theta", r"a_{1:G} \sim " + OLD),
    ("rloo/group-mean", "G-1", "G"),
    ("trpo/gradient", OLD, CURRENT),
    ("trpo/trust-region", "O(\\|\\Delta\\theta\\|^3)", "O(\\|\\Delta\\theta\\|^4)"),
    ("trpo/trust-region", r"\frac{1}{2}", ""),
    ("ppo/gradient", "<", ">"),
    ("ppo/lower-bound", r"\leq", r"\geq"),
    ("grpo-paper/gradient", r"- \beta", r"+ \beta"),
    ("grpo-paper/k3", r"k_i(\theta)", r"\left( -\ell_i(\theta) \right)"),
    ("grpo/penalty", "1 -", "1 +"),
    ("dr-grpo/reinforce", r"\frac{G-1}{G}", ""),
    ("dapo/weights", r"- \frac{1}{G} \right)", r"+ \frac{1}{G} \right)"),
    ("gspo/ratio", r"\frac{1}{|y_i|}", ""),
    ("cispo/alive-above", r"(1 + \varepsilon_{\text{high}})", r"r_{i,t}(\theta)"),
    ("deepseek-v3.2/unbiased-gradient", r"\pi_\theta(\cdot|q) \| \pi_{\text{ref}}(\cdot|q)",
     r"\pi_{\text{ref}}(\cdot|q) \| \pi_\theta(\cdot|q)"),
    ("deepseek-v3.2/value", r"\sim " + OLD, r"\sim " + CURRENT),
    ("deepseek-v3.2/answers", r"\frac{1}{G} \sum_{i=1}^G \sum_{t=1}^{|o_i|}",
     r"\frac{1}{G} \sum_{i=1}^G \frac{1}{|o_i|} \sum_{t=1}^{|o_i|}"),
    ("reinforce-answers/baseline", "b(q, o_{<t})", "b(q, o_t)"),
    ("reinforce-answers/to-go", "t'=t", "t'=t+1"),
    ("rloo-answers/gradient", r"o_{1:G} \sim \pi_\theta", r"o_{1:G} \sim " + OLD),
    ("rloo-answers/off-policy", r"{\pi_{\theta_{\text{old}}}(o_i|q)}", r"{\pi_{\text{ref}}(o_i|q)}"),
    ("kl-in-reward/gradient", "t'=t", "t'=t+1"),
    ("kl-in-reward/difference", r" + \mathbb{E}", r" - \mathbb{E}"),
    ("kl-in-reward/value", r"- \beta", r"+ \beta"),
    ("dapo/two-answers", "2 (|o_1|", "(|o_1|"),
    ("gspo/lengths", "|y_i| s_i", "s_i"),
])
def test_a_wrong_law_order_or_factor_is_refuted(name, right, wrong):
    one, fact = FACTS[name]
    assert right in fact.statement
    assert one.check(replace(fact, statement=fact.statement.replace(right, wrong))).status == "refuted"


@pytest.mark.parametrize("name", [
    "reinforce/at-old", "rloo/at-old", "trpo/at-old", "ppo/surrogate", "ppo/dead-above", "ppo/live-below",
    "ppo-dual-clip/floor", "ppo-dual-clip/ppo", "grpo-paper/at-old", "grpo/unclipped-at-old", "grpo/reference-is-old",
    "dapo/symmetric", "gspo/at-old", "gspo/one-token", "cispo/inside", "deepseek-v3.2/unmasked",
    "reinforce-answers/tokens-at-old", "rloo-answers/surrogate-at-old", "kl-in-reward/loss-at-old", "grpo/answers",
    "dr-grpo/answers", "dapo/same-lengths", "gspo/ratio-gradient-at-old", "gspo/lengths",
])
def test_without_its_condition_a_claim_is_refuted(name):
    one, fact = FACTS[name]
    assert fact.assume
    assert one.check(replace(fact, assume=())).status == "refuted"


# What is printed.


@pytest.mark.parametrize("one", objectives(), ids=lambda one: one.id)
def test_definitions_and_claims_read_back_as_they_are_printed(one):
    printed = one.printed()
    assert len(printed) == len(one.definitions)
    for place, (text, own) in enumerate(zip(printed, one.definitions, strict=True)):
        known = one.definitions[:place]
        again, first = (read_statement(latex, known, profile=one.notation).definitions for latex in (text, own))
        assert again == first
    for fact in one.facts:
        if isinstance(fact.statement, str):
            again = replace(fact, statement=one.latex_of(fact))
            assert one.read(again).claims == one.read(fact).claims


OF_SEQUENCES = [name for name, (one, fact) in FACTS.items() if one.id in (
    "reinforce-answers", "rloo-answers", "kl-in-reward", "trpo-visited", "ppo-gae") or "answer" in fact.id]


@pytest.mark.parametrize("notation", PROFILES)
def test_what_is_said_of_sequences_is_read_back_in_every_notation(notation):
    """Values and laws of states are read as functions that custom gives their meaning: their print is what it was."""
    assert len(OF_SEQUENCES) > 60
    for name in OF_SEQUENCES:
        claim = claim_of(name)
        printed, where, assume = parts(claim, notation)
        again = read_statement(printed, where, assume, profile=notation).links[-1].content
        assert again == claim or latex(again.relation, notation) == printed, name
        assert again == claim or any(isinstance(part, BUILT_IN) for part in claim.relation.walk()), name


@pytest.mark.parametrize("name", ["trpo-visited/at-old", "ppo-gae/at-old", "ppo-gae/any-critic"])
def test_what_is_said_of_processes_is_proved_from_its_print(name):
    assert prove(*parts(claim_of(name), "paper"), budget=20).status == "proved"


@pytest.mark.parametrize("name", ["trpo-visited/at-old", "ppo-gae/at-old", "ppo-gae/any-critic", "ppo-gae/one-step"])
def test_the_policy_gradient_of_a_surrogate_is_that_at_old_only(name):
    assert check(replace(claim_of(name), at_old=False)).status == "refuted"


def test_the_command_shows_one_objective():
    done = run("list", "rloo")
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\sum_{j \neq i}" in done.stdout
    assert "rloo/group-mean" in done.stdout


def test_the_command_prints_json_lines():
    records = [json.loads(line) for line in run("list", "rloo", "--json").stdout.splitlines()]
    assert [record["id"] for record in records] == [name for name in FACTS if name.startswith("rloo/")]
    assert all(record["verdict"] == verdict(record["id"]).status and record["claim"] for record in records)


def test_what_cannot_be_listed_is_said_in_a_line():
    done = run("list", "adamw")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_the_page_is_up_to_date():
    found = [(*FACTS[name], verdict(name)) for name in FACTS]
    assert (ROOT / "docs" / "objectives.md").read_text(encoding="utf-8") == objectives_page(found)
