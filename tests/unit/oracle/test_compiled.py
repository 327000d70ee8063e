"""Compiled expressions have the values that the evaluator gives them, stay finite, and say where they are not."""

import importlib.util
import sys
from itertools import chain, product

import numpy as np
import pytest
from mutation_field import field
from mutation_statements import derived
from places import ROOT
from symbols import a, b, group, i, o, old, pi, r, ref, s

from grpo_symbolic.language import (
    KL,
    Abs,
    Const,
    E,
    Frac,
    Head,
    Hessian,
    Indicator,
    Length,
    Log,
    Max,
    Min,
    Num,
    Parameter,
    Root,
    StateLaw,
    Step,
    StopGradient,
    expand,
    grad,
    group_mean,
    group_spread,
    taylor,
    total,
    unfold,
)
from grpo_symbolic.oracle import Unevaluable
from grpo_symbolic.oracle.compiled.vectorised import compile as compiled
from grpo_symbolic.oracle.meaning.evaluator import Context, Evaluator
from grpo_symbolic.oracle.meaning.sides import bindings, flat
from grpo_symbolic.oracle.model.number_systems import Floating
from grpo_symbolic.oracle.model.table_names import policy, printed
from grpo_symbolic.oracle.model.tables import OLD, Sizes, Softmax
from grpo_symbolic.paper.collection import display_claims

f = Head("f(#1)", theta=True)
THETA, BEHAVIOUR, REFERENCE = r"\pi_\theta", r"\pi_{\theta_{\text{old}}}", r"\pi_{\text{ref}}"


class Given(Softmax):
    """A model that reads its tables from the inputs of a compiled expression; θ moves the logits along straight lines.

    What it alone asks for (a coefficient that cancels) is drawn.
    """

    inputs = {}

    def draw(self, name, shape):
        if name.kind == "logit" and len(name.monomial) > 1:
            return np.zeros(shape), 1
        place = f"[{name.entry[0] + 1},{name.entry[1] + 1}]" if name.kind == "step" or name.entry != (0, 0) else ""
        label = printed(name, self) + place
        if name.kind == "logit":
            point = OLD if name.point and self.at_old else name.point
            label = rf"\partial_{{{name.monomial[0] + 1}}} {name.label}" if name.monomial else policy(name.label, point)
        found = self.inputs.get(label)
        return (np.zeros(shape), 1) if found is None else (found, 1)


def random_inputs(function, batch, seed):
    """Inputs of the right shapes: positive, since a function may be declared so, and most are good for any number."""
    rng = np.random.default_rng(seed)
    return {name: rng.uniform(0.1, 0.9, (*shape, batch)) for name, shape in function.inputs.items()}


def by_definition(node, inputs, sizes, at_old=False):
    """The evaluator's values, in the shape of the compiled ones."""
    model = Given(sizes, Floating(), np.random.default_rng(1), at_old, integers={"G": sizes.group})
    model.inputs = inputs
    free = sorted(node.free, key=lambda var: (var.sort in ("index", "token"), var.name, var.sort))
    axes, indices = bindings(free, model, 0)
    axis_sizes = tuple(axis.size for axis in reversed(flat(axes)))
    found = []
    for choice in product(*(range(1, count + 1) for count in indices.values())):
        at = Evaluator(model, {**axes, **dict(zip(indices, choice, strict=True))})
        rows = at.value(unfold(node), Context(depth=len(axis_sizes)))
        found.append([np.broadcast_to(jet.value, (*axis_sizes, sizes.batch)) for row in rows for jet in row])
    coordinates = [np.stack(values) for values in zip(*found, strict=True)]
    return np.stack(coordinates)


def assert_both_agree(node, where=(), at_old=False, actions=3, group=2, states=2, directions=2, seed=0):
    """Compare both evaluations on random inputs."""
    node = expand(node, where)
    function = compiled(node, actions, group, states, directions, at_old=at_old)
    inputs = random_inputs(function, 7, seed)
    found = function(inputs)
    wanted = by_definition(node, inputs, Sizes(actions, group, states, directions, 7), at_old)
    assert found.finite.all()
    values = found.values.reshape(*wanted.shape[:-1], -1)
    assert np.broadcast_to(values, wanted.shape) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


TOKENS = {"token-scores"}
CLAIMS = {name: claim for name, claim in chain(display_claims(), derived(), field()) if name not in TOKENS}


@pytest.mark.parametrize("name", CLAIMS)
def test_the_sides_of_a_claim_have_the_values_that_the_evaluator_gives_them(name):
    claim = CLAIMS[name]
    for side in (claim.lhs, claim.rhs):
        assert_both_agree(side, claim.where, claim.at_old, actions=2 if "objective" in name else 3)


u = Head("w(#1, #2, #3)")
NODES = {
    "a diagonal": total(a, r(s, a) * u(a, a, s)),
    "an entangled sum": E((a, old | s), Log(1 + total(b, u(a, b, s)))),
    "a sum that is squared": E((a, pi | s), r(s, a)) ** 2 - E((a, pi | s), r(s, a) ** 2),
    "a third derivative": grad(grad(Log(pi(a, s))).T * grad(pi(b, s))).T * Step(),
    "a moving function": grad(E((a, pi | s), f(a) * r(s, a))),
    "the law of states": grad(E((s, StateLaw(pi)), (a, pi | s), r(s, a))),
    "a spread": E((group, old | s), (r(s, group[i]) - group_mean(i, r(s, group[i]))) / (
        group_spread(i, r(s, group[i])) + Const(r"\epsilon", "positive"))),
    "extrema": Max(Min(pi(a, s) / old(a, s), Num(1)), Abs(r(s, a) - Frac(Num(1), Num(2)))),
    "the slope of an extremum": grad(Max(pi(a, s) / old(a, s), Num(1))),
    "an indicator": E((a, pi | s), Indicator(">", r(s, a), Frac(Num(1), Num(2)))),
    "a stopped weight": grad(StopGradient(pi(a, s)) / pi(a, s)),
    "a product over actions": grad(total(a, pi(a, s), product=True)),
    "powers": grad(pi(a, s) ** Const("c") + Num(2) ** pi(a, s) + Root(pi(a, s))),
    "a polynomial in the step": taylor(Log(pi(a, s)), 2),
    "a Hessian": Hessian(KL(pi | s, ref | s)),
    "a vector of functions": Head("v(#1)", shape="vector")(a).T * grad(Log(pi(a, s))),
    "a sum for each group": total(i, r(s, group[i])) * r(s, group[2]),
}


@pytest.mark.parametrize("name", NODES)
@pytest.mark.parametrize("seed", range(2))
def test_expressions_of_every_kind(name, seed):
    assert_both_agree(NODES[name], seed=seed)


def test_a_bent_expression_has_another_value():
    right = compiled(grad(E((a, pi | s), r(s, a))))
    wrong = compiled(grad(E((a, old | s), r(s, a) * pi(a, s))))
    inputs = random_inputs(wrong, 5, 0) | random_inputs(right, 5, 0)
    assert not np.allclose(right(inputs).values, wrong(inputs).values, rtol=1e-3)


def extreme(rows, batch=64, spread=700.0):
    """Logits of which some lie at +spread and some at −spread."""
    rng = np.random.default_rng(4)
    return np.where(rng.random((1, rows, batch)) < 0.5, spread, -spread) + rng.standard_normal((1, rows, batch))


def test_nearly_deterministic_policies_stay_finite():
    """Under the behaviour's law a ratio costs nothing, although the behaviour may have probability exp(−1400)."""
    ratio = pi(a, s) / old(a, s)
    inputs = {THETA: extreme(8), BEHAVIOUR: extreme(8)[..., ::-1], REFERENCE: extreme(8)[..., ::-1]}
    mean = compiled(E((a, old | s), ratio), 8)(inputs)
    assert mean.finite.all()
    assert mean.values == pytest.approx(1)
    table = {**inputs, "r(s, a)": np.ones((1, 8, 1)), r"\partial_{1} \pi": np.linspace(-1, 1, 8).reshape(1, 8, 1)}
    for node in (E((a, old | s), ratio * r(s, a)), KL(pi | s, ref | s), grad(KL(old | s, pi | s)), Log(pi(a, s)),
                 grad(E((a, old | s), ratio * r(s, a))), Hessian(KL(pi | s, ref | s))):
        found = compiled(node, 8)(table)
        assert found.finite.all()
    assert compiled(KL(pi | s, ref | s), 8)(inputs).values.max() > 500


def test_a_policy_with_probabilities_down_to_1e_300_has_its_divergence():
    logits = np.array([[[0.0], [-690.0]]])
    found = compiled(KL(old | s, pi | s))({BEHAVIOUR: np.zeros((1, 2, 1)), THETA: logits})
    assert found.values == pytest.approx(345 - np.log(2))
    assert compiled(pi(a, s))({THETA: logits}).values.min() == pytest.approx(np.exp(-690.0))


def test_what_is_not_finite_is_reported_for_its_models_alone():
    logits = np.zeros((1, 2, 3))
    logits[0, 0, 1] = -1000
    found = compiled(1 / pi(a, s))({THETA: logits})
    assert found.finite.tolist() == [True, False, True]
    assert np.isinf(found.values[..., 1]).any()
    below = compiled(Log(r(s, a)))({"r(s, a)": np.array([[[1.0, -1.0], [1.0, 1.0]]])})
    assert below.finite.tolist() == [True, False]


def test_a_batch_is_cut_into_pieces_and_a_batch_of_one_serves_all():
    function = compiled(E((group, old | s), r(s, group[1]) * r(s, group[2])), 8, 2)
    logits, rewards = extreme(8, 5000, 3.0), np.random.default_rng(0).standard_normal((1, 8, 1))
    found = function({BEHAVIOUR: logits, "r(s, a)": rewards})
    assert found.values.shape == (1, 5000)
    for k in (0, 4999):
        alone = function({BEHAVIOUR: logits[..., k:k + 1], "r(s, a)": rewards})
        assert found.values[..., k] == pytest.approx(alone.values[..., 0])


@pytest.mark.parametrize("inputs", [
    {}, {THETA: np.zeros((2, 1))}, {THETA: np.zeros((1, 3, 4)), REFERENCE: np.zeros((1, 3, 5))}, {THETA: 0.0}])
def test_inputs_that_do_not_fit_are_refused(inputs):
    with pytest.raises(ValueError, match="input"):
        compiled(KL(pi | s, ref | s), 3)(inputs)


@pytest.mark.parametrize("node", [
    Length(o), Parameter(), Num(1) * Parameter("old"), total(b, pi(b, s), excluded=a), Parameter() - Parameter("old")])
def test_what_is_not_compiled_is_refused(node):
    with pytest.raises(Unevaluable):
        compiled(node)


def benchmark():
    path = ROOT / "benchmarks" / "evaluate.py"
    spec = importlib.util.spec_from_file_location("evaluate", path)
    module = sys.modules["evaluate"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_formulas_by_hand_of_the_benchmark_have_the_compiled_values():
    for row in benchmark().rows(models=50):
        values = row.compiled(row.inputs).values
        for hand in row.by_hand.values():
            assert hand(row.inputs) == pytest.approx(values.reshape(-1, 50).squeeze(), rel=1e-9, abs=1e-12)
