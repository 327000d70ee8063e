"""A maximum over a range is above a value at an index or a number of which it is then said that it is in the range."""

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "said"), [
    (r"x_k \le \max_{1\le t\le T} x_t", {"Range(k≤T)"}),
    (r"\max_{1\le i\le G} x_i \ge x_2", {"Range(G≥2)"}),
    (r"\max_{1\le i\le G} x_i \ge x_1", set()),
    (r"\max_{1\le i\le G} x_i \ge \frac{1}{G}\sum_{i=1}^G x_i", set()),
])
def test_what_is_presumed_is_listed(text, said):
    verdict = prove(text)
    assert verdict.status == "proved"
    assert {one for one in verdict.hypotheses if one.startswith("Range")} == said


def test_where_it_is_said_to_be_elsewhere_nothing_is_presumed():
    assert prove(r"x_k \le \max_{1\le t\le T} x_t", assume=["k > T"]).status != "proved"
