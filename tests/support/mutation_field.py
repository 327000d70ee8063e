"""Statements of the field that the project does not make itself: its textbook identities and bounds."""

from grpo_symbolic.latex.statement.reader import read_statement

THETA, BEHAVIOUR = r"a\sim\pi_\theta(\cdot|s)", r"a\sim\pi_{\theta_{\text{old}}}(\cdot|s)"
SCORE = r"\nabla_\theta\log\pi_\theta(a|s)"
RATIO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"
BASELINE = r"\bar{r} \doteq \frac{1}{G}\sum_{j=1}^{G} r(s,a_j)"
CLIPPED = r"\operatorname{clip}(\rho(a),1-\varepsilon,1+\varepsilon)"
GROUP = r"a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)"

FIELD = {
    "score-has-mean-zero": rf"\mathbb{{E}}_{{{THETA}}}[\nabla_\theta\pi_\theta(a|s) / \pi_\theta(a|s)] = 0",
    "log-derivative": rf"\nabla_\theta\pi_\theta(a|s) = \pi_\theta(a|s)\,{SCORE}",
    "off-policy-gradient": (rf"\nabla_\theta\mathbb{{E}}_{{{BEHAVIOUR}}}[\rho(a)A(s,a)] = "
                            rf"\mathbb{{E}}_{{{THETA}}}[A(s,a)\,{SCORE}]", RATIO),
    "second-moment-of-ratio": (rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[\rho(a)^2] = \mathbb{{E}}_{{{THETA}}}[\rho(a)]", RATIO),
    "chi-square": (rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[(\rho(a)-1)^2] = "
                   rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[\rho(a)^2] - 1", RATIO),
    "second-moment-bound": (rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[\rho(a)^2] \geq 1", RATIO),
    "reverse-kl-gradient": (
        rf"\nabla_\theta D_{{\text{{KL}}}}(\pi_\theta(\cdot|s)\,\|\,\pi_{{\text{{ref}}}}(\cdot|s)) = "
        rf"\mathbb{{E}}_{{{THETA}}}[\log\frac{{\pi_\theta(a|s)}}{{\pi_{{\text{{ref}}}}(a|s)}}\,{SCORE}]"),
    "k2-gradient": (rf"\mathbb{{E}}_{{{THETA}}}[\nabla_\theta k_2(a)] = "
                    r"\nabla_\theta D_{\text{KL}}(\pi_\theta(\cdot|s)\,\|\,\pi_{\text{ref}}(\cdot|s))",
                    r"k_2(a) \doteq \frac{1}{2}\left(\log\frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}\right)^2"),
    "k3-nonnegative": r"\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)} - "
                      r"\log\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)} - 1 \geq 0",
    "k3-importance-weighted": (
        rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[\rho(a)k_3(a)] = "
        r"D_{\text{KL}}(\pi_\theta(\cdot|s)\,\|\,\pi_{\text{ref}}(\cdot|s))",
        r"k_3(a) \doteq \frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)} - "
        r"\log\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)} - 1", RATIO),
    "cross-entropy-gradient": (
        rf"\nabla_\theta\mathbb{{E}}_{{{BEHAVIOUR}}}[\log\pi_\theta(a|s)] = "
        r"-\nabla_\theta D_{\text{KL}}(\pi_{\theta_{\text{old}}}(\cdot|s)\,\|\,\pi_\theta(\cdot|s))"),
    "forward-kl-stationary": (r"\nabla_\theta D_{\text{KL}}(\pi_{\theta_{\text{old}}}(\cdot|s)\,\|\,"
                              r"\pi_\theta(\cdot|s)) = 0", "assume", r"\theta = \theta_{\text{old}}"),
    "stopped-ratio": (rf"\nabla_\theta\left(\frac{{\pi_\theta(a|s)}}{{\operatorname{{sg}}[\pi_\theta(a|s)]}}A(s,a)"
                      rf"\right) = A(s,a)\,{SCORE}"),
    "stopped-weight": (r"\nabla_\theta\left(\operatorname{sg}[\rho(a)]\log\pi_\theta(a|s)\right) = "
                       r"\nabla_\theta\rho(a)", RATIO),
    "hessian-of-log": (r"\nabla_\theta^2\log\pi_\theta(a|s) = \frac{\nabla_\theta^2\pi_\theta(a|s)}{\pi_\theta(a|s)} - "
                       rf"{SCORE}\,({SCORE})^\top"),
    "mean-under-a-group": (rf"\mathbb{{E}}_{{{GROUP}}}\left[\frac{{1}}{{G}}\sum_{{i=1}}^{{G}}r(s,a_i)\right] = "
                           rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[r(s,a)]"),
    "group-mean-baseline": (
        rf"\mathbb{{E}}_{{{GROUP}}}\left[\frac{{1}}{{G}}\sum_{{i=1}}^{{G}}(r(s,a_i)-\bar{{r}})\,r(s,a_i)\right] = "
        rf"\frac{{G-1}}{{G}}\left(\mathbb{{E}}_{{{BEHAVIOUR}}}[r(s,a)^2] - "
        rf"\left(\mathbb{{E}}_{{{BEHAVIOUR}}}[r(s,a)]\right)^2\right)", BASELINE),
    "deviations": (r"\sum_{i=1}^{G}(r(s,a_i)-\bar{r})^2 = \sum_{i=1}^{G}r(s,a_i)^2 - G\,\bar{r}^2", BASELINE),
    "leave-one-out": (r"\sum_{i=1}^{G}\left(r(s,a_i) - \frac{1}{G-1}\sum_{j\neq i}r(s,a_j)\right) = 0",
                      "assume", r"G \geq 2"),
    "total-variation": (rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[\max(\rho(a)-1,0)] = "
                        rf"\mathbb{{E}}_{{{BEHAVIOUR}}}[\max(1-\rho(a),0)]", RATIO),
    "clip-for-gains": (rf"\min(\rho(a)A(s,a), {CLIPPED}A(s,a)) = \min(\rho(a), 1+\varepsilon)A(s,a)", RATIO,
                       "assume", r"A(s,a) > 0"),
    "clip-for-losses": (rf"\min(\rho(a)A(s,a), {CLIPPED}A(s,a)) = \max(\rho(a), 1-\varepsilon)A(s,a)", RATIO,
                        "assume", r"A(s,a) < 0"),
    "positive-parts": r"\max(A(s,a),0) - \max(-A(s,a),0) = A(s,a)",
    "ratio-near-one": (rf"\rho(a) = 1 + ({SCORE})^\top\Delta\theta + O(\|\Delta\theta\|^2)", RATIO),
    "entropy-from-kl": (r"D_{\text{KL}}(\pi_\theta(\cdot|s)\,\|\,\pi_{\text{ref}}(\cdot|s)) = "
                        rf"-\mathbb{{E}}_{{{THETA}}}[\log\pi_{{\text{{ref}}}}(a|s)] - H(\theta)",
                        rf"H(\theta) \doteq -\mathbb{{E}}_{{{THETA}}}[\log\pi_\theta(a|s)]"),
    "token-scores": (r"\nabla_\theta\log\prod_{t=1}^{T}\pi_\theta(o_t|q,o_{<t}) = "
                     r"\sum_{t=1}^{T}\nabla_\theta\log\pi_\theta(o_t|q,o_{<t})"),
}


def read(text, *rest):
    """The claim of a statement of the field: its text, definitions, and assumptions after the word for them."""
    cut = rest.index("assume") if "assume" in rest else len(rest)
    statement = read_statement(text, where=rest[:cut], assume=rest[cut + 1:])
    return statement.links[-1].content


def field():
    """Every statement of the field, by name."""
    return ((name, read(*((text,) if isinstance(text, str) else text))) for name, text in FIELD.items())
