"""Losses as they are written for PyTorch, right and wrong; their tapes are in tests/data/tapes."""

import torch


def grpo(logp, old_logp, ref_logp, adv, mask, eps_low=0.2, eps_high=0.28, beta=0.04):
    """Clipped surrogate and k3; the mean over sequences of the means over tokens."""
    ratio = torch.exp(logp - old_logp)
    adv = adv.unsqueeze(-1)
    surrogate = torch.min(ratio * adv, torch.clamp(ratio, 1 - eps_low, 1 + eps_high) * adv)
    delta = ref_logp - logp
    token = -surrogate + beta * (torch.exp(delta) - delta - 1)
    return ((token * mask).sum(-1) / mask.sum(-1)).mean()


def token_mean(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The mean over all tokens, padding filled with zeros."""
    ratio = (logp - old_logp).exp()
    adv = adv[:, None].expand_as(ratio)
    worst = torch.maximum(-adv * ratio, -adv * ratio.clamp(1 - eps_low, 1 + eps_high))
    return torch.where(mask > 0, worst, torch.zeros_like(worst)).sum() / mask.sum().clamp(min=1)


def cispo(logp, old_logp, adv, mask, cap=2.0):
    """A capped weight that is no part of the derivative."""
    with torch.no_grad():
        weight = torch.exp(logp - old_logp).clamp(max=cap)
    return -(weight * adv[:, None] * logp * mask).sum() / mask.sum()


def cispo_live(logp, old_logp, adv, mask, cap=2.0):
    """The same with the weight in the derivative."""
    weight = torch.exp(logp - old_logp).clamp(max=cap)
    return -(weight * adv[:, None] * logp * mask).sum() / mask.sum()


def gspo(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The ratio of whole sequences, by the mean of the log-ratios."""
    ratio = torch.exp(((logp - old_logp) * mask).sum(dim=1) / mask.sum(dim=1))
    clipped = ratio.clamp(1 - eps_low, 1 + eps_high)
    return -torch.minimum(ratio * adv, clipped * adv).mean()


def gspo_token(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The ratio of whole sequences, its gradient brought back by each token's."""
    count = mask.sum(dim=-1, keepdim=True).clamp(min=1.0)
    mean = ((logp - old_logp) * mask).sum(dim=-1, keepdim=True) / count
    log_ratio = torch.clamp(logp - logp.detach() + mean.detach(), max=10.0)
    ratio = log_ratio.exp()
    adv = adv.unsqueeze(1)
    worst = torch.maximum(-adv * ratio, -adv * torch.clamp(ratio, 1 - eps_low, 1 + eps_high))
    return ((worst * mask).sum(dim=-1) / count.squeeze(-1)).mean()


def dual_clip(log_prob, old_log_prob, advantages, response_mask, cliprange=0.2, clip_ratio_c=3.0):
    """Clipped once more where the advantage is negative; advantages have a number a token."""
    log_ratio = torch.clamp(log_prob - old_log_prob, min=-20.0, max=20.0)
    ratio = torch.exp(log_ratio)
    once = torch.maximum(-advantages * ratio, -advantages * ratio.clamp(1 - cliprange, 1 + cliprange))
    twice = torch.min(-advantages * clip_ratio_c, once)
    token = torch.where(advantages < 0, twice, once)
    fraction = (torch.gt(once, twice).float() * response_mask).sum().item()
    return (token * response_mask).sum() / response_mask.sum(), {"clipped": fraction}


def constant_length(logp, old_logp, adv, mask, eps=0.2, max_len=16):
    """The sum over tokens by a number that does not depend on the answers."""
    ratio = torch.exp(logp - old_logp)
    token = torch.min(ratio * adv[:, None], ratio.clamp(1 - eps, 1 + eps) * adv[:, None])
    token *= mask
    return -token.sum() / (logp.size(0) * max_len)


def shifted(logp, adv, mask):
    """The mask of the token before: off by one."""
    return -(logp[:, 1:] * adv[:, None] * mask[:, :-1]).sum() / mask.sum()


def over_padding(logp, old_logp, adv, mask):
    """The mean over tokens reads padding: the mask comes after it."""
    ratio = torch.exp(logp - old_logp)
    return -((ratio * adv[:, None]).mean(dim=-1) * (mask.sum(-1) > 0)).mean()


def standardised(logp, old_logp, rewards, mask):
    """Advantages from the rewards of the group, and a detached divisor that left for Python."""
    adv = (rewards - rewards.mean()) / (rewards.std() + 1e-6)
    ratio = torch.exp(logp - old_logp)
    return -(ratio * adv[:, None] * mask).sum() / mask.sum().item()


def smooth(logp, old_logp, adv, mask, tau=1.5):
    """A sigmoid in place of the clip."""
    gate = torch.sigmoid(tau * (torch.exp(logp - old_logp) - 1)) * (4 / tau)
    return (-(gate * adv[:, None] * mask).sum(-1) / mask.sum(-1)).mean()


def branching(logp, adv, mask):
    """Another loss on other data."""
    if float(adv[1] + adv[2]) > 0:
        return -(logp * adv[:, None] * mask).sum() / mask.sum()
    return -(logp * adv[:, None] * mask).mean()


def with_entropy(logp, old_logp, adv, entropy, mask, entropy_coef=0.01):
    """A bonus for entropy."""
    ratio = torch.exp(logp - old_logp)
    return -((ratio * adv[:, None] + entropy_coef * entropy) * mask).sum() / mask.sum()


def ends_swapped(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """Each end of the clip where the other should be."""
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    worst = torch.min(ratio * adv, ratio.clamp(1 - eps_high, 1 + eps_low) * adv)
    return -(worst * mask).sum() / mask.sum()


def optimistic(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The larger of the two surrogates."""
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    best = torch.max(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv)
    return -(best * mask).sum() / mask.sum()


def dual_everywhere(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28, clip_ratio_c=3.0):
    """The second clip whatever the sign of the advantage."""
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    once = torch.maximum(-adv * ratio, -adv * ratio.clamp(1 - eps_low, 1 + eps_high))
    return (torch.minimum(once, -adv * clip_ratio_c) * mask).sum() / mask.sum()


def means_of_means(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """Every sequence counts alike, without a penalty."""
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    worst = torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv) * mask
    return -(worst.sum(-1) / mask.sum(-1).clamp(min=1)).mean()


def other_sign(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """What should be large is made small."""
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    return (torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv) * mask).sum() / mask.sum()


def to_reference(logp, old_logp, ref_logp, adv, mask, eps_low=0.2, eps_high=0.28, beta=0.04):
    """The ratio is that to the reference."""
    ratio, adv = torch.exp(logp - ref_logp), adv[:, None]
    worst = torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv)
    k3 = torch.exp(ref_logp - logp) - (ref_logp - logp) - 1
    return ((beta * k3 - worst) * mask).sum(1).div(mask.sum(1)).mean()


def to_itself(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The old policy is the current one, and nothing moves."""
    old_logp = logp
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    return -(torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv) * mask).sum() / mask.sum()


def gspo_sum(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The ratio of the probabilities of sequences, not its geometric mean."""
    ratio = ((logp - old_logp) * mask).sum(-1).exp()
    return -torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv).mean()


def gspo_stopped(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The ratio of sequences, which nothing moves."""
    ratio = (((logp - old_logp) * mask).sum(-1) / mask.sum(-1)).detach().exp()
    return -torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv).mean() + 0 * logp.sum()


def wrong_axis(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """A mean over the sequences at each position."""
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    worst = torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv) * mask
    return -(worst.sum(0) / mask.sum(0).clamp(min=1)).mean()


def picked(logp, old_logp, adv, mask, eps_low=0.2, eps_high=0.28):
    """The mean over the tokens that the mask picks."""
    ratio = torch.exp(logp - old_logp)
    adv = adv[:, None].expand_as(ratio)
    worst = torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv)
    return -worst[mask.bool()].mean()


def penalty_k1(logp, ref_logp, mask):
    """The log-ratio."""
    return ((logp - ref_logp) * mask).sum() / mask.sum()


def penalty_k2(logp, ref_logp, mask):
    """Half of its square."""
    return (0.5 * (logp - ref_logp).square() * mask).sum() / mask.sum()


def penalty_swapped(logp, ref_logp, mask):
    """The third estimator with the policies exchanged."""
    delta = logp - ref_logp
    return ((delta.exp() - delta - 1) * mask).sum() / mask.sum()


def penalty_weighted(logp, old_logp, ref_logp, mask):
    """The third estimator, weighted by the ratio."""
    delta = ref_logp - logp
    return ((logp - old_logp).exp() * (delta.exp() - delta - 1) * mask).sum() / mask.sum()


def penalty_weight_stopped(logp, old_logp, ref_logp, mask):
    """The same with a weight that nothing moves."""
    delta = ref_logp - logp
    return ((logp - old_logp).exp().detach() * (delta.exp() - delta - 1) * mask).sum() / mask.sum()


def penalty_capped(logp, ref_logp, mask, most=0.02):
    """The third estimator up to a bound."""
    delta = ref_logp - logp
    return ((delta.exp() - delta - 1).clamp(max=most) * mask).sum() / mask.sum()


def corrected(logp, old_logp, rollout_logp, adv, mask, eps_low=0.2, eps_high=0.28, most=2.0):
    """A correction for the policy that sampled, up to a bound, which should not move."""
    correction = torch.exp(logp - rollout_logp).clamp(max=most)
    ratio, adv = torch.exp(logp - old_logp), adv[:, None]
    worst = torch.min(ratio * adv, ratio.clamp(1 - eps_low, 1 + eps_high) * adv)
    return -(correction * worst * mask).sum() / mask.sum()


def sorted_tokens(logp, adv, mask):
    """Half of the tokens alone, those that surprise most."""
    kept = torch.topk(logp, logp.size(1) // 2, dim=1).values
    return -(kept * adv[:, None]).mean() / mask.sum()
