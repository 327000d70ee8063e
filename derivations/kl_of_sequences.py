"""The divergence of whole answers: a sum over their tokens, though its gradient is not that of the sum's terms."""

from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *
from grpo_symbolic.paper.trajectories import *

divergence = KL(pi_theta | question, pi_ref | question)
log_ratio_of_answers = Log(pi_theta(answer, question)) - Log(pi_ref(answer, question))
present = E_answers(tokens(token_score() * token_log_ratio()))
future = E_answers(tokens(token_score() * tokens(beyond(t) * token_KL(later), later)))

chain_rule = (
    show_that("the chain rule of the divergence", divergence, E_answers(tokens(token_KL())))
    .then(E_answers(log_ratio_of_answers), DIVERGENCE)
    .then(E_answers(tokens(token_log_ratio())), PATH)
    .arrive(DIVERGENCE, MARKOV, NORMALISATION)
)

of_answers = (
    show_that("the gradient of the divergence of answers", grad(divergence), present + future)
    .then(E_answers(grad(Log(pi_theta(answer, question))) * log_ratio_of_answers),
          DIVERGENCE, INTERCHANGE, LOG_DERIVATIVE, NORMALISATION, constant("π_ref"))
    .then(E_answers(tokens(token_score()) * tokens(token_log_ratio())), INTERCHANGE, PATH)
    .then(E_answers(tokens(token_score() * tokens(from_(t) * token_log_ratio(later), later))),
          LOG_DERIVATIVE, MARKOV, NORMALISATION)
    .then(present + E_answers(tokens(token_score() * tokens(beyond(t) * token_log_ratio(later), later))), LINEARITY)
    .arrive(DIVERGENCE, MARKOV, NORMALISATION)
)

of_tokens = (
    show_that("the gradients of the divergences of tokens", E_answers(tokens(grad(token_KL()))), present)
    .arrive(DIVERGENCE, INTERCHANGE, LOG_DERIVATIVE, MARKOV, NORMALISATION, constant("π_ref"))
)

why_they_differ = (
    show_that("what the gradients of tokens leave out", grad(divergence) - E_answers(tokens(grad(token_KL()))), future)
    .then(present + future - present, by(of_answers), by(of_tokens))
    .arrive(LINEARITY)
)

script = argument("kl-of-sequences", chain_rule, of_answers, of_tokens, why_they_differ)

if __name__ == "__main__":
    script.show()
