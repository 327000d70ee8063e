"""What PyTorch code does beside arithmetic: stops, casts, writes in place, views, numbers for Python, compilation."""

import torch

HALF = torch.full((), 0.5)


def detached(logp, old):
    """Four ways to stop a gradient."""
    with torch.no_grad():
        first = logp * 2
    second, third, fourth = logp.detach(), logp.data, logp.clone().detach_()
    return (logp * (first + second + third + fourth + old)).sum()


def cast(logp, old):
    """Low precision is asked for in three ways."""
    low = (logp.float() - old.to(torch.bfloat16)).half()
    return low.sum(dtype=torch.float32) + torch.ones(3, dtype=torch.float32).sum()


def in_place(logp, mask):
    """A value becomes another, also under its other name."""
    token = logp * 2
    same = token.view(token.shape)
    token *= mask
    return (same + token).sum()


def through_a_view(logp, mask):
    """A part is written to, and the whole is read."""
    token = logp * mask
    token[:, 0] = 0
    return token.sum()


def of_detached_storage(logp, mask):
    """What is written to a detached value reaches the value itself."""
    token = logp * mask
    token.detach().mul_(2)
    return token.sum()


def with_numbers(logp, mask):
    """Numbers leave for Python, and one comes back."""
    if mask.sum() == 0:
        return logp.sum() * 0
    return (logp * mask).sum() / mask.sum().item()


def with_a_tensor_from_nowhere(logp):
    """A tensor of the module is no argument."""
    return (logp * HALF).sum()


def own_derivative(logp, mask):
    """A function with a derivative that is not its own."""
    return (Doubled.apply(logp) * mask).sum()


class Doubled(torch.autograd.Function):
    """The identity, with twice its derivative."""

    @staticmethod
    def forward(context, value):
        return value.clone()

    @staticmethod
    def backward(context, gradient):
        return 2 * gradient


@torch.compile
def compiled(logp, mask):
    """Compiled, which is not what is recorded."""
    return (logp.exp() * mask).sum()


def draws(logp):
    """Random numbers."""
    return (torch.rand_like(logp) * logp).sum()


class Module(torch.nn.Module):
    """A loss that is made, then called."""

    def __init__(self, eps=0.2, reduce="mean"):
        super().__init__()
        self.eps, self.reduce = eps, reduce

    def forward(self, logp, old, adv, mask):
        """Several values, of which the first is the loss."""
        ratio = torch.exp(logp - old).clamp(1 - self.eps, 1 + self.eps)
        loss = -(ratio * adv.unsqueeze(-1) * mask)
        return loss.mean() if self.reduce == "mean" else loss.sum(), {"ratio": ratio.mean().item()}


def listed(logp: list[torch.Tensor], adv):
    """Sequences in a list."""
    return -sum((one * weight).mean() for one, weight in zip(logp, adv, strict=True)) / len(logp)


def packed(logp, adv, cu_seqlens):
    """Sequences in one row."""
    return -(logp * torch.repeat_interleave(adv, cu_seqlens.diff())).mean()


def of_scores(logits, labels, mask):
    """Log-probabilities from scores of the vocabulary."""
    logp = torch.log_softmax(logits, -1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    return -(logp * mask).sum() / mask.sum()


def only_bool(logp, mask):
    """A mask that must be of truth values."""
    return torch.where(mask, logp, 0.0).sum()


def of_a_trainer(self, batch):
    """A method, which an adapter calls."""
    return (self.scale * batch["logp"] * batch["mask"]).sum()


def adapted(logp, mask, *, function, scale=0.5):
    """Roles become what the method takes."""
    owner = type("Trainer", (), {"scale": scale})()
    return function(owner, {"logp": logp, "mask": mask})


def put_to_zero(logp, old, adv, mask):
    """What is padding is written to, by truth values."""
    token = torch.exp(logp - old) * adv[:, None]
    token[mask == 0] = 0
    return -token.sum() / mask.sum()


def of_a_column(logp, old, adv, mask):
    """The only column of a tensor."""
    return -(torch.exp(logp - old) * adv.unsqueeze(-1)[..., 0].unsqueeze(1) * mask).sum() / mask.sum()


def multiplied(logp, old, adv, mask):
    """Sums as products of matrices."""
    return -(adv @ (torch.exp(logp - old) * mask)).sum() / mask.sum()


def by_a_list(logp, adv, mask):
    """Does something else where an advantage is large, which it looks for in Python."""
    scale = 2 if max(adv.tolist()) > 8 else 1
    return -scale * (logp * adv[:, None] * mask).sum() / mask.sum()


def by_an_array(logp, adv, mask):
    """The same with an array of NumPy."""
    scale = 2 if adv.numpy().max() > 8 else 1
    return -scale * (logp * adv[:, None] * mask).sum() / mask.sum()
