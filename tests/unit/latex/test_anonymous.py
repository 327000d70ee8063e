"""Moments whose law is not printed: bare letters are random under them, and numbers only where the text says so."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression, read_statement

TRUE = [
    r"\mathrm{E}[\kappa Z + \alpha] = \kappa\,\mathrm{E}[Z] + \alpha",
    r"\mathbf{E}[\kappa] = \kappa",
    r"\mathbb{E}\left[Z - \mathbb{E}[Z]\right] = 0",
    r"Z = \mathbb{E}[Z] + (Z - \mathbb{E}[Z])",
    r"\operatorname{Var}(Z) = \mathbb{E}\left[(Z - \mathbb{E}[Z])^2\right]",
    r"\mathbb{V}[U] = E[U^2] - E[U]^2",
    r"\mathrm{V}[U] = E[U^2] - E^2[U]",
    r"\mathrm{Var}(aU + b) = a^2\,\mathrm{Var}(U)",
    r"\mathrm{Var}(U - Z) = \mathrm{Var}(U) + \mathrm{Var}(Z) - 2\,\mathrm{Cov}(Z, U)",
    r"\operatorname{Cov}(U, Z) = E[UZ] - E[U]E[Z]",
    r"\mathrm{Cov}(\kappa U + \alpha, Z) = \kappa\,\mathrm{Cov}(U, Z)",
    r"\mathrm{std}(U)^2 = \mathrm{Var}(U)",
    r"E[U]^2 \leq E[U^2]", r"\exp(E[U]) \leq E[\exp(U)]", r"|E[Z]| \leq E[|Z|]",
    r"E[\max(U, Z)] \geq \max(E[U], E[Z])",
    r"\mathbb{E}\left[\frac{1}{m}\sum_{k=1}^{m} U_k\right] = \frac{1}{m}\sum_{k=1}^{m}\mathbb{E}[U_k]",
    r"\mathbb{E}_{U}[U^2 + \kappa] = \mathbb{E}_{U}[U^2] + \kappa",
    # Over a batch.
    r"\hat{\mathbb{E}}_t[\kappa v_t - u_t] = \kappa\hat{\mathbb{E}}_t[v_t] - \hat{\mathbb{E}}_t[u_t]",
    r"\mathbb{E}_i[3] = 3", r"\widehat{\mathbb{E}}_k[v_k]^2 \leq \widehat{\mathbb{E}}_k[v_k^2]",
    r"\hat{E}_t[\min(v_t, u_t)] \leq \min(\hat{E}_t[v_t], \hat{E}_t[u_t])",
    r"\mathrm{Cov}_t(v_t, u_t) = \mathbb{E}_t[v_t u_t] - \mathbb{E}_t[v_t]\mathbb{E}_t[u_t]",
    # Given something.
    r"\mathbb{E}\left[\mathbb{E}[Z \mid U]\right] = \mathbb{E}[Z]",
    r"\mathbb{E}[ZU \mid U] = U\,\mathbb{E}[Z \mid U]",
    r"\mathrm{Var}(Z) = \mathbb{E}[\mathrm{Var}(Z \mid U)] + \mathrm{Var}(\mathbb{E}[Z \mid U])",
    r"\mathbb{E}_{q,o}[g(q,o)] = \mathbb{E}_q[\mathbb{E}[g(q,o) \mid q]]",
    r"\mathbb{E}[h(x,y)] = \mathbb{E}_x\left[\mathbb{E}_{y|x}[h(x,y)]\right]",
    r"\mathbb{E}_y[h(y)] = \mathbb{E}[h(y)]",
    r"\mathbb{E}_{s,a}[h(a)] = \mathbb{E}_a[h(a)]",
]
FALSE = [
    r"E[Z] = Z", r"\mathrm{Var}(Z) = 0", r"\mathrm{E}[UZ] = \mathrm{E}[U]\,\mathrm{E}[Z]", r"E[UZ] = E[U]\,Z",
    r"E[w Z] = E[w]\,E[Z]", r"\mathbf{E}[w Z] = \mathbf{E}[w]\,Z", r"E[1/Z] = 1/E[Z]", r"E[Z^2] = E[Z]^2",
    r"\mathrm{Var}(\kappa Z) = \kappa\,\mathrm{Var}(Z)", r"\mathrm{Var}(Z + \kappa) = \mathrm{Var}(Z) + \kappa",
    r"\mathrm{Var}(U + Z) = \mathrm{Var}(U) + \mathrm{Var}(Z)", r"\mathrm{Cov}(U, Z) = 0",
    r"\mathrm{std}(\kappa U) = \kappa\,\mathrm{std}(U)", r"E^2[Z] = E[Z]", r"\mathbb{V}^2[Z] = \mathbb{V}[Z]",
    r"\mathrm{Var}\left(\frac{1}{m}\sum_{k=1}^{m} U_k\right) = \frac{1}{m^2}\sum_{k=1}^{m}\mathrm{Var}(U_k)",
    r"E[\exp(U)] \leq \exp(E[U])", r"\mathbb{E}[U_j] = \mathbb{E}[U_k]",
    r"\hat{\mathbb{E}}_t[v_t^2] = \hat{\mathbb{E}}_t[v_t]\,\hat{\mathbb{E}}_t[v_t]",
    r"\hat{\mathbb{E}}_t[v_t u_t] = \hat{\mathbb{E}}_t[v_t]\,u_t", r"\mathbb{E}_t[c_t] = c_t",
    r"\mathbb{E}[Z \mid U] = \mathbb{E}[Z]", r"\mathrm{Var}(Z) = \mathbb{E}[\mathrm{Var}(Z \mid U)]",
    r"\mathbb{E}[h(x,y) \mid x] = \mathbb{E}_x[h(x,y)]", r"\mathbb{E}_{x,y}[h(x,y)] = \mathbb{E}_x[h(x,y)]",
    r"\mathbb{E}[h(x,y) \mid x] = h(x,y)", r"\mathbb{E}_{y|x}[h(x,y)] = \mathbb{E}_{x,y}[h(x,y)]",
]
# What may be a number or random, and is proved as a number only; what custom gives a meaning.
OPEN = [
    r"E[vZ] = v\,E[Z]", r"E[v] = v", r"\mathrm{Var}(vZ) = v^2\,\mathrm{Var}(Z)",
    r"\mathrm{Var}(R - b) = \mathrm{Var}(R)",
    r"E[G] = G", r"\mathbb{E}_t[v u_t] = v\,\mathbb{E}_t[u_t]", r"E[Z] = \mu",
    r"\mathrm{Var}(\bar{Z}) = \mathrm{Var}(Z)",
    r"E[\rho] = 1", r"\hat{\mathbb{E}}_t[\rho_t] = 1", r"E[\epsilon] = 0", r"E[g(s,a) \mid s] = V(s)", r"E[\delta] = 0",
]
UNREAD = [
    r"\nabla_\theta E[Z] = E[\nabla_\theta Z]", r"E[\nabla_\theta\log\pi_\theta(a|s)] = 0", r"\frac{d}{dv}E[vZ] = E[Z]",
    r"E[Z] = \mathbb{E}_{a\sim q}[Z(a)]", r"E[Z_\theta] = E[Z]", r"E[f(a)] = \sum_a q(a) f(a)",
    r"\hat{\mathbb{E}}[Z] = \mathbb{E}[Z]", r"\hat{\mathbb{E}}_t[v_{t+1}] = \hat{\mathbb{E}}_t[v_t]",
    r"\mathbb{E}_t[v_t] = \frac{1}{T}\sum_{t=1}^{T} v_t", r"\mathbb{E}_t[h(s_t)] = h(s_t)",
    r"\mathbb{E}_x[\mathbb{E}_y[h(x,y)]] = \mathbb{E}_{x,y}[h(x,y)]",
    r"\mathbb{E}_y[h(x,y)] = \mathbb{E}_{x,y}[h(x,y)]",
    r"\mathbb{E}[h(x,y)] = g(x)", r"\mathbb{E}_{s,x}[\mathbb{E}_a[h(s,a)]] = 0", r"E(Z)^2 = E(Z^2)", r"E'[Z] = E[Z]",
    r"\mathbb{E}[Z \mid U, X] = \mathbb{E}[Z]", r"\mathbb{E}[Z \mid U = u] = \mathbb{E}[Z]", r"\mathrm{Var}(U, Z) = 0",
    r"\mathbb{E}[Z h(s,a)] = Z\,\mathbb{E}[h(s,a)]", r"c(U) = E[c(U)]",
    r"\mathbb{E}[f(x,y) \mid y] = \mathbb{E}[f(x,y) \mid x]", r"\mathbb{E}_{s|x}[f(s,x)] = \mathbb{E}_{s,x}[f(s,x)]",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_holds_under_every_law_is_proved(text: str) -> None:
    assert prove(text, budget=10).status == "proved"


@pytest.mark.long
@pytest.mark.parametrize("text", FALSE)
def test_what_fails_under_some_law_is_refuted(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", OPEN)
def test_what_a_letter_leaves_open_is_undecided(text: str) -> None:
    assert prove(text).status == "undecided"


@pytest.mark.parametrize("text", UNREAD)
def test_what_may_mean_another_law_is_not_read(text: str) -> None:
    assert prove(text).status in ("unread", "ill-formed")


def test_a_declaration_says_what_is_a_number() -> None:
    assert prove(r"E[vZ] = v\,E[Z]", let=[r"v \in \mathbb{R}"]).status == "proved"
    assert prove(r"E[CZ] = C\,E[Z]", let=[r"C \in \mathbb{R}"]).status == "proved"
    assert prove(r"E[vZ] = E[v]\,Z", let=[r"Z \in \mathbb{R}"]).status == "refuted"
    assert prove(r"E[Z] = Z", let=[r"Z \in [0,1]"]).status == "refuted"
    assert prove(r"E[Z] \leq 1", let=[r"Z \in [0,1]"]).status == "proved"
    assert prove(r"E[Z] = Z", let=[r"Z \in \mathbb{R}^d"]).status == "unread"
    assert "v \\in \\mathbb{R}" in prove(r"E[vZ] = v\,E[Z]").reason


def test_what_is_defined_by_random_quantities_is_random() -> None:
    centred = [r"B = Z - E[Z]"]
    assert prove(r"E[B] = 0", where=centred).status == "proved"
    assert prove(r"E[BU] = \mathrm{Cov}(U, Z)", where=centred).status == "proved"
    assert prove(r"E[BU] = B\,E[U]", where=centred).status == "refuted"
    assert prove(r"E[B] = B", where=[r"B = E[Z]"]).status == "proved"
    assert prove(r"E[B] = B", where=[r"B = Z - \kappa"]).status == "refuted"
    assert prove(r"E[B] = B", where=[r"B = v^2"]).status == "undecided"


def test_what_is_assumed_is_assumed_of_every_sample() -> None:
    markov = r"E[\mathbf{1}[Z \geq \kappa]] \leq \frac{E[Z]}{\kappa}"
    assert prove(markov).status == "refuted"
    assert prove(r"E[Z] \geq 0", assume=[r"Z \geq 0"]).status == "proved"
    assert prove(r"E[Z] \geq 0", assume=[r"U \geq 0"]).status == "refuted"


@pytest.mark.parametrize(("text", "where"), [
    (r"\nabla_\theta K = 0", [r"K \doteq E[Z]"]), ("B = K", [r"B \doteq E[Z]", r"K \doteq \hat{E}[Z]"]),
    ("B = K", [r"B \doteq E[Z|U]", r"K \doteq E[Z|X]"]), (r"E[Z] + B = B + Z", [r"B \doteq E_{a\sim q}[f(a)]"]),
    (r"\mathbb{E}_{a\sim\pi}[B] = 0", [r"B \doteq Z - E[Z]"]), ("B = B^2", [r"B \doteq E_{s,a}[f(s,a)]"]),
])
def test_definitions_bring_in_no_other_law_and_no_derivative(text: str, where: list[str]) -> None:
    assert prove(text, where=where).status in ("unread", "undecided")


@pytest.mark.parametrize(("text", "status"), [
    (r"U = Z \implies E[U] = E[Z]", "proved"), (r"U = Z \implies E[U^2] + Z = E[Z^2] + U", "proved"),
    (r"U = Z \implies U = E[Z]", "refuted"), (r"2U = Z \implies U = E[Z]", "refuted"),
    (r"\kappa = Z \implies \kappa = E[Z]", "proved"), (r"v = Z \implies v = E[Z]", "undecided"),
    (r"E[U] = E[Z] \implies U = Z", "refuted"), (r"U \geq Z \implies E[U] \geq E[Z]", "proved"),
    (r"\mathrm{Cov}(U, Z) = 0 \implies E[UZ] = E[U]E[Z]", "proved"), (r"E[U] = 0 \implies E[UZ] = 0", "refuted"),
    (r"\mathbb{E}[U \mid Z] = 0 \implies \mathbb{E}[UZ] = 0", "proved"),
    (r"u_t \leq v_t \implies \mathbb{E}_t[u_t] \leq \mathbb{E}_t[v_t]", "proved"),
    (r"g(s,a) = h(s,a) \implies \mathbb{E}[g(s,a) \mid s] = \mathbb{E}[h(s,a) \mid s]", "unread"),
])
def test_what_is_given_is_given_of_every_sample(text: str, status: str) -> None:
    assert prove(text).status == status


def test_the_sample_is_called_by_a_letter_that_the_text_does_not_print() -> None:
    assert latex(read_expression(r"E[Z]")) == r"\mathbb{E}_{\omega \sim \mathbb{P}} [Z]"
    assert r"\zeta" in latex(read_expression(r"\omega E[Z]"))


def test_a_v_before_round_brackets_is_a_value() -> None:
    assert read_statement(r"\mathrm{V}(s) \leq 1").kind == "claim"
    assert prove(r"\mathrm{V}(s) + 1 = \mathrm{V}(s)").status == "refuted"


@pytest.mark.parametrize(("statement", "status"), [
    (r"\mathbb{E}[f(s,a) \mid s, a] = f(s,a)", "proved"), (r"\mathbb{E}[f(s,a) \mid s, a] = 2 f(s,a)", "refuted"),
    (r"\mathbb{E}[\mathbb{E}[f(s,a) \mid s, a] \mid s] = \mathbb{E}[f(s,a) \mid s]", "proved"),
    (r"\mathbb{E}[f(s,a) \mid s, a] = \mathbb{E}[f(s,a) \mid s]", "refuted"),
    (r"\text{Var}[f(s,a) \mid s, a] = 0", "proved"), (r"\text{Var}[f(s,a) \mid s] = 0", "refuted"),
])
def test_of_what_is_given_nothing_is_averaged(statement: str, status: str) -> None:
    assert prove(statement).status == status
