"""The 25 displays of the paper: what is printed, encoded once, with the reading that is meant where they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..language import (
    KL,
    Claim,
    Clip,
    Const,
    Definition,
    E,
    Log,
    Maximum,
    Min,
    Node,
    Parameter,
    Policy,
    Relation,
    StateLaw,
    grad,
    total,
)
from .notation import (
    OBJECTIVE,
    A_tilde,
    E_group,
    E_old,
    F_old,
    J,
    P,
    Q,
    a,
    advantage,
    beta,
    centred,
    clip_range,
    clipped_objective,
    d_old,
    define_centred,
    define_fisher,
    define_k3,
    define_log_ratio,
    define_log_ratio_at,
    define_mean,
    define_normalised,
    define_objective,
    define_ratio,
    define_spread,
    delta,
    ell,
    epsilon,
    group,
    i,
    log_ratio_at,
    mean_over_group,
    old_s,
    one_half,
    pi_old,
    pi_ref,
    pi_theta,
    r_i,
    ratio_at,
    reward,
    rho,
    s,
    score,
    step,
    sup_form,
    theta_s,
    x,
)

Statement = Claim | Definition | Node | tuple[Definition, ...]


@dataclass(frozen=True)
class Display:
    """One display: its number and LaTeX as printed, its kind, and how to build what it says.

    ``kind`` is ``definition``, ``claim`` or ``expression``. Building the print may raise LanguageError: the display
    is then ill-formed, and ``meant`` builds the reading that it stands for. ``expect`` are the verdicts on record
    for the print and for the reading; they are compared with the computed ones, never shown in their place.
    """

    id: str
    number: int | None
    title: str
    latex: str
    kind: str
    build: Callable[[], Statement]
    meant: Callable[[], Statement] | None = None
    expect: tuple[str, ...] = ("definition",)


def conditional(policy_term: Node) -> Node:
    """π(a|s) printed as π^s(a)."""
    return sup_form(policy_term)


def half_fisher() -> Node:
    """½ Δθᵀ F_s(θ_old) Δθ."""
    return one_half * step.T * F_old() * step


def clipped(index_outside: bool) -> Definition:
    """Equation (6), with the penalty outside its sum, as printed, or inside, as in (5)."""
    surrogate = Min(rho() * A_tilde(), Clip(rho(), 1 - clip_range, 1 + clip_range) * A_tilde())
    penalty = beta * ell()
    body = mean_over_group(surrogate) - penalty if index_outside else mean_over_group(surrogate - penalty)
    return Definition(clipped_objective(), E_group(body))


def advantage_as_printed() -> tuple[Definition, ...]:
    """The chain with a sum over r where a spread is meant."""
    empty_sum = total("r", epsilon)
    return (define_centred, Definition(A_tilde(), centred(i, group, s) / (empty_sum + epsilon)))


def off_policy_log_ratio(two_laws: bool) -> Node:
    """The expectation of the log-ratio under π_old; the print names a second law for the same action."""
    draws = [(s, d_old), (a, pi_old | s)]
    if two_laws:
        draws += [(s, StateLaw(pi_theta)), (a, pi_theta | s)]
    return E(*draws, Log(pi_theta(a, s) / pi_ref(a, s)).hinted(form="parens"), style="bar")


def trust_region() -> Node:
    """The constrained problem: the surrogate, the divergence that is bounded, the bound."""
    divergence = KL(theta_s, old_s)
    surrogate = E((s, d_old), (a, (pi_old | s).hinted(form="bare")), ratio_at(s, a) * advantage(s, a))
    return Maximum(surrogate, E((s, StateLaw()), divergence), delta)


def renamed_log_ratio(stray: bool) -> Claim:
    """ℓ_i(θ) as a function of the action, with the ϑ that stands before it in print, or without."""
    left = Const(r"\vartheta") * ell() if stray else ell()
    return Claim(Relation("=", left, log_ratio_at(group[i], s)), (define_log_ratio, define_log_ratio_at))


def divergence_law(p: Policy, q: Policy) -> Definition:
    """D_KL(P‖Q) as the expectation of a log-ratio, Equation (3)."""
    mean = E((x, p.law), Log(p(x) / q(x)).hinted(form="parens"), style="ni")
    return Definition(KL(p.law, q.law).hinted(sep="norm"), mean)


def specialised_divergence() -> Definition:
    """Equation (4): (3) at the conditional policies."""
    current, reference = sup_form(pi_theta | s), sup_form(pi_ref | s)
    log_ratio = Log(conditional(pi_theta(a, s)) / conditional(pi_ref(a, s)))
    return Definition(KL(current, reference), E((a, current), log_ratio)).hinted(op="eq")


def forward_divergence() -> Definition:
    """Equation (11): the forward divergence from the behaviour policy."""
    return Definition(KL(old_s, theta_s), E_old(Log(pi_old(a, s) / pi_theta(a, s))))


def approx(definition: Definition) -> Definition:
    """A definition that the paper prints with ≈."""
    return definition.hinted(op="approx")


DISPLAYS: tuple[Display, ...] = (
    Display(
        "advantage", None, "group-relative advantage",
        r"\hat{A}_i \doteq r(s, a_i) - \bar{r}(s) \implies \tilde{A}_i \approx \frac{\hat{A}_i}{\sum_r(s) + \epsilon} "
        r"\implies \sum_r(s) \approx \sqrt{\frac{1}{G} \sum_{i=1}^G (r(s, a_i) - \bar{r}(s))^2}",
        "definition", advantage_as_printed, lambda: (define_centred, approx(define_normalised), approx(define_spread)),
        ("ill-formed", "definition"),
    ),
    Display(
        "eq01", 1, "importance ratio",
        r"\rho_i(\theta) \approx \frac{\pi_\theta(a_i|s)}{\pi_{\theta_{\text{old}}}(a_i|s)} \tag{1}",
        "definition", lambda: approx(define_ratio),
    ),
    Display(
        "eq02", 2, "pointwise log-ratio",
        r"\ell_i(\theta) \approx \log \pi_\theta(a_i|s) - \log \pi_{\text{ref}}(a_i|s) \quad (2)",
        "definition", lambda: approx(define_log_ratio),
    ),
    Display(
        "eq03", 3, "KL divergence",
        r"D_{\text{KL}}(P\|Q) \doteq \mathbb{E}_x \left[\log \left(\frac{P(x)}{Q(x)} \right) \right] "
        r"\quad \ni \quad x \sim P \quad (3)",
        "definition", lambda: divergence_law(P, Q),
    ),
    Display(
        "conditional-policy", None, "conditional policy",
        r"\pi_\theta^s(a) \doteq \pi_\theta(a|s),",
        "definition", lambda: Definition(conditional(pi_theta(a, s)), pi_theta(a, s)),
    ),
    Display(
        "eq04", 4, "KL divergence of two policies",
        r"D_{\text{KL}}(\pi_\theta^s \parallel \pi_{\text{ref}}^s) = \mathbb{E}_{a \sim \pi_\theta^s} "
        r"\left[\log \frac{\pi_\theta^s(a)}{\pi_{\text{ref}}^s(a)} \right] \quad (4)",
        "definition", specialised_divergence,
    ),
    Display(
        "trust-region", None, "trust-region problem",
        r"\max_{\theta} \mathbb{E}_{s,a \sim \pi_{\theta_{\text{old}}}} [\rho(\theta) A(s, a)] \quad \ni \quad "
        r"\mathbb{E}_s [D_{\text{KL}}(\pi_{\theta}(a|s) \parallel \pi_{\theta_{\text{old}}}(a|s))] \leq \delta",
        "expression", trust_region, expect=("no-claim",),
    ),
    Display(
        "log-ratio-restated", None, "pointwise log-ratio, restated",
        r"\ell_i(\theta) \doteq \log \pi_{\theta}(a_i|s) - \log \pi_{\text{ref}}(a_i|s)",
        "definition", lambda: define_log_ratio,
    ),
    Display(
        "off-policy-log-ratio", None, "log-ratio off policy",
        r"\mathbb{E}_{s,a|\pi_{\theta_{\text{old}}}} \left[\log \left(\frac{\pi_{\theta}(a|s)}{\pi_{\text{ref}}(a|s)} "
        r"\right) \right] \quad \ni \quad s \sim d^{\pi_{\theta}}, a \sim \pi_{\theta}(a|s)",
        "expression", lambda: off_policy_log_ratio(True), lambda: off_policy_log_ratio(False),
        ("ill-formed", "no-claim"),
    ),
    Display(
        "eq05", 5, "GRPO objective",
        r"\mathcal{J}_{\text{GRPO}}(\theta) \approx \mathbb{E}_{s,a_{1:G}|\pi_{\theta_{\text{old}}}} "
        r"\left[\frac{1}{G} \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta \ell_i(\theta)) \right] \quad (5)",
        "definition", lambda: approx(define_objective),
    ),
    Display(
        "eq06", 6, "clipped GRPO objective",
        r"\mathcal{J}_{\text{GRPO-clip}}(\theta) \approx \mathbb{E}_{s,a_{1:G}|\pi_{\theta_{\text{old}}}} "
        r"\left[\frac{1}{G} \sum_{i=1}^G \min \left(\rho_i(\theta) \tilde{A}_i, \text{clip}(\rho_i(\theta), "
        r"1 - \varepsilon, 1 + \varepsilon) \tilde{A}_i \right) - \beta \ell_i(\theta) \right] \quad (6)",
        "definition", lambda: clipped(True), lambda: approx(clipped(False)),
        ("ill-formed", "definition"),
    ),
    Display(
        "eq07", 7, "gradient of the ratio",
        r"\nabla_{\theta} \rho_i(\theta) = \rho_i(\theta) \nabla_{\theta} \log \pi_{\theta}(a_i|s). \quad (7)",
        "claim", lambda: Claim(Relation("=", grad(rho()), rho() * score(group[i])), (define_ratio,)),
        expect=("proved",),
    ),
    Display(
        "eq08", 8, "gradient of the log-ratio",
        r"\nabla_{\theta} \ell_i(\theta) = \nabla_{\theta} \log \pi_{\theta}(a_i|s). \quad (8)",
        "claim", lambda: Claim(Relation("=", grad(ell()), score(group[i])), (define_log_ratio,)),
        expect=("proved",),
    ),
    Display(
        "first-order-expansion", None, "first-order expansion",
        r"\log \pi_{\theta}(a|s) \approx \log \pi_{\theta_{\text{old}}}(a|s) + "
        r"(\nabla_{\theta} \log \pi_{\theta}(a|s))^{\top} \Delta\theta,",
        "claim", lambda: Claim(Relation("≈", Log(pi_theta(a, s)), Log(pi_old(a, s)) + score(a).T * step)),
        expect=("proved",),
    ),
    Display(
        "eq09", 9, "policy-gradient form",
        r"\nabla_{\theta} \mathcal{J}_{\text{GRPO}}(\theta) \approx \mathbb{E}_{s, a_{1:G} | "
        r"\pi_{\theta_{\text{old}}}} \left[\frac{1}{G} \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta) "
        r"\nabla_{\theta} \log \pi_{\theta}(a_i|s) \right]. \quad (9)",
        "claim", lambda: Claim(
            Relation("≈", grad(J()), E_group(mean_over_group((rho() * A_tilde() - beta) * score(group[i])))),
            OBJECTIVE),
        expect=("proved",),
    ),
    Display(
        "eq10", 10, "gradient of the regulariser",
        r"\nabla_{\theta} \mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} [\beta \ell(a, s; \theta)] = "
        r"\beta \mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} [\nabla_{\theta} \log \pi_{\theta}(a|s)]. "
        r"\quad (10)",
        "claim", lambda: Claim(
            Relation("=", grad(E_old(beta * log_ratio_at(a, s))), beta * E_old(score(a))), (define_log_ratio_at,)),
        expect=("proved",),
    ),
    Display(
        "eq11", 11, "forward KL divergence",
        r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(a|s) \parallel \pi_{\theta}(a|s)) \doteq "
        r"\mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} "
        r"\left[\log \frac{\pi_{\theta_{\text{old}}}(a|s)}{\pi_{\theta}(a|s)} \right]. \quad (11)",
        "definition", forward_divergence,
    ),
    Display(
        "eq12", 12, "gradient of the forward KL",
        r"\nabla_{\theta} D_{\text{KL}}(\pi_{\theta_{\text{old}}}(a|s) \parallel \pi_{\theta}(a|s)) = "
        r"-\mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} [\nabla_{\theta} \log \pi_{\theta}(a|s)]. \quad (12)",
        "claim", lambda: Claim(Relation("=", grad(KL(old_s, theta_s)), -E_old(score(a)))),
        expect=("proved",),
    ),
    Display(
        "eq13", 13, "second-order expansion of the forward KL",
        r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(a|s) \parallel \pi_{\theta}(a|s)) \approx "
        r"\frac{1}{2} \Delta\theta^{\top} F_s(\theta_{\text{old}}) \Delta\theta, \quad (13)",
        "claim", lambda: Claim(Relation("≈", KL(old_s, theta_s), half_fisher()), (define_fisher,)),
        expect=("proved",),
    ),
    Display(
        "k3", None, "the estimator k3",
        r"\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)} - "
        r"\log\left(\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)}\right) - 1",
        "expression", lambda: define_k3.rhs, expect=("no-claim",),
    ),
    Display(
        "reward", None, "reward", r"r_i \approx r(s, a_i)",
        "definition", lambda: approx(Definition(r_i(i, group, s), reward(s, group[i]))),
    ),
    Display(
        "group-mean", None, "group mean", r"\bar{r}(s) \approx \frac{1}{G} \sum_{i=1}^G r(s, a_i)",
        "definition", lambda: approx(define_mean),
    ),
    Display(
        "parameter-step", None, "parameter step", r"\Delta\theta \doteq \theta - \theta_{\text{old}}",
        "definition", lambda: Definition(step, Parameter() - Parameter("old")),
    ),
    Display(
        "cross-entropy", None, "cross-entropy",
        r"-\mathbb{E}_{\pi_{\theta_{\text{old}}}}[\log \pi_{\theta}]",
        "expression", lambda: -E(
            (a, (pi_old | s).hinted(form="bare")), Log(pi_theta(a, s).hinted(form="bare")), style="law"),
        expect=("no-claim",),
    ),
    Display(
        "log-ratio-as-function", None, "log-ratio as a function", r"\vartheta \ell_i(\theta) = \ell(a_i, s; \theta)",
        "claim", lambda: renamed_log_ratio(True), lambda: renamed_log_ratio(False),
        ("refuted", "proved"),
    ),
)
