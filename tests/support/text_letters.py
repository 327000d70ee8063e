r"""Statements as texts, and the same with one of their letters in another one that none of the texts prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from grpo_symbolic.latex.kinds.evidence import evidence
from grpo_symbolic.latex.parsing.parser import parse


class Text(NamedTuple):
    """A statement, its definitions and what it assumes."""

    latex: str
    where: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them."""
        return self.latex, *self.where, *self.assume


# What is renamed: true statements and false ones, a line a construct.
STATEMENTS = [
    # Sums and products over ranges.
    Text(r"\sum_{i=1}^{n} (x_i - \bar{x}) = 0", (r"\bar{x} := \frac{1}{n} \sum_{i=1}^{n} x_i",)),
    Text(r"\sum_{i=1}^{n} c x_i = c \sum_{i=1}^{n} x_i"),
    Text(r"\sum_{i=1}^{n} c = n c"),
    Text(r"\sum_{i=1}^{n} x_i y_i = \sum_{i=1}^{n} x_i \sum_{i=1}^{n} y_i"),
    Text(r"\sum_{k=1}^{m} (b_k + c_k) = \sum_{k=1}^{m} b_k + \sum_{k=1}^{m} c_k"),
    Text(r"\sum_{t=0}^{T-1} (c_{t+1} - c_t) = c_T - c_0"),
    Text(r"\prod_{k=1}^{n} e^{x_k} = e^{\sum_{k=1}^{n} x_k}"),
    Text(r"\sum_{j=1}^{m} \sum_{i=1}^{n} u_i v_j = \sum_{i=1}^{n} u_i \sum_{j=1}^{m} v_j"),
    Text(r"\sum_{i=1}^{n} w_i x_i = \sum_{j=1}^{n} w_j x_j"),
    Text(r"(\sum_{i=1}^{n} u_i v_i)^2 \le \sum_{i=1}^{n} u_i^2 \sum_{i=1}^{n} v_i^2"),
    Text(r"\frac{1}{n} \sum_{i=1}^{n} w_i = 1", (), (r"\sum_{i=1}^{n} w_i = n",)),
    Text(r"\sum_{j \in \mathcal{J}} \lambda h_j = \lambda \sum_{j \in \mathcal{J}} h_j"),
    # Numbers.
    Text(r"e^{u} \ge 1 + u"),
    Text(r"\log u \le u - 1", (), ("u > 0",)),
    Text(r"(u + v)^2 = u^2 + 2 u v + v^2"),
    Text(r"(u + v)(u - v) = u^2 - v^2"),
    Text(r"(u + v)^2 = u^2 + v^2"),
    Text(r"u(v + 1) = u v + u"),
    Text(r"\alpha u + (1 - \alpha) u = u"),
    Text(r"|u + v| \le |u| + |v|"),
    Text(r"\max(u, v) + \min(u, v) = u + v"),
    Text(r"\log \frac{u}{v} = \log u - \log v", (), ("u > 0", "v > 0")),
    Text(r"\frac{u}{v} \cdot \frac{v}{w} = \frac{u}{w}"),
    Text(r"u \ge v", (), (r"u = v + c^2",)),
    Text(r"\sigma(u) + \sigma(-u) = 1"),
    Text(r"\text{clip}(u, 1 - c, 1 + c) \le 1 + c", (), ("c > 0",)),
    Text(r"\text{clip}(u, b, c) = \min(\max(u, b), c)", (), ("b < c",)),
    Text(r"\min(\rho u, \text{clip}(\rho, 1 - \varepsilon, 1 + \varepsilon) u) \le \rho u"),
    Text(r"\frac{d}{du} u^2 = 2 u"),
    Text(r"\frac{\partial}{\partial u} (u^2 v) = 2 u v"),
    Text(r"\mathbf{1}[u > c] (u - c) = \max(u - c, 0)"),
    Text(r"u - 1 - \log u \ge 0", (), ("u > 0",)),
    # Functions of numbers.
    Text(r"h(2) = 4", (r"h(u) := u^2",)),
    Text(r"h(u + v) = h(u) + h(v)", (r"h(u) := c u",)),
    Text(r"h(u + 1) = h(u) + c", (r"h(u) := c u + b",)),
    Text(r"f(u) + g(u) = g(u) + f(u)"),
    Text(r"f(u) = g(u)"),
    # Laws, draws and sums over outcomes.
    Text(r"\sum_a p(a) = 1"),
    Text(r"\sum_x p(x) \log \frac{p(x)}{q(x)} \ge 0"),
    Text(r"\sum_x p(x) \log \frac{p(x)}{q(x)} = D_{KL}(p \| q)"),
    Text(r"\mathbb{E}_{x \sim p}[f(x)] = \sum_x p(x) f(x)"),
    Text(r"\mathbb{E}_{x \sim p}[c f(x)] = c \, \mathbb{E}_{x \sim p}[f(x)]"),
    Text(r"\mathbb{E}_{x \sim p}[f(x) g(x)] = \mathbb{E}_{x \sim p}[f(x)] \, \mathbb{E}_{x \sim p}[g(x)]"),
    Text(r"\mathbb{E}_{x \sim q}\left[\frac{p(x)}{q(x)} f(x)\right] = \mathbb{E}_{x \sim p}[f(x)]"),
    Text(r"\mathbb{E}_{x \sim q}\left[\frac{p(x)}{q(x)}\right] = 1"),
    Text(r"\mathbb{E}_{q}\left[\frac{p}{q}\right] = 1"),
    Text(r"\mathbb{E}_{x \sim p, y \sim q}[f(x) g(y)] = \mathbb{E}_{x \sim p}[f(x)] \, \mathbb{E}_{y \sim q}[g(y)]"),
    Text(r"\mathbb{E}_{x \sim p}[f(x)^2] \ge \mathbb{E}_{x \sim p}[f(x)]^2"),
    Text(r"\mathbb{E}_{x \sim p}[f(x) - b] = \mathbb{E}_{x \sim p}[f(x)] - b"),
    Text(r"D_{KL}(p \| q) \ge 0"),
    Text(r"D_{KL}(p \| q) = D_{KL}(q \| p)"),
    Text(r"\text{KL}(\mu \| \nu) = \mathbb{E}_{x \sim \mu}\left[\log \frac{\mu(x)}{\nu(x)}\right]"),
    Text(r"\mathrm{Var}_{x \sim p}(f(x)) = \mathbb{E}_{x \sim p}[f(x)^2] - \mathbb{E}_{x \sim p}[f(x)]^2"),
    Text(r"\mathrm{Var}_{x \sim p}(c f(x)) = c^2 \mathrm{Var}_{x \sim p}(f(x))"),
    Text(r"\mathrm{Cov}_{x \sim p}(f(x), g(x)) = \mathrm{Cov}_{x \sim p}(g(x), f(x))"),
    Text(r"\mathrm{Cov}_{x \sim p}(f(x), c) = 0"),
    Text(r"\mathrm{Var}_{x \sim p}(f(x)) = c \, \mathrm{Var}_{x \sim p}(f(x))"),
    Text(r"\mathrm{TV}(p, q) \le 1"),
    Text(r"\sum_{y} q_\theta(y) \nabla_\theta \log q_\theta(y) = 0"),
    # Moments without a law.
    Text(r"\mathbb{E}[c X] = c \, \mathbb{E}[X]"),
    Text(r"\mathbb{E}[X + Y] = \mathbb{E}[X] + \mathbb{E}[Y]"),
    Text(r"\mathrm{Var}(X) = \mathbb{E}[X^2] - \mathbb{E}[X]^2"),
    Text(r"\mathrm{Cov}(X, Y) = \mathbb{E}[X Y] - \mathbb{E}[X] \mathbb{E}[Y]"),
    Text(r"\mathrm{Var}(c X + b) = c^2 \mathrm{Var}(X)"),
    # Policies, rewards, advantages.
    Text(r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0"),
    Text(r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[b(s) \nabla_\theta \log \pi_\theta(a|s)] = 0"),
    Text(r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[b(s,a) \nabla_\theta \log \pi_\theta(a|s)] = 0"),
    Text(r"\sum_a \pi_\theta(a|s) = 1"),
    Text(r"\sum_s \pi_\theta(a|s) = 1"),
    Text(r"\nabla_\theta \sum_a \pi_\theta(a|s) r(s,a) = \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s,a) "
         r"\nabla_\theta \log \pi_\theta(a|s)]"),
    Text(r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s,a)] = \mathbb{E}_{a \sim \mu(\cdot|s)}\left["
         r"\frac{\pi_\theta(a|s)}{\mu(a|s)} r(s,a)\right]"),
    Text(r"\mathbb{E}_{o \sim \pi_\theta(\cdot|q)}[\beta r(q,o)] = \beta \, \mathbb{E}_{o \sim \pi_\theta(\cdot|q)}"
         r"[r(q,o)]"),
    Text(r"\mathbb{E}_{a \sim \pi(\cdot|s)}[A(s,a)] = 0", (r"A(s,a) := Q(s,a) - V(s)",
                                                          r"V(s) := \mathbb{E}_{a \sim \pi(\cdot|s)}[Q(s,a)]")),
    Text(r"\mathbb{E}_{a \sim \pi(\cdot|s)}[Q(s,a) - V(s)] = 0", (), (
        r"\mathbb{E}_{a \sim \pi(\cdot|s)}[Q(s,a)] = V(s)",)),
    Text(r"D_{KL}(\pi_\theta(\cdot|s) \| \pi_{\text{ref}}(\cdot|s)) \ge 0"),
    Text(r"\mathbb{E}_{y \sim \pi_\theta(\cdot|x)}[r(x,y)] - \beta D_{KL}(\pi_\theta(\cdot|x) \| "
         r"\pi_{\text{ref}}(\cdot|x)) = \mathbb{E}_{y \sim \pi_\theta(\cdot|x)}\left[r(x,y) - \beta \log "
         r"\frac{\pi_\theta(y|x)}{\pi_{\text{ref}}(y|x)}\right]"),
    Text(r"\nabla_\theta \rho = \rho \nabla_\theta \log \pi_\theta(a|s)",
         (r"\rho := \frac{\pi_\theta(a|s)}{\pi_{\text{old}}(a|s)}",)),
    Text(r"\mathbb{E}_{a \sim \pi_{\text{old}}(\cdot|s)}[w(a)] = 1",
         (r"w(a) := \frac{\pi_\theta(a|s)}{\pi_{\text{old}}(a|s)}",)),
    Text(r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[R] = \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[R - b] + b"),
    Text(r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[A \nabla_\theta \log \pi_\theta(a|s)] = 0"),
    Text(r"\sum_s d(s) \sum_a \pi_\theta(a|s) b(s) \nabla_\theta \log \pi_\theta(a|s) = 0"),
    Text(r"\mathbb{E}_{\pi_\theta}[c] = c"),
    Text(r"\gamma V(s') - V(s) = - (V(s) - \gamma V(s'))"),
    Text(r"\gamma u \le u", (), (r"u \ge 0", r"0 \le \gamma \le 1")),
    # Groups.
    Text(r"\sum_{i=1}^{G} A_i = 0", (r"A_i := r_i - \frac{1}{G} \sum_{j=1}^{G} r_j",)),
    Text(r"\sum_{i=1}^{G} A_i = 0", (r"A_i := \frac{r_i - \text{mean}(\{r_1, \ldots, r_G\})}"
                                    r"{\text{std}(\{r_1, \ldots, r_G\})}",)),
    Text(r"\frac{1}{G} \sum_{i=1}^{G} A_i^2 = 1", (r"A_i := \frac{r_i - \text{mean}(\{r_1, \ldots, r_G\})}"
                                                   r"{\text{std}(\{r_1, \ldots, r_G\})}",)),
    Text(r"\mathbb{E}_{a_{1:G} \sim \pi_\theta(\cdot|s)}\left[\frac{1}{G} \sum_{i=1}^{G} r(s, a_i)\right] = "
         r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s, a)]"),
    Text(r"\mathbb{E}_{\{o_i\}_{i=1}^{G} \sim \pi_\theta(\cdot|q)}\left[\frac{1}{G} \sum_{i=1}^{G} f(o_i)\right] = "
         r"\mathbb{E}_{o \sim \pi_\theta(\cdot|q)}[f(o)]"),
    Text(r"\bar{r} = r_i - A_i", (r"A_i := r_i - \bar{r}",)),
    Text(r"\frac{1}{n} \sum_{i=1}^{n} r_i^2 \ge \left(\frac{1}{n} \sum_{i=1}^{n} r_i\right)^2"),
    # Definitions.
    Text(r"L(\theta) = - J(\theta)", (r"J(\theta) := \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s,a)]",
                                      r"L(\theta) := - \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s,a)]")),
    Text(r"\nabla_\theta J(\theta) = \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}"
         r"[r(s,a) \nabla_\theta \log \pi_\theta(a|s)]", (
             r"J(\theta) := \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s,a)]",)),
    Text(r"k = u - 1 - \log u \implies k \ge 0", (), ("u > 0",)),
    Text(r"z + w = 2 u", (r"z := u + v", "w := u - v")),
    Text(r"z = w", (r"z := u + v", "w := u - v")),
    Text(r"h_t = c^2", (r"h_t := c b_t",), (r"b_t = c",)),
    # Thresholds, cases, maxima.
    Text(r"h(u) \ge 0", (r"h(u) := \begin{cases} u & \text{if } u > 0 \\ 0 & \text{otherwise} \end{cases}",)),
    Text(r"\max_a Q(s,a) \ge \mathbb{E}_{a \sim \pi(\cdot|s)}[Q(s,a)]"),
    Text(r"\max_a (f(a) + c) = \max_a f(a) + c"),
    Text(r"|\text{clip}(u, -c, c)| \le c", (), ("c > 0",)),
]

# What letters are by custom where nothing in a text tells. A law sums to one, and a function need not; a number is the
# same for all that is drawn, and a value is not; a name stands for one thing, which a text must define.
LAWS = {*"pqPQD", r"\mu", r"\nu"}
FUNCTIONS = {*"fghArRQVwI", r"\rho", r"\phi", r"\varphi", r"\psi", r"\sigma", r"\Phi", r"\Psi"}
NUMBERS = {*"bcdekmnuvCGKMNT", r"\alpha", r"\beta", r"\gamma", r"\epsilon", r"\varepsilon", r"\eta", r"\kappa",
           r"\lambda"}
RANDOM = {*"ABFHIJLQRSUVWXYZrw", r"\rho", r"\delta", r"\xi", r"\zeta"}
NAMES = {*"JLKr", r"\rho"}
BETWEEN_0_AND_1 = {r"\gamma", r"\lambda", r"\epsilon", r"\varepsilon"}
# The logistic function, where nothing else defines it.
LOGISTIC = {r"\sigma"}
CUSTOMS = (LAWS, FUNCTIONS, NUMBERS, RANDOM, NAMES, BETWEEN_0_AND_1, LOGISTIC)
# Letters that are read as one thing whatever binds them: steps and trajectories, actions, states.
FIXED = {"t", r"\tau", "a", "o", "y", "s"}

# One letter, with its braces where a font has it; words, commands and what is no letter are other tokens.
TOKENS = re.compile(r"\\(?:text|mathrm|operatorname|begin|end|mathbb|mathcal|left|right)\s*(?:\{[^{}]*\}|[^A-Za-z])"
                    r"|\\(?:mathbf|boldsymbol|bm)\{[^{}]*\}|\\[A-Za-z]+|\\.|.", re.DOTALL)
COMMAND = re.compile(r"\\[A-Za-z]+$")
WORDS = re.compile(r"(?<![A-Za-z\\])(?:KL|TV|old|ref|new|clip)(?![A-Za-z])")
LATIN = [*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]
GREEK = [rf"\{name}" for name in (
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "vartheta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "rho", "varrho", "sigma", "tau", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Lambda", "Xi",
    "Upsilon", "Phi", "Psi", "Omega", "theta", "pi")]
BOLD = [rf"\mathbf{{{one}}}" for one in "abcfghkmnpqruvwxyzGHKMNTXYZ"]
# Letters that are operators, constants, the parameter or the policy, wherever they stand.
KEPT = {"e", "d", "E", "D", "O", r"\theta", r"\pi"}
LETTERS = {*LATIN, *GREEK} - KEPT
OTHERS = [one for one in [*LATIN, *GREEK, *BOLD] if one not in KEPT]


def tokens(text: str) -> list[str]:
    """A text in tokens, joined the text; words in italics are one."""
    found: list[str] = []
    at = 0
    for word in WORDS.finditer(text):
        found += TOKENS.findall(text[at:word.start()]) + [word[0]]
        at = word.end()
    return found + TOKENS.findall(text[at:])


def printed(text: Text) -> list[str]:
    """The letters that may be renamed, each once."""
    found = (token for one in text.texts for token in tokens(one))
    return list(dict.fromkeys(token for token in found if token in LETTERS or token in BOLD))


def plain(letter: str) -> str:
    """A letter in no font."""
    return letter.removeprefix(r"\mathbf{").removesuffix("}")


def free(text: Text) -> list[str]:
    """The letters that no text prints in any font."""
    taken = {plain(letter) for letter in printed(text)} | {"e"}
    return [one for one in OTHERS if plain(one) not in taken]


def renamed(text: Text, old: str, new: str) -> Text:
    """A statement in which a letter is another one."""
    def one(latex: str) -> str:
        found = ""
        for token in tokens(latex):
            apart = " " if token == old and COMMAND.search(found) else ""  # \log\rho, where the new one is no command
            found += apart + (f"{new} " if token == old and new.startswith("\\") else new if token == old else token)
        return re.sub(r" (?=[^A-Za-z])", " ", found)
    return Text(one(text.latex), tuple(map(one, text.where)), tuple(map(one, text.assume)))


def cases(statements: Sequence[Text], draw: Random, each: int) -> Iterator[tuple[Text, str, str]]:
    """Statements with one of their letters and another for it, some of each."""
    for text in statements:
        letters, others = printed(text), free(text)
        for _ in range(each if letters else 0):
            yield text, draw.choice(letters), draw.choice(others)


def customs(letter: str) -> frozenset[int]:
    """Which customs a letter has."""
    return frozenset(number for number, letters in enumerate(CUSTOMS) if plain(letter) in letters)


def bound(text: Text) -> frozenset[str]:
    """The letters that a statement draws, sums over, or conditions on."""
    uses = frozenset[tuple[str, str]]().union(*(evidence(parse(one)[0]) for one in text.texts))
    return frozenset(letter for letter, use in uses if use in ("drawn", "outcome", "condition", "ranged", "counted"))
