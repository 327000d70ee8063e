r"""One more token in the right side of X = X: the statements, the tokens, and what of them is pure typography."""

import re

LAW = r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}"
STATEMENTS = [
    LAW + r"[\nabla_\theta \log \pi_\theta(a|s) A(s,a)]",
    LAW + r"\left[ \frac{\pi_k(a|s)}{\pi_\theta(a|s)} f(a) \right]",
    LAW + r"[Q(s,a)] + \beta",
    r"\sum_{a} \pi_\theta(a|s) Q(s,a)",
    r"\sum_{a \in \mathcal{A}} \pi_k(a|s) \log \pi_k(a|s)",
    r"\frac{1}{G} \sum_{i=1}^{G} (r_i - \bar{r})^2",
    r"\frac{1}{G} \sum_{i=1}^{G} \frac{1}{|o_i|} \sum_{t=1}^{|o_i|} \hat{A}_{i,t}",
    r"\frac{r_i - \text{mean}(\{r_1, \ldots, r_G\})}{\text{std}(\{r_1, \ldots, r_G\})}",
    r"D_{\text{KL}}(\pi_\theta(\cdot|s) \| \mu(\cdot|s))",
    r"D_{KL}(\mu \| \pi_\theta) + c",
    r"\beta \mathrm{KL}(\pi_\theta \| \pi_{\text{ref}})",
    r"\mathcal{H}(\pi_\theta(\cdot|s))",
    r"\mathcal{H}(\pi_k) - \lambda",
    r"\min(\rho A, \operatorname{clip}(\rho, 1-\varepsilon, 1+\varepsilon) A)",
    r"\text{clip}(w, v, u)^2",
    r"\max(b, c - z)",
    r"\nabla_\theta \log \pi_\theta(a|s)",
    r"\nabla_\theta^2 \log \pi_\theta(a|s)",
    r"\nabla_\theta \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[f(a)]",
    r"\mathbf{1}[z > c] h(s)",
    r"\begin{cases} \beta & \text{if } z > u \\ c & \text{otherwise} \end{cases}",
    r"\exp(-\frac{r(s,a)}{\beta})",
    r"e^{-z} + e^{2 v}",
    r"\sqrt{u^2 + v^2}",
    r"\log(1 + e^z) + \ln \gamma",
    r"\frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)} A",
    r"\left( \frac{w}{v} - 1 \right) - \log \frac{w}{v}",
    r"\operatorname{sg}[\pi_\theta(a|s)] \phi(a)",
    r"\left. \nabla_\theta \pi_\theta(a|s) \right|_{\theta = \theta_{\text{old}}}",
    r"\Delta\theta^\top F_s(\theta_{\text{old}}) \Delta\theta",
    r"\Delta\theta^\top \nabla_\theta \log \pi_\theta(a|s)",
    r"|u - v| + |u|",
    r"\prod_{t=1}^{T} \pi_\theta(o_t|q,o_{<t})",
    r"\sum_{j \neq i} r_j + r_i",
    r"\frac{1}{G-1} \sum_{j \neq i} f(a_j)",
    r"\mathbb{E}_{s \sim d^{\mu}} [\mathbb{E}_{a \sim \mu(\cdot|s)} [A(s,a)]]",
    r"\mathbb{E}_{s, a_{1:G} | \pi_{\theta_{\text{old}}}} [\frac{1}{G} \sum_{i=1}^G f(s, a_i) g(s, a_1)]",
    r"\gamma V(s') - V(s) + r(s,a)",
    r"\underbrace{u + v}_{\text{sum}} z",
    r"(u + v)(u - v) / 2",
    r"\int_a \pi_\theta(a|s) f(a)",
    r"\alpha f(x) + (1-\alpha) f(y)",
]

LETTERS = [*"abcefiknqrstuxEGHKQT"]
GREEK = [rf"\{name} " for name in ("alpha", "beta", "theta", "lambda", "pi", "rho", "mu", "infty", "Delta", "Sigma")]
SCRIPTS = ["^2", "^{3}", "^k", "_k", "_1", "_{i}", "'", "''", "^\\prime ", r"^{\prime}", r"^{\top}", "^T", "^{-1}",
           "^*", "^{*}", r"^\star ", r"^\dagger ", r"^{\circ}", r"_{\text{rev}}", r"^{\text{rev}}", "^{(k)}", "_{old}",
           "^+", "_-", r"_\theta ", r"^\pi "]
SYMBOLS = ["0", "1", "2", "3.5", "-", "+", "*", "/", "!", "=", "<", "|", r"\|", "~x", "(u)", "(2)", "(s)", "[v]", "[1]",
           r"\{w\}", "(", ")", "]", r"\prime ", r"\dagger ", r"\circ ", r"\top ", r"\neg ", r"\pm ", r"\cdot ",
           r"\times ", r"\ldots ", r"\partial ", r"\nabla ", r"\nabla_\theta ", r"\log ", r"\exp ", r"\min ", r"\sum ",
           r"\sum_k ", r"\mathbb{E}", r"\mathbb{E}_{u}", r"\mathcal{H}", r"\hat ", r"\bar ", r"\tilde{u}", r"\mathbf ",
           r"\sqrt ", r"\frac12 ", r"\forall ", r"\approx ", r"\implies ", r"\sim ", r"\in ",
           r"\left.", r"\right.", r"\right|", ":", "…"]
WORDS = [r"\text{if }", r"\text{rev}", r"\text{ and }", r"\text{where }", r"\text{(6)}", r"\text{.}",
         r"\text{for all } x", r"\text{up to scale}", r"\mathrm{old}", r"\operatorname{tr}", r"\textbf{not}", "old",
         r"\quad\text{(rev)}", r"\intertext{not}", r"& \text{rev} \\", r"\\ 3.5", r"\overline "]
# Prints nothing, or only how something looks.
TYPOGRAPHY = [
    " ", "\n", "~", r"\,", r"\;", r"\:", r"\!", r"\>", r"\ ", r"\quad ", r"\qquad ", r"\displaystyle ", r"\textstyle ",
    r"\limits ", r"\nolimits ", r"\nonumber ", r"\notag ", r"\label{eq:k}", r"\tag{6}", r"\hspace{2pt}", r"\phantom{u}",
    r"\color{red}", "{}", r"\text{}", "_{}", "^{}", "&", r"\\", r"\\[2pt]", r"\mathop ", r"\boxed ", r"\cancel ",
    r"\underbrace ", r"\overbrace "]
# The same at the end of a text or of a row.
ENDING = [".", ",", ";", "%", r"\quad (6)", r"\qquad(2a)", r"\quad\text{(rev)}", r"\text{(6)}"]
# What may change no value, as a factor 1 and the transpose of a number, with what does in the same place.
NEUTRAL = {"1": "7", "[1]": "[7]", r"\cdot ": "-", r"\times ": "-", "*": "-", "+": "-", r"^{\top}": "^3", "^T": "^3"}
TOKENS = [*dict.fromkeys([*LETTERS, *GREEK, *SCRIPTS, *SYMBOLS, *WORDS, *ENDING, *TYPOGRAPHY])]

PARTS = re.compile(r"\\(?:text|mathrm|operatorname|begin|end)\{[^{}]*\}|\\(?:mathbb|mathcal|mathbf|hat|bar|tilde)\{.\}"
                   r"|\\left.|\\right.|\\[A-Za-z]+ ?|\\.|.", re.DOTALL)


def places(text):
    """The offsets of a text between its tokens, its end included."""
    return [*(found.start() for found in PARTS.finditer(text)), len(text)]


def cases():
    """Each statement with each token at each of its places: the left side, the offset, the token."""
    return [(text, place, token) for text in STATEMENTS for token in TOKENS for place in places(text)]


def changed(text, place, token):
    """The equation of a text with itself, with a token at a place of the right side."""
    return f"{text} = {text[:place]}{token}{text[place:]}"


def typographic(text, place, token):
    """Whether the token is pure typography at this place: words at a brace are, the comma and the "if" before the
    condition of a case, and what a statement is said for all of."""
    at_brace = text[:place].endswith(("}_{", r"}_{\text{sum}")) and text[place:].startswith((r"\text{sum}", "} z"))
    if at_brace and token.startswith((r"\text{", r"\textbf{", r"\mathrm{", r"\quad\text{", r"\operatorname{")):
        return True
    beside_condition = text[:place].rstrip().endswith("&") or text[place:].lstrip().startswith("&")
    if token == "," and beside_condition:
        return True
    rest = text[place:].lstrip("& ")
    if token == r"\text{if }" and rest.startswith(r"\text{otherwise}"):
        return True
    if token == r"\text{for all } x" and not rest:
        return True
    return token in TYPOGRAPHY or token in ENDING and re.match(r"\s*(?:\\\\|\\end|$)", text[place:]) is not None


def same_value(text, place, token):
    """Whether the token changes no value: the mean of a number is that number, a sign in |u| changes nothing, 0 − z is
    −z, and a divergence is the same in bold."""
    mean = token in ("E", r"\mathbb{E}") and re.match(r"\s*\(1-\\alpha\)", text[place:]) is not None
    opposite = token == "0" and re.search(r"[({]$", text[:place]) is not None and text[place:].startswith("-")
    bold = token == r"\mathbf " and re.match(r"D_\{(?:KL|\\text\{KL\})\}\(", text[place:]) is not None
    absolute = token in ("+", "-") and re.match(r"\s*u\|", text[place:]) is not None
    return mean or opposite or bold or absolute or bare_law(text, place, token)


def bare_law(text, place, token):
    """Whether the token ends the text, or says of whom it is said, before the arguments of a last law: under a sum over
    its outcomes a bare law stands for its value."""
    return token in ("%", r"\text{for all } x") and text[place:] == "(a|s)" and text.startswith(r"\sum_{a")


def power_of_one(text, place, token):
    """Whether the token makes a power or a root of the number 1, or a power of an indicator, which is the same."""
    base = r"((?<![\w.])1|\\mathbf\{1\}\[[^][]*\])\s*$"
    above = token.startswith("^") and re.search(base, text[:place]) is not None
    return above or token == r"\sqrt " and re.match(r"\s*\{?\s*1(?![\w.])", text[place:]) is not None
