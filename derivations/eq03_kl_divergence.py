"""Equation (3): the divergence as the expectation of a log-ratio under its first law."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

difference = (
    show_that("the divergence as a difference of log-probabilities", KL(P.law, Q.law),
              E((x, P.law), Log(P(x) / Q(x))))
    .then(E((x, P.law), Log(P(x)) - Log(Q(x))), DIVERGENCE)
    .arrive(LOG_OF_RATIO)
)

vanishes = (
    show_that("a law does not diverge from itself", KL(P.law, P.law), 0)
    .then(E((x, P.law), Log(P(x)) - Log(P(x))), DIVERGENCE)
    .arrive(LINEARITY)
)

script = argument("eq03", difference, vanishes)

if __name__ == "__main__":
    script.show()
