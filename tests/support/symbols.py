"""The symbols that most tests speak of: variables, policies, constants and functions."""

from grpo_symbolic.language import GROUP_SIZE, Const, Head, Policy, Var, variables

s, q = variables("s q", "state")
a, b, c, o, x, y = variables("a b c o x y", "action")
group = Var("a", "group")
i, j = variables("i j", "index")
t = Var("t", "token")
pi, old, ref = Policy(r"\pi"), Policy(r"\pi", "old"), Policy(r"\pi_{\text{ref}}", "constant")
eps, beta, G = Const(r"\varepsilon", "positive"), Const(r"\beta", "positive"), GROUP_SIZE
r, tilde = Head("r(#1, #2)"), Head(r"\tilde{A}_{#1}")
rho, ell = Head(r"\rho_{#1}(\theta)", theta=True), Head(r"\ell_{#1}(\theta)", theta=True)
