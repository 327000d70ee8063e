"""A symbol is a law where something is drawn from it or it is compared with a law; alone it stands for its value."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.checking.check import check_claim
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.parsed import parsed_text
from grpo_symbolic.latex.statement.reader import read_statement


def verdict(latex: str, *where: str) -> str:
    """The verdict on the last claim of a statement."""
    return check_claim(read_statement(latex, where).claims[-1]).status


@pytest.mark.parametrize(("latex", "laws"), [
    (r"\mathbb{E}_{z \sim \varrho}[f(z)] = 0", {r"\varrho"}),
    (r"D_{\text{KL}}(\varphi \| w_\theta) = 0", {r"\varphi", "w"}),
    (r"\mathbb{E}_{s \sim \rho}[\rho_i(\theta)] = 0", set()),
    (r"\mathbb{E}_{x \sim \mathcal{D}}[f(x)] = 0", set()),
    (r"\mathbb{E}_{q}[\pi_\theta(o|q)] = 0", set()),
    (r"\mathbb{E}_{\nu}[f] = 0", {r"\nu"}),
    (r"\frac{p}{q} = 1", set()),
    (r"\mathbb{E}_{\nu}[\frac{\mu}{\nu}] = 1", {r"\mu", r"\nu"}),
    (r"\frac{\pi_\theta(a|s)}{\mu(a|s)} = 1", {r"\mu"}),
    (r"\beta \mathcal{H}(\nu) = 0", {r"\nu"}),
    (r"\mathcal{H}(\beta) = 0", set()),
])
def test_a_law_is_told_by_its_uses(latex: str, laws: set[str]) -> None:
    assert parsed_text(latex).facts.laws == laws


@pytest.mark.parametrize(("latex", "status"), [
    (r"\mathbb{E}_{\nu}\left[\frac{\mu}{\nu}\right] = 1", "proved"),
    (r"\mathbb{E}_{\nu}\left[\frac{\nu}{\mu}\right] = 1", "refuted"),
    (r"\mathbb{E}_{\mu}[\nu] = \mathbb{E}_{\nu}[\mu]", "proved"),
    (r"\mathbb{E}_{\mu}[\mu] = 1", "refuted"),
    (r"\mathbb{E}_{\nu}[g \frac{\mu}{\nu}] = \mathbb{E}_{\mu}[g]", "proved"),
    (r"\mathbb{E}_{\nu}[g \frac{\mu}{\nu}] = \mathbb{E}_{\nu}[g]", "refuted"),
    (r"\nabla_\theta p_\theta = p_\theta \nabla_\theta \log p_\theta", "proved"),
    (r"\nabla_\theta p_\theta = \nabla_\theta \log p_\theta", "refuted"),
    (r"\mathbb{E}_{p_\theta}[g \nabla_\theta \log p_\theta] = \nabla_\theta \mathbb{E}_{p_\theta}[g]", "proved"),
    (r"\mathbb{E}_{p_\theta}[g \nabla_\theta \log p_\theta] = 0", "refuted"),
    (r"\mathbb{E}_{p_\theta(z)}\left[\frac{q(z)}{p_\theta(z)}\right] = 1", "proved"),
    (r"\mathbb{E}_{p_\theta(z)}\left[\frac{q(z)}{p_\theta(z)}\right] = 2", "refuted"),
    (r"\mathbb{E}_{k \sim \varrho}[\log\varrho(k) - \log\varpi(k)] = D_{\text{KL}}(\varrho \| \varpi)", "proved"),
    (r"\mathbb{E}_{k \sim \varrho}[\log\varrho(k) - \log\varpi(k)] = D_{\text{KL}}(\varpi \| \varrho)", "refuted"),
    (r"\mathbb{E}_{p}[g(x)] = \mathbb{E}_{q}[g(x)]", "refuted"),
    (r"\mathbb{E}_{p}[g(x)] = \mathbb{E}_{q}[g(x) \frac{p(x)}{q(x)}]", "proved"),
    (r"\nabla_\theta \mathbb{E}_{p_\theta}[r(x)] = \mathbb{E}_{p_\theta}[r(x)\nabla_\theta\log p_\theta(x)]", "proved"),
    (r"\mathbb{E}_{p_\theta}[\log p_\theta(x)] = \log p_\theta(x)", "refuted"),
    (r"\mathbb{E}_q[s_\theta^2] = \mathbb{E}_q[s_\theta]^2", "refuted"),
    (r"\mathbb{E}_{j \sim \mu}[2 B(j)] = 2 \mathbb{E}_{j \sim \mu}[B(j)]", "proved"),
    (r"D_{\text{KL}}(h \| m) = \mathbb{E}_h[\log h] - \mathbb{E}_h[\log m]", "proved"),
    (r"D_{\text{KL}}(h \| m) = \mathbb{E}_m[\log h] - \mathbb{E}_h[\log m]", "refuted"),
    (r"D_{\text{KL}}(Q \| \pi_\theta) = \mathbb{E}_Q[\log \frac{Q}{\pi_\theta}]", "proved"),
    (r"D_{\text{KL}}(Q \| \pi_\theta) = \mathbb{E}_Q[\log \frac{\pi_\theta}{Q}]", "refuted"),
    (r"\mathbb{E}_{y \sim \tilde p}[\frac{\mu(y)}{\tilde p(y)} g(y)] = \mathbb{E}_{y \sim \mu}[g(y)]", "proved"),
    (r"\mathbb{E}_{s \sim q}[g(s)] = \sum_b q(b) g(b)", "proved"),
    (r"\mathbb{E}_{s \sim q}[g(s)] = \sum_b q(b)^2 g(b)", "refuted"),
])
def test_laws_without_arguments_have_their_value_at_the_sample(latex: str, status: str) -> None:
    assert verdict(latex) == status


@pytest.mark.parametrize(("latex", "status"), [
    (r"\mathbb{E}_{\nu}[v g] = \mathbb{E}_{p_\theta}[g]", "proved"),
    (r"\mathbb{E}_{p_\theta}[v g] = \mathbb{E}_{\nu}[g]", "refuted"),
    (r"\nabla_\theta v = v \nabla_\theta \log p_\theta", "proved"),
    (r"\nabla_\theta v = -v \nabla_\theta \log p_\theta", "refuted"),
])
def test_a_ratio_that_is_defined_has_a_value_at_each_sample(latex: str, status: str) -> None:
    assert verdict(latex, r"v \doteq \frac{p_\theta}{\nu}") == status


@pytest.mark.parametrize(("latex", "reason"), [
    (r"\mathbb{E}_{\nu}[g] = g", "stands elsewhere in another form"),
    (r"\mathbb{E}_{u \sim \nu}[g(u)] = \mathbb{E}_{\nu}[g]", "stands elsewhere in another form"),
    (r"\mathbb{E}_{\nu}[g(u) - g(v)] = 0", "may draw u or v"),
    (r"\sum_u \nu(u) \mathbb{E}_{\nu}[\nu(u)] = 1", "u is bound already"),
    (r"D_{\text{KL}}(\nu \| \mu) = \log \nu(u|z)", "conditioned elsewhere"),
    (r"D_{\text{KL}}(\nu \| \mu) = \mathbb{E}_{y \sim \nu(\cdot|x)}[g(y)]", "conditioned elsewhere"),
    (r"\mathbb{E}_{z \sim \eta}[\eta g(z)] = 0", "stands here for a number"),
    (r"\mathbb{E}_{\pi_\theta}[g(x)] = \mathbb{E}_{\pi_{\text{ref}}}[g(x)]", "whether this expectation draws x"),
    (r"\mathbb{E}_{p_\theta}[b g] = b \mathbb{E}_{p_\theta}[g]", "b may be a number or a value"),
    (r"\mathbb{E}_{p_\theta}[s_\theta g] = s_\theta \mathbb{E}_{p_\theta}[g]", "stands elsewhere in another form"),
    (r"\mathbb{E}_{i \sim \mu}[c_i] = c", "is an index elsewhere"),
    (r"\nabla_\theta \log \pi_\theta(a|s) = \psi(s, a)", "joins a vector and a scalar"),
    (r"|x| \geq 0", "has no length"),
    (r"\nabla_\theta \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[X_0] = 0", "X_0 may be a number or a value"),
    (r"\nabla_\theta \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[\delta] = 0", "may be a number or a value"),
])
def test_what_may_mean_two_things_is_not_read(latex: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_statement(latex)


@pytest.mark.parametrize(("text", "status"), [
    (r"D_{\text{TV}}(p, q) = \frac{1}{2} \sum_x |p(x) - q(x)|", "proved"),
    (r"d_{TV}(\nu, q) = d_{TV}(q, \nu)", "proved"), (r"\text{TV}(p, q) = \sum_x \max(p(x) - q(x), 0)", "proved"),
    (r"D_{TV}(p, q) = \sum_x |p(x) - q(x)|", "refuted"), (r"D_{TV}(p, q) = D_{TV}(p, \nu)", "refuted"),
    (r"D_{TV}(f, g) = D_{TV}(g, f)", "unread"), (r"\mathbb{E}_{a \sim}[1] = 1", "ill-formed"),
    (r"\mathbb{E}_{a \sim \pi, s \sim}[h(s)] = 1", "ill-formed")])
def test_a_distance_has_laws_between_commas_and_a_draw_has_one(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize(("text", "status"), [
    (r"\|p - q\|_1 = 2 D_{TV}(p, q)", "proved"), (r"\|p - q\|_1^2 = 4 D_{TV}(p \| q)^2", "proved"),
    (r"\|\pi_\theta(\cdot|s) - \pi_b(\cdot|s)\|_1 = \sum_a |\pi_\theta(a|s) - \pi_b(a|s)|", "proved"),
    (r"\|\pi - \pi_b\|_1 = \|\pi_b - \pi\|_1", "proved"), (r"\|p - q\|_1 = D_{TV}(p, q)", "refuted"),
    (r"\|p - q\|_1 = \|p - \nu\|_1 + D_{TV}(q, \nu)", "refuted"),
    (r"\|p - q\|_2 = 2 D_{TV}(p, q)", "unread"), (r"\|p - q\| = 2 D_{TV}(p, q)", "unread"),
    (r"\|p + q\|_1 = 2 + D_{TV}(p, q) - D_{TV}(q, p)", "unread"),
    (r"\|p - q\|_\infty \leq \frac{1}{2} D_{TV}(p, q)", "refuted")])
def test_the_norm_of_a_difference_of_laws(text: str, status: str) -> None:
    assert prove(text).status == status
