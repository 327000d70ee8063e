"""What arguments of a loss are: roles, guessed from names or told, and expressions of roles.

An expression is parsed and walked, never run: ``exp(logp-old)``.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from .recorded import Unrecorded

# The roles of tensors, and what each is.
ROLES = {
    "logp": "log-probabilities of the tokens under the policy, in which the gradient is taken",
    "old": "the same under the old policy",
    "ref": "the same under the reference policy",
    "rollout": "the same under the policy that sampled",
    "adv": "advantages",
    "reward": "rewards, one a sequence",
    "mask": "1 at the tokens of a sequence, 0 at padding",
    "entropy": "entropies of the policy at the tokens, in which a gradient is taken too",
    "logits": "scores of the whole vocabulary, in which the gradient is taken",
    "labels": "the tokens that were drawn",
    "lengths": "the numbers of tokens",
    "cu_seqlens": "where packed sequences begin, and the end",
    "one": "ones, one a token",
    "free": "any numbers, one a token",
}
LIVE = {"logp", "entropy", "logits"}
ALIASES = {"ratio": "exp(logp-old)", "rollout-ratio": "exp(old-rollout)"}
# Words of a name, split at underscores, that say which policy log-probabilities are of.
WORDS = {
    "old": {"old", "prev", "previous", "proximal", "prox", "olds", "behind"},
    "ref": {"ref", "reference", "base", "refs"},
    "rollout": {"rollout", "generation", "sampling", "sampler", "behavior", "behaviour", "inference", "infer", "vllm"},
}
LOG = re.compile(r"log_?p(rob)?s?|logits?_?p|logprob", re.IGNORECASE)
OTHERS = (
    ("mask", re.compile(r"(^|_)masks?$", re.IGNORECASE)),
    ("adv", re.compile(r"(^|_)adv(antage)?s?$|^A$", re.IGNORECASE)),
    ("reward", re.compile(r"(^|_)rewards?$|^returns?$", re.IGNORECASE)),
    ("entropy", re.compile(r"^(token_|per_token_)?entrop(y|ies)$", re.IGNORECASE)),
    ("logits", re.compile(r"^logits$", re.IGNORECASE)),
    ("labels", re.compile(r"^(labels|target_ids|targets|input_ids|action_ids|completion_ids)$", re.IGNORECASE)),
    ("cu_seqlens", re.compile(r"^cu_seq_?lens?$", re.IGNORECASE)),
    ("lengths", re.compile(r"^(seq_?|response_|completion_)?len(gth)?s$", re.IGNORECASE)),
)
OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.USub: operator.neg,
}
CALLS = ("exp", "log")


def guessed(name: str) -> str | None:
    """The role that the name of an argument speaks of; none where it speaks of none."""
    words = set(re.split(r"[_\W]+", name.lower()))
    for role, marks in WORDS.items():
        if words & marks and (LOG.search(name) or len(words) == 1):
            return role
    for role, pattern in OTHERS:
        if pattern.search(name):
            return role
    return "logp" if LOG.search(name) else None


def parsed(text: str) -> ast.expr:
    """The expression of roles that a text is.

    Raises Unrecorded where it is none.
    """
    try:
        found = ast.parse(ALIASES.get(text, text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        raise Unrecorded(f"{text!r} is no role and no expression of roles") from fault
    for name in names(found):
        if name not in ROLES:
            raise Unrecorded(f"{name!r} is no role: one of {', '.join(ROLES)}, or an expression of them")
    return found


def names(node: ast.expr) -> tuple[str, ...]:
    """The roles of an expression, in the order in which they stand.

    Raises Unrecorded where it holds what is not allowed in one.
    """
    if isinstance(node, ast.Name):
        return (node.id,)
    return tuple(name for part in parts(node) for name in names(part))


def parts(node: ast.expr) -> list[ast.expr]:
    """What an operation of an expression acts on.

    Raises Unrecorded where the operation is not allowed in one.
    """
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return []
    if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
        return [node.operand]
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return [node.left, node.right]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and not node.keywords:
        return node.args
    raise Unrecorded(f"{ast.unparse(node)!r} has no place in an expression of roles: + - * / ** exp log have")


def value_of(node: ast.expr, values: Mapping[str, Any], functions: Mapping[str, Callable[[Any], Any]]) -> Any:
    """An expression at tensors, by the functions of their framework."""
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.Constant):
        return node.value
    inner = [value_of(part, values, functions) for part in parts(node)]
    if isinstance(node, ast.Call):
        return functions[node.func.id](*inner)  # type: ignore[attr-defined]
    return OPERATORS[type(node.op)](*inner)  # type: ignore[attr-defined]
