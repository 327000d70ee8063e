"""Losses of scores of a whole vocabulary, and of packed sequences; their tapes are in tests/data/layouts."""

import torch
import torch.nn.functional as functional


def clipped(logp, old, adv, low, high):
    """The loss of a token."""
    ratio = torch.exp(logp - old)
    return -torch.min(ratio * adv, ratio.clamp(1 - low, 1 + high) * adv)


def gathered(logits, labels, old, adv, mask, eps_low=0.2, eps_high=0.28):
    """Log-probabilities by gathering from a log-softmax."""
    logp = torch.log_softmax(logits, dim=-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    return (clipped(logp, old, adv[:, None], eps_low, eps_high) * mask).sum() / mask.sum()


def by_sums(logits, labels, old, adv, mask, eps_low=0.2, eps_high=0.28):
    """Log-probabilities as scores without the logarithm of the sum of their exponentials."""
    logp = logits.gather(-1, labels[..., None]).squeeze(-1) - torch.logsumexp(logits, dim=-1)
    return (clipped(logp, old, adv[:, None], eps_low, eps_high) * mask).sum() / mask.sum()


def by_cross_entropy(logits, labels, old, adv, mask, eps_low=0.2, eps_high=0.28):
    """Log-probabilities from the cross-entropy of all tokens in one row."""
    rows, columns, entries = logits.shape
    nats = functional.cross_entropy(logits.reshape(rows * columns, entries), labels.reshape(-1), reduction="none")
    return (clipped(-nats.view(rows, columns), old, adv[:, None], eps_low, eps_high) * mask).sum() / mask.sum()


def with_bonus(logits, labels, old, adv, mask, entropy_coef=0.01):
    """A bonus for the entropy of all entries."""
    every = torch.log_softmax(logits, dim=-1)
    logp = every.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    entropy = torch.logsumexp(logits, dim=-1) - (functional.softmax(logits, dim=-1) * logits).sum(-1)
    return -((torch.exp(logp - old) * adv[:, None] + entropy_coef * entropy) * mask).sum() / mask.sum()


def one_behind(logits, labels, old, adv, mask):
    """Scores of a position are of the next token."""
    logp = torch.log_softmax(logits[:, :-1], dim=-1).gather(-1, labels[:, 1:, None]).squeeze(-1)
    ratio, counted = torch.exp(logp - old[:, 1:]), mask[:, 1:]
    return -(ratio * adv[:, None] * counted).sum() / counted.sum()


def of_scores_alone(logits, labels, mask):
    """A score, which is more than a log-probability."""
    return -(logits.gather(-1, labels[..., None]).squeeze(-1) * mask).sum() / mask.sum()


def packed_tokens(logp, old, adv, cu_seqlens, eps_low=0.2, eps_high=0.28):
    """The mean over the tokens of a row."""
    return clipped(logp, old, torch.repeat_interleave(adv, cu_seqlens.diff()), eps_low, eps_high).mean()


def packed_means(logp, old, adv, cu_seqlens, eps_low=0.2, eps_high=0.28):
    """The mean over sequences of the means over their tokens."""
    lengths = cu_seqlens[1:] - cu_seqlens[:-1]
    row = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
    token = clipped(logp, old, adv[row], eps_low, eps_high)
    return (torch.zeros(len(lengths), dtype=token.dtype).scatter_add(0, row, token) / lengths).mean()


def packed_ratios(logp, old, adv, lengths, eps_low=0.2, eps_high=0.28):
    """Ratios of whole sequences."""
    row = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
    gap = torch.zeros(len(lengths), dtype=logp.dtype).index_add(0, row, logp - old)
    return clipped(gap / lengths, torch.zeros_like(gap), adv, eps_low, eps_high).mean()
