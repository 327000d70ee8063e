r"""Indices that stand outside what binds them are faults of the text, and those that may be bound are none."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("text", [
    r"b = \frac{1}{N} \sum_{i=1}^N r(\tau_n)", r"b = \dfrac1N \sum\limits_{i=1}^{N} x_n", r"b = \prod_{i=1}^N x_j",
    r"w = \left(\sum_{t=1}^T u_t\right) \left(\prod_{k=1}^t v_k\right)",
    r"w = \mathbb{E}_{x\sim p}\left[\left(\sum_{t=1}^T u_t\right) v_t\right]",
    r"\nabla_{\theta'} J(\theta') = \mathbb{E}_{\tau\sim p_\theta}\left[\left(\sum_{t=1}^T u_t\right)"
    r"\left(\prod_{t'=1}^t v_{t'}\right)\right]"])
def test_an_index_that_nothing_binds_is_a_fault(text: str) -> None:
    assert prove(text).status == "ill-formed"


@pytest.mark.parametrize("text", [
    r"b = \frac{1}{N} \sum_{n=1}^N x_n", r"b_n = \sum_{i=1}^N x_n", r"\sum_{i=1}^N x_n = N x_n",
    r"b = \sum_{i=1}^n x_i", r"\left(\sum_{t=1}^T u_t\right) v_t = v_t \sum_{k=1}^T u_k",
    r"b = \sum_{n=1}^M \sum_{i=1}^N x_n", r"b = \sum_{i=1}^N x_\text{max}", r"b(n) = \sum_{i=1}^N x_n",
    r"\left(\sum_{t=1}^T u_t\right) v_k = v_k \sum_{t=1}^T u_t",
    r"\sum_{t=1}^T \left(\sum_{k=1}^t u_k\right) v_t = \sum_{t=1}^T v_t \sum_{k=1}^t u_k",
    r"\left(\sum_{t=1}^T u_t\right) \left(\sum_{t=1}^T v_t\right) = \sum_{t=1}^T \sum_{k=1}^T u_t v_k",
    r"w = \left(\sum_{t=1}^T u_t\right) \hat{\mathbb{E}}_t[v_t]", r"w = \left(\sum_{t=1}^T u_t\right) \max_t v_t",
    r"b = \sum_{i=1}^G \operatorname{mean}(\{x_n\})", r"w = \left(\sum_{t=1}^T u_t\right) \min(\{v_t\}_{t=1}^T)",
    r"\left(\sum_{i=1}^n u_i\right)^2 = \left(\sum_{i=1}^n u_i\right)\left(\sum_{j=1}^n u_j\right)"])
def test_an_index_that_may_be_bound_is_none(text: str) -> None:
    assert prove(text).status != "ill-formed"
