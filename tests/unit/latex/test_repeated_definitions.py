"""A display that prints once more a definition that could not be read claims nothing."""

from __future__ import annotations

import pytest
from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

FIRST = r"""L_{\text{X}}(\theta) = -\mathbb{E}_{(x, y_w, y_l)}
    \left[ \log \pi_\theta(y_w|x) - \log \pi_\theta(y_l|x) \right]"""


@pytest.mark.parametrize(("second", "status"), [
    (FIRST, "definition"),
    (r"\boxed{L_{\text{X}}(\theta) = -\mathbb{E}[\log \pi_\theta(y_w|x) - \log \pi_\theta(y_l|x)]}", "definition"),
    (r"L_{\text{X}}(\theta) = -\mathbb{E}[\log \pi_\theta(y_l|x) - \log \pi_\theta(y_w|x)]", "undecided"),
    (FIRST.replace("(x, y_w, y_l)", r"(x, y_w, y_l) \sim D"), "undecided")])
def test_what_prints_a_definition_once_more_claims_nothing(second: str, status: str) -> None:
    first, found = check_read(read_records(tex_records(rf"\[ {FIRST} \] \[ {second} \]")), 2.0)
    assert (first.status, found.status) == ("definition", status)
