r"""What a document prints once and then turns round, r = β log π^* after π^* ∝ e^{r/β}: the first says what its symbol
is, the second claims something of it, and proves nothing of the first."""

from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

Z = r"\sum_y \pi_{ref}(y|x) \exp(r(x,y)/\beta)"
OPTIMUM = r"\pi^*(y|x) = \frac{1}{Z(x)} \pi_{ref}(y|x) \exp(r(x,y)/\beta)"
TURNED = r"r(x,y) = \beta \log \frac{\pi^*(y|x)}{\pi_{ref}(y|x)} + \beta \log Z(x)"
DROPPED = r"r(x,y) = \beta \log \frac{\pi^*(y|x)}{\pi_{ref}(y|x)}"


def statuses(*displays: str, text: str = "") -> list[str]:
    """The verdicts on the displays of a document that begins with some text."""
    shown = text + "\n\n".join(rf"\[ {one} \]" for one in displays)
    return [one.status for one in check_read(read_records(tex_records(shown)), 2.0)]


def test_what_is_turned_round_is_a_claim() -> None:
    told = rf"Let $Z(x) = {Z}$. "
    assert statuses(OPTIMUM, TURNED, text=told) == ["definition", "proved"]
    assert statuses(OPTIMUM, DROPPED, text=told) == ["definition", "refuted"]
    assert statuses(OPTIMUM, TURNED, DROPPED, text=told) == ["definition", "proved", "refuted"]
    assert statuses(OPTIMUM, TURNED.replace("+", "-"), text=told) == ["definition", "refuted"]


def test_two_wrong_equations_do_not_prove_each_other() -> None:
    wrong = r"\pi^*(y|x) = \pi_{ref}(y|x) \exp(r(x,y)/\beta)"
    assert statuses(wrong, DROPPED)[0] != "proved"
    assert statuses(r"J(\theta) = \mathbb{E}_{y \sim \pi_\theta}[r(x,y)]", wrong, DROPPED)[1] != "proved"
    steep = r"\pi^*(y|x) = \frac{\pi_{ref}(y|x) e^{\beta r(x,y)}}{\sum_{z} \pi_{ref}(z|x) e^{\beta r(x,z)}}"
    inverse = r"r(x,y) = \frac{1}{\beta} \log \frac{\pi^*(y|x)}{\pi_{ref}(y|x)} + \frac{1}{\beta} \log Z(x)"
    found = statuses(r"J(\theta) = \mathbb{E}_{y \sim \pi_\theta}[r(x,y)]", steep, inverse)
    assert found[1] != "proved"
    assert found[2] != "refuted"  # Z may be that of either temperature


def test_a_symbol_may_still_be_defined_after_it_is_used() -> None:
    mean = r"\mathbb{E}_{a\sim\pi_\theta}[A(s,a)] = 0"
    assert statuses(mean, r"A(s,a) = r(s,a) - \mathbb{E}_{b\sim\pi_\theta}[r(s,b)]") == ["proved", "definition"]
    assert statuses(r"\rho(a) h(a) = \pi_\theta(a|s)", r"\rho(a) = \frac{\pi_\theta(a|s)}{h(a)}")[0] == "proved"
