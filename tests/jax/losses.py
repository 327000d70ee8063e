"""Losses as they are written for JAX."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

SCALE = np.array([0.5, 0.25])


def grpo(logp, old_logp, ref_logp, adv, mask, eps_low=0.2, eps_high=0.28, beta=0.04):
    """Clipped surrogate and k3; the mean over sequences of the means over tokens."""
    ratio = jnp.exp(logp - jax.lax.stop_gradient(old_logp))
    adv = adv[:, None]
    surrogate = jnp.minimum(ratio * adv, jnp.clip(ratio, 1 - eps_low, 1 + eps_high) * adv)
    token = -surrogate + beta * k3(ref_logp - logp)
    return jnp.mean(jnp.sum(token * mask, axis=1) / jnp.sum(mask, axis=1))


@jax.jit
def k3(gap):
    """An estimator, compiled."""
    return jnp.exp(gap) - gap - 1


@partial(jax.jit, static_argnames="reduce")
def compiled(logp, adv, mask, reduce="sum", scale=0.5):
    """All of it is compiled, in low precision."""
    token = jnp.where(mask > 0, -logp * adv[:, None], 0.0).astype(jnp.bfloat16)
    return scale * (token.sum() if reduce == "sum" else token.mean())


def branches(logp, mask):
    """Another loss on other data."""
    return logp.sum() if mask.sum() > 3 else logp.mean()


@jax.custom_vjp
def doubled(value):
    """The identity, with twice its derivative."""
    return value


doubled.defvjp(lambda value: (value, None), lambda _, gradient: (2 * gradient,))


def own_derivative(logp, mask):
    """A function with a derivative that is not its own."""
    return (doubled(logp) * mask).sum()


def with_an_array_from_nowhere(logp):
    """An array of the module is no argument."""
    return logp.sum() * jnp.asarray(SCALE).sum()


def of_a_dictionary(logp, mask):
    """The loss is a part of what is returned."""
    total = (jax.nn.relu(logp + 1) * mask).sum()
    return {"loss": total, "other": logp.mean()}


def without_arguments(logp):
    """A number."""
    return jnp.float64(1.0)


def as_a_number(logp):
    """Is no array."""
    return 1.0


def of_sequence(logp, old, adv, mask, eps):
    """The loss of one sequence, the mean over its tokens."""
    ratio = jnp.exp(logp - old)
    return jnp.sum(-jnp.minimum(ratio * adv, jnp.clip(ratio, 1 - eps, 1 + eps) * adv) * mask) / jnp.sum(mask)


def vmapped(logp, old, adv, mask, eps=0.2):
    """A function of one sequence, of all at once."""
    return jnp.mean(jax.vmap(of_sequence, in_axes=(0, 0, 0, 0, None))(logp, old, adv, mask, eps))


def mapped(logp, old, adv, mask, eps=0.2):
    """The same in a loop that keeps what each turn gives."""
    return jnp.mean(jax.lax.map(lambda one: of_sequence(*one, eps), (logp, old, adv, mask)))


def scanned(logp, old, adv, mask, eps=0.2):
    """The same in a loop that adds up."""
    total, _ = jax.lax.scan(lambda before, one: (before + of_sequence(*one, eps), None), 0.0, (logp, old, adv, mask))
    return total / logp.shape[0]


def dotted(logp, old, adv, mask, eps=0.2):
    """Sums as products of vectors."""
    del eps
    return jax.vmap(jnp.dot)(-jnp.exp(logp - old) * adv[:, None], mask).sum() / mask.sum()


def in_order(logp, old, adv, mask, eps=0.2):
    """A loop of which every turn needs the one before."""
    del old, eps
    last, _ = jax.lax.scan(lambda before, one: (0.9 * before + jnp.sum(one[0] * one[1]), None), 0.0, (logp, mask))
    return last * adv.sum()
