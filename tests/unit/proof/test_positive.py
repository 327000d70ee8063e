r"""A product has a logarithm where every factor is assumed positive, and only there."""

from __future__ import annotations

import pytest
from verdicts import prove

LOGS = r"\prod_{j=1}^{n} u_j = \exp\left(\sum_{j=1}^{n} \log u_j\right)"
ROOTS = r"\sqrt{\prod_{j=1}^{n} u_j^2} = \prod_{j=1}^{n} u_j"


@pytest.mark.parametrize(("text", "assume"), [
    (LOGS, ["u_j > 0"]), (LOGS, ["0 < u_i"]), (LOGS, [r"u_j \geq 1"]), (ROOTS, ["u_i > 0"]), (ROOTS, ["u_i > 2"]),
    (r"\prod_{t \in \mathcal{T}} \rho_t = \exp\left(\sum_{t \in \mathcal{T}} \log \rho_t\right)", [r"\rho_t > 0"]),
    (r"\log \prod_{k \in S} \frac{u_k}{v_k} = \sum_{k \in S} (\log u_k - \log v_k)", ["u_k > 0", "v_k > 0"]),
    (r"\left(\prod_{j=1}^{n} u_j\right)^{1/n} = \exp\left(\frac{1}{n} \sum_{j=1}^{n} \log u_j\right)", ["u_j > 0"]),
    (r"\sqrt{\prod_a r(s,a)^2} = \prod_a r(s,a)", ["r(s,a) > 0"]), ("c^K c = c^{K+1}", ["c > 0"])])
def test_what_is_positive_by_assumption_has_a_logarithm(text: str, assume: list[str]) -> None:
    assert prove(text, assume=assume).status == "proved"


@pytest.mark.parametrize(("text", "assume"), [
    (ROOTS, []), (ROOTS, ["u_3 > 0"]), (ROOTS, ["u_j > -1"]), (ROOTS, [r"u_j \geq 0", "u_1 > 0"]),
    (ROOTS, [r"\prod_{j=1}^{n} u_j > 0"]), (ROOTS, ["v_j > 0"]),
    (r"\sqrt{\prod_{j=1}^{n} u_j^2} + v_i = \prod_{j=1}^{n} u_j + v_i", ["u_i > 0"]),
    (r"\sqrt{\prod_{j=1}^{n} u_{j,k}^2} = \prod_{j=1}^{n} u_{j,k}", ["u_{j,j} > 0"]),
    (r"\sqrt{\prod_a r(s,a)^2} + r(s,b) = \prod_a r(s,a) + r(s,b)", ["r(s,b) > 0"]),
    (r"\sqrt{\prod_a r(s,a)^2} = \prod_a r(s,a)", ["r(z,a) > 0"]),
    (r"\prod_{j=1}^{n} u_j = \exp\left(\frac{1}{n} \sum_{j=1}^{n} \log u_j\right)", ["u_j > 0"]),
    (r"\prod_{j=1}^{n} u_j = \exp\left(\sum_{j=2}^{n} \log u_j\right)", ["u_j > 0"]),
    (r"\prod_{j=1}^{n} u_j = \exp\left(\sum_{j=1}^{n+1} \log u_j\right)", ["u_j > 0"])])
def test_what_is_positive_somewhere_has_none(text: str, assume: list[str]) -> None:
    assert prove(text, assume=assume).status != "proved"
