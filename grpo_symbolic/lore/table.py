r"""The table of standard readings: definitions of the field, each in LaTeX that the reader reads, none of them trusted.

A formula speaks of roles, which a statement fills: ``\pi_{\text{from}}`` is the law of the expectation in which the
symbol stands, ``\pi_{\text{other}}`` the only other one, ``\pi_\theta`` the current policy, ``\pi_{\text{behind}}``
that from which samples come, ``\pi_{\text{data}}`` the law of the data, ``d`` that of the questions; a is the outcome,
s its condition, r(s,a) the reward, A(s,a) the advantage, and x any letter with members x_i.
"""

from __future__ import annotations

from dataclasses import dataclass

RATIO = r"\frac{\pi_\theta(a|s)}{\pi_{\text{behind}}(a|s)}"
CHANGE = r"\frac{\pi_{\text{new}}(a|s)}{\pi_{\text{drawn}}(a|s)}"
WEIGHT = r"\frac{\pi_{\text{other}}(a|s)}{\pi_{\text{from}}(a|s)}"
INVERSE = r"\frac{\pi_{\text{from}}(a|s)}{\pi_{\text{other}}(a|s)}"
PENALTY = r"\frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}"
OTHER_PENALTY = r"\frac{\pi_\theta(b|s)}{\pi_{\text{ref}}(b|s)}"
CLIPPED = rf"\operatorname{{clip}}({RATIO}, 1-\varepsilon, 1+\varepsilon)"
POSITIVE = ("c > 0",)
BEHIND, CURRENT = r"a\sim\pi_{\text{behind}}(\cdot|s)", r"a\sim\pi_\theta(\cdot|s)"
LOSS = "loss losses minimised minimized cost costs"
TUNING = "sft supervised fine tuning negative cross entropy"
PAIR = r"a\sim\pi_{\text{data}}(\cdot|s), b\sim\pi_{\text{data}}(\cdot|s,a)"
MEAN = r"\frac{1}{G} \sum_{j=1}^{G} r_j"


@dataclass(frozen=True)
class Variant:
    """What a symbol may stand for: the first of the ``formulas`` whose roles a statement fills.

    One that is not ``usual`` proves nothing: it only keeps from refuting. ``assume`` has what the letters of the
    formulas are by themselves.
    """

    formulas: tuple[str, ...]
    usual: bool = True
    assume: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A standard reading: how the symbol is ``printed``, and the variants in use, the likeliest first.

    A symbol of a ``fixed`` meaning is not defined by an equation that says this, or this but for a sign. One of a
    ``still`` moment says nothing of what follows: of derivatives and of other states. An ``averaged`` one is a mean
    over states where the statement has a law of them. A ``plain`` objective is not read beside what others have more, a
    ``clipped`` one not beside other bounds. ``own_letters`` says that the formula has letters of its own.
    One ``beside_clips`` is a number of its own only there. One that is ``schematic`` may be anything where no role is
    filled. ``words`` are those by which it is called, beside the usual ones, ``unlike`` those by which it is not. Where
    one of the letters that it ``rests_on`` is defined, it says something else. One that is ``logged`` is read only
    where its logarithm is taken, and refutes nothing.
    """

    id: str
    printed: tuple[str, ...]
    variants: tuple[Variant, ...]
    note: str = ""
    fixed: bool = False
    still: bool = False
    averaged: bool = False
    plain: bool = False
    clipped: bool = False
    own_letters: bool = False
    beside_clips: bool = False
    schematic: bool = False
    words: str = ""
    unlike: str = ""
    rests_on: str = ""
    logged: bool = False


def read(*formulas: str, usual: bool = True) -> Variant:
    """A variant without assumptions."""
    return Variant(formulas, usual)


def estimator(digit: str, of_ratio: str) -> Entry:
    """k1, k2 or k3, a function of the ratio ``<r>`` of the other law to the one that is drawn from."""
    forms = (rf"k_{digit}", rf"k_{digit}(a)", rf"k_{digit}(s,a)", rf"K_{digit}", rf"K{digit}", rf"\mathrm{{K{digit}}}",
             rf"\mathrm{{k{digit}}}", rf"k{digit}")
    usual, inverse, alone = (of_ratio.replace("<r>", ratio) for ratio in (WEIGHT, INVERSE, "c"))
    return Entry(f"k{digit}", forms, (Variant((usual, alone), assume=POSITIVE), read(inverse, usual=False)),
                 "of the other law over the one that is drawn from; of any positive number where there are no laws",
                 own_letters=True)


@dataclass(frozen=True)
class Waiting:
    """A reading that ``needs`` what cannot be said yet: how the symbol is printed, and what it means."""

    id: str
    printed: tuple[str, ...]
    formula: str
    needs: str


LORE = (
    estimator("1", r"-\log <r>"),
    estimator("2", r"\frac{1}{2} \left(\log <r>\right)^2"),
    estimator("3", r"<r> - 1 - \log <r>"),
    Entry("rho", (r"\rho", r"\rho(a)", r"\rho(s,a)", r"\rho_t", r"\rho_t(\theta)", r"\rho(\theta)", r"\rho_\theta(a)",
                  r"\rho_\theta(s,a)"),
          (Variant((CHANGE, "c"), assume=POSITIVE),
           Variant((r"\frac{\pi_{\text{drawn}}(a|s)}{\pi_{\text{new}}(a|s)}", r"\frac{1}{c}"), False, POSITIVE)),
          "below the line stands the law that is drawn from, above it the only other one; any positive number beside a "
          "clip where there are no laws", own_letters=True, beside_clips=True),
    Entry("ratio", (r"r_t(\theta)", r"r(\theta)"), (Variant((RATIO, "c"), assume=POSITIVE),),
          r"the argument θ tells it from a reward; any positive number beside a clip where there are no laws",
          own_letters=True, beside_clips=True),
    Entry("ratio of estimators", ("r",), (read(WEIGHT), read(INVERSE, usual=False)),
          "of the other law over the one that is drawn from, where its logarithm is taken; else r is a reward",
          own_letters=True, logged=True),
    Entry("advantage", (r"\hat{A}",), (read("u"),), "any number beside a clip where there are no laws",
          own_letters=True, beside_clips=True),
    Entry("J", (r"J(\theta)", r"\mathcal{J}(\theta)", r"J(\pi_\theta)", r"\mathcal{J}(\pi_\theta)"),
          (read(rf"\mathbb{{E}}_{{s\sim d, {CURRENT}}}[r(s,a)]", rf"\mathbb{{E}}_{{{CURRENT}}}[r(s,a)]"),),
          "the expected reward of a response", averaged=True, plain=True, unlike=LOSS),
    Entry("J at a state", (r"J(s,\theta)", r"\mathcal{J}(s,\theta)"), (read(rf"\mathbb{{E}}_{{{CURRENT}}}[r(s,a)]"),),
          "the expected reward of a response to one prompt", plain=True, unlike=LOSS),
    Entry("SFT", (r"\mathcal{L}_{\text{SFT}}(\theta)", r"\mathcal{L}_{\text{SFT}}", r"L_{\text{SFT}}(\theta)",
                  r"\mathcal{L}_{\text{NLL}}(\theta)", r"L^{\text{SFT}}(\theta)"),
          (read(r"-\mathbb{E}_{s\sim d, a\sim\pi_{\text{data}}(\cdot|s)}[\log \pi_\theta(a|s)]",
                r"-\mathbb{E}_{a\sim\pi_{\text{data}}(\cdot|s)}[\log \pi_\theta(a|s)]"),),
          "a loss, to be minimised", averaged=True, words=TUNING),
    Entry("J_SFT", (r"\mathcal{J}_{\text{SFT}}(\theta)", r"J_{\text{SFT}}(\theta)"),
          (read(r"\mathbb{E}_{s\sim d, a\sim\pi_{\text{data}}(\cdot|s)}[\log \pi_\theta(a|s)]",
                r"\mathbb{E}_{a\sim\pi_{\text{data}}(\cdot|s)}[\log \pi_\theta(a|s)]"),),
          "an objective, to be maximised", averaged=True, words=TUNING),
    Entry("DPO", (r"\mathcal{L}_{\text{DPO}}(\theta)", r"L_{\text{DPO}}(\theta)", r"\mathcal{L}_{\text{DPO}}"),
          (read(rf"-\mathbb{{E}}_{{s\sim d, {PAIR}}}[\log\sigma(\beta\log{PENALTY} - \beta\log{OTHER_PENALTY})]"),),
          "a loss, to be minimised; of pairs of which the first is preferred", averaged=True,
          words="dpo direct preference optimization optimisation"),
    Entry("L^CPI", (r"L^{\text{CPI}}(\theta)", r"L_{\text{CPI}}(\theta)"),
          (read(rf"\mathbb{{E}}_{{{BEHIND}}}[{RATIO} A(s,a)]"),), "of one step, at one state", averaged=True,
          words="surrogate conservative iteration"),
    Entry("L^CLIP", (r"L^{\text{CLIP}}(\theta)", r"L_{\text{CLIP}}(\theta)",
                     r"J_{\text{PPO}}(\theta)", r"\mathcal{J}_{\text{PPO}}(\theta)"),
          (read(rf"\mathbb{{E}}_{{{BEHIND}}}[\min({RATIO} A(s,a), {CLIPPED} A(s,a))]"),),
          "an objective, of one step, at one state", averaged=True, clipped=True, words="clipped surrogate ppo"),
    Entry("Fisher", (r"F(\theta)", r"F", r"\mathcal{F}(\theta)", r"\mathbf{F}(\theta)"),
          (read(rf"\mathbb{{E}}_{{{CURRENT}}}[\nabla_\theta \log \pi_\theta(a|s) "
                   r"\nabla_\theta \log \pi_\theta(a|s)^\top]"),),
          "of the policy at one state", fixed=True, averaged=True, words="fisher information matrix metric"),
    Entry("Z", (r"Z(s)",), (read(r"\sum_a \pi_{\text{ref}}(a|s) e^{r(s,a)/\beta}"),
                            read(r"\sum_a \pi_{\text{ref}}(a|s) e^{\beta r(s,a)}", usual=False)),
          "the partition function of the optimum of a reward less β times the divergence from the reference",
          words="partition normalizing normalising constant normalizer normaliser"),
    Entry("pi*", (r"\pi^*(a|s)",),
          (read(r"\frac{\pi_{\text{ref}}(a|s) e^{r(s,a)/\beta}}{\sum_b \pi_{\text{ref}}(b|s) e^{r(s,b)/\beta}}"),),
          "the optimum of a reward less β times the divergence from the reference", fixed=True,
          words="optimal optimum best solution closed form"),
    Entry("Bradley-Terry", (r"P(a \succ b|s)", r"p(a \succ b|s)", r"P^*(a \succ b|s)", r"p^*(a \succ b|s)",
                            r"\mathbb{P}(a \succ b|s)", r"p_\theta(a \succ b|s)", r"P_\theta(a \succ b|s)"),
          (read(r"\sigma(r(s,a) - r(s,a'))"),), "of the rewards of two answers to one question, if these are in sight",
          fixed=True, schematic=True, words="bradley terry preference preferred model"),
    Entry("implicit reward", (r"\hat{r}_\theta(s,a)",),
          (read(r"\beta \log \frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}"),), "of a policy, as in DPO",
          words="implicit"),
    Entry("A^pi", (r"A^{\pi_{\text{named}}}(s,a)", r"A_{\pi_{\text{named}}}(s,a)"),
          (read(r"Q(s,a) - \mathbb{E}_{b\sim\pi_{\text{named}}(\cdot|s)}[Q(s,b)]"),),
          "of the values of the actions, which at one state are any numbers", still=True, own_letters=True,
          rests_on="qv"),
    Entry("V^pi", (r"V^{\pi_{\text{named}}}(s)", r"V_{\pi_{\text{named}}}(s)"),
          (read(r"\mathbb{E}_{a\sim\pi_{\text{named}}(\cdot|s)}[Q(s,a)]"),),
          "the mean of the values of the actions", still=True, own_letters=True, rests_on="q"),
    Entry("Q^pi", (r"Q^{\pi_{\text{named}}}(s,a)", r"Q_{\pi_{\text{named}}}(s,a)"), (read(r"Q(s,a)"),),
          "any number for each action of one state", still=True, own_letters=True),
    Entry("mean", (r"\bar{x}",), (read(r"\frac{1}{G} \sum_{j=1}^{G} x_j"),), "of a group", words="baseline"),
    Entry("RLOO", (r"A_i^{\text{RLOO}}", r"\hat{A}_i^{\text{RLOO}}"),
          (read(r"r_i - \frac{1}{G-1} \sum_{j \ne i} r_j"),), "leave-one-out", words="rloo leave one out"),
    Entry("centred", (r"\tilde{A}_i",), (read(f"r_i - {MEAN}"),
           read(rf"\frac{{r_i - {MEAN}}}{{\text{{std}}(\{{r_j\}}_{{j=1}}^G)}}", usual=False)),
          "as in Dr. GRPO; some divide by the spread", schematic=True,
          words="centred centered normalized normalised relative"),
)

TRAJECTORIES, STEPS, SEQUENCES = "trajectories", "steps", "sequences of tokens in groups"
WAITING = (
    Waiting("n-step return", (r"G_t^{(n)}",), r"\sum_{k<n} \gamma^k r_{t+k} + \gamma^n V(s_{t+n})", STEPS),
    Waiting("lambda-return", (r"G_t^\lambda",), r"(1-\lambda) \sum_{n \geq 1} \lambda^{n-1} G_t^{(n)}", STEPS),
    Waiting("ratio of trajectories", (r"w(\tau)", r"\rho_{0:T}"),
            r"\prod_t \pi_\theta(a_t|s_t)/\mu(a_t|s_t)", TRAJECTORIES),
    Waiting("ratio of tokens", (r"r_{i,t}(\theta)", r"\rho_{i,t}"),
            r"\pi_\theta(o_{i,t}|q,o_{i,<t})/\pi_{\text{old}}(o_{i,t}|q,o_{i,<t})", SEQUENCES),
    Waiting("ratio of GSPO", (r"s_i(\theta)",), r"(\pi_\theta(o_i|q)/\pi_{\text{old}}(o_i|q))^{1/|o_i|}", SEQUENCES),
    Waiting("J_GRPO", (r"J_{\text{GRPO}}(\theta)",),
            r"\mathbb{E}[\frac1G \sum_i \frac{1}{|o_i|} \sum_t (\min(\cdot) - \beta k_3)]", SEQUENCES),
    Waiting("perplexity", (r"\mathrm{PPL}",), r"\exp(-\frac{1}{|y|} \sum_t \log \pi(y_t|x,y_{<t}))", SEQUENCES),
)
