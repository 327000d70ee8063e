"""The standard readings: as a table in a terminal, and as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from ..latex.statement.in_steps import shown
from ..latex.statement.written_out import IN_THE_FIELD
from ..lore.table import LORE, WAITING, Entry, Waiting
from .markdown import formula
from .terminal import print_record, table

HEAD = r"""# Standard readings

Papers use symbols that they do not define: k_3, ρ, J(θ), \bar r. Where a statement has such a symbol, and neither
`where` nor the document says what it is, it is read as the field reads it, and the verdict names the reading. This
table holds definitions, never theorems: each is unfolded as a definition beside the statement would be, and nothing
rests on it that a verdict does not show.

```sh
grpo-symbolic prove '\mathbb{E}_{\pi_b}[\log \rho] = -D_{\mathrm{KL}}(\pi_b \| \pi_\theta)'
```

- A statement is *proved* under a named reading, the usual one; the verdict lists what other variants would give.
- It is *refuted* only where it fails under every variant.
- A symbol means one thing in a statement: where its places would give it two, no reading is taken. Nor is one of this
  table where steps or tokens are summed over, or where a definition or declaration says what the symbol is, however it
  is printed.
- Nor where the words of a document say of the symbol what the field does not: "the running average $`\bar r`$".
- Else it is *undecided*, with the verdict under each.
- A document has one choice: of what a symbol stands for, how visited states are weighted (that $`d^\pi`$ is a law by
  custom counts, too), and how many steps paths have. A proof stays where more statements of the document are proved
  under its choice than under one that cannot be meant beside it; where as many or more are, it is *undecided*, and
  names both. Whether sums have a discount may differ from symbol to symbol: the reason then names what is otherwise
  elsewhere.
- Words that turn, scale or bound a symbol ("$`r`$ is a regret", "unnormalised", "zero-mean") keep it from being refuted
  without them, and "approximately" or "to first order" the display that they lead to.
- `--lore none` switches the table off.

A formula speaks of roles that the statement fills: $`\pi_{\text{from}}`$ is the law of the expectation in which the
symbol stands, $`\pi_{\text{other}}`$ the only other law, $`\pi_{\text{drawn}}`$ and $`\pi_{\text{new}}`$ the same, or
the old and the current policy, $`\pi_{\text{behind}}`$ the policy from which samples come, $`\pi_{\text{data}}`$ the
law of the data and $`d`$ that of the questions, $`\pi_{\text{named}}`$ the policy that the symbol names; $`a`$ is the
outcome, $`s`$ what the law is conditioned on, $`r(s,a)`$ the reward, $`A(s,a)`$ the advantage, $`x`$ any letter with
members $`x_i`$. Where a role is not filled, the reading is not taken.

"""
LATER = r"""
## Decision processes

These are read together, where a statement shows that it speaks of time (a discount γ, a next state s', visited states,
the steps of a path), and where no definition, declaration or sentence says what one of them is.

| printed as | means |
|---|---|
| $`V^\pi(s)`$, $`V_t^\pi(s_t)`$ | $`\mathbb{E}[\sum_k \gamma^k r(s_k,a_k) \vert s_0 = s]`$ under π |
| $`Q^\pi(s,a)`$ | $`r(s,a) + \gamma \mathbb{E}_{s'\sim P(\cdot\vert s,a)}[V^\pi(s')]`$ |
| $`A^\pi(s,a)`$ | $`Q^\pi(s,a) - V^\pi(s)`$ |
| $`P(s'\vert s,a)`$, $`p(s'\vert s,a)`$ | where an action leads |
| $`\rho_0(s)`$, $`\mu_0`$, $`d_0`$, $`p_0`$ | where a path starts |
| $`d^\pi(s)`$ | $`(1-\gamma) \sum_k \gamma^k \Pr(s_k = s)`$; or without $`1-\gamma`$ |
| $`J(\pi)`$, $`J(\theta)`$, $`\eta(\pi)`$ | what is paid along a path; undiscounted where none is printed and it ends |
| $`L_\pi(\pi')`$ | $`J(\pi) + \mathbb{E}_\pi[\sum_k \gamma^k \mathbb{E}_{a\sim\pi'}[A^\pi(s_k,a)]]`$, or that mean |
| $`P(\tau\vert\theta)`$, $`P(\tau\vert\pi)`$ | $`\rho_0(s_0) \prod_k P(s_{k+1}\vert s_k,a_k) \pi(a_k\vert s_k)`$ |
| $`R(\tau)`$ | $`\sum_k \gamma^k r(s_k,a_k)`$ along the path, beside one of these, or a reward of a step |
| $`\hat{R}_t`$, $`G_t`$ | $`\sum_{k \geq t} \gamma^{k-t} r(s_k,a_k)`$ |
| $`V^*(s)`$ | $`\max_a Q^*(s,a)`$ |
| $`Q^*(s,a)`$ | $`\mathbb{E}_{s'\sim P(\cdot\vert s,a)}[r(s,a) + \gamma V^*(s')]`$ |
| $`V^\pi(s)`$ beside $`\alpha H(\pi)`$ | $`\sum_a \pi(a\vert s) (Q^\pi(s,a) - \alpha \log \pi(a\vert s))`$ |

Vectors and matrices over states are read where one of these stands without arguments, an equation of them as one at
each state:

| printed as | means |
|---|---|
| $`P_\pi`$, $`P^\pi`$ | $`\sum_a \pi(a\vert s) P(s'\vert s,a)`$ at s and s' |
| $`r_\pi`$, $`r^\pi`$ | $`\sum_a \pi(a\vert s) r(s,a)`$ at s |
| $`T_\pi v`$, $`\mathcal{T}^\pi v`$ | $`r_\pi + \gamma P_\pi v`$ |
| $`T^* v`$ | $`\max_a (r(s,a) + \gamma \sum_{s'} P(s'\vert s,a) v(s'))`$ at s |
| $`(I - \gamma P_\pi)^{-1}`$ | $`\sum_k \gamma^k P_\pi^k`$ |

A reward may be one of the state after, too: $`R(s,a,s')`$. A law without its conditions, as in
$`\mathbb{E}_{s'\sim P, a'\sim\pi}`$, is conditioned on what is at its step, which primes tell.

A V, Q or A of no policy is any function, and keeps from refuting; so does $`d^\pi`$ without its factor,
$`P(\tau\vert\theta)`$, $`R(\tau)`$, $`\hat{R}_t`$, $`G_t`$, and every optimal or soft value.

Visited states as weights, $`\sum_s d^\pi(s) f(s)`$, prove without the factor $`1-\gamma`$ too, unless the document
has it.

## Quantities of a step

Where a text names a step beside a step, $`\delta_{t+1}`$ or $`r_{t+l}`$, and does not define these:

| printed as | means |
|---|---|
{steps}
A proof under one of these names it. Where all of them fail, the statement is refuted if it prints a discount and no
sums, which leaves no other meaning, and else undecided. An equation whose left side is one of them defines it.

## By custom

What the field leaves out of its print is written out where a text cannot be read otherwise, or not be proved: the
paths of $`\tau \sim p_\theta(\tau)`$ and $`\mathcal{T} \sim \pi`$; the law of $`\mathbb{E}_a`$,
$`\mathbb{E}_{s'}`$ and $`\mathbb{E}[\sum_t \ldots]`$ where the text has one law only; a bare $`\pi`$ beside
$`\pi_\theta`$ in the gradient of a value; bold arguments; $`\pi(s,a;\theta)`$; the ends of $`\sum_t`$ and
$`\sum_{t \geq 0}`$; $`R(\tau)`$ and $`R_t`$; paths from one state on, and in two parts, $`\tau_{:t}`$ and
$`\tau_{t:}`$; $`s_t \sim P_\pi^t`$ under a sum over steps; $`k_2`$ and $`\log r`$ beside a bare $`\pi_\theta`$; the
joint law of $`P(A,B)`$ and $`\mathbb{E}_B[\cdot \vert A]`$, by the chain rule. The verdict names what was taken for
granted ("by custom"). What fails so is undecided, and what the words of a document deny is not taken.

## What waits

These readings are not taken: they need what cannot be said yet.

| | printed as | means | needs |
|---|---|---|---|
"""
TIMES = {"plain": "Not beside other policies, divergences, entropies and weights: the objective may then be another.",
         "averaged": "A mean over states only where the statement has the law of a data set.",
         "clipped": "Not beside clips with other bounds.",
         "still": "Only at one state, and under no derivative.",
         "fixed": ("An equation for the symbol that says this, or this but for a sign, states something of it; any "
                   "other defines it.")}


def lore_page() -> str:
    """The page, from the table."""
    later = LATER.replace("{steps}", "".join(map(of_step, IN_THE_FIELD)))
    return HEAD + "\n".join("".join(section(entry)) for entry in LORE) + later + "".join(map(row, WAITING))


def of_step(name: str) -> str:
    """The row of a quantity of a step."""
    printed = shown(name, IN_THE_FIELD[name][0])
    meanings = "; or ".join(f"$`{barred(way.text)}`$" for way in IN_THE_FIELD[name])
    return f"| $`{printed}`$ | {meanings} |\n"


def row(one: Waiting) -> str:
    """The row of a symbol that waits."""
    printed = ", ".join(f"$`{barred(form)}`$" for form in one.printed)
    return f"| {one.id} | {printed} | $`{barred(one.formula)}`$ | {one.needs} |\n"


def barred(latex: str) -> str:
    """A formula in a cell of a table, which a bar would end."""
    return latex.replace("|", r"\vert ")


def section(entry: Entry) -> Iterator[str]:
    """What the page says of one entry."""
    yield f"## {entry.id}\n\nPrinted as {', '.join(f'$`{form}`$' for form in entry.printed)}: {entry.note}.\n"
    for number, variant in enumerate(entry.variants):
        usual = "" if variant.usual else ", which proves nothing and only keeps from refuting"
        yield f"\nVariant {number}{usual}:\n\n"
        yield "\nor, where that cannot be filled,\n\n".join(map(formula, variant.formulas))
    if said := [words for name, words in TIMES.items() if getattr(entry, name)]:
        yield f"\n{' '.join(said)}\n"


def show_lore(as_json: bool) -> None:
    """The table of standard readings."""
    rows = [[entry.id, ", ".join(entry.printed[:3]), variant.formulas[0], "" if variant.usual else "rare"]
            for entry in LORE for variant in entry.variants]
    if as_json:
        for entry in LORE:
            print_record({"id": entry.id, "printed": list(entry.printed), "note": entry.note, "variants": [
                {"formulas": list(one.formulas), "usual": one.usual} for one in entry.variants]})
    else:
        table(("id", "printed", "formula", ""), rows, "Standard readings")
