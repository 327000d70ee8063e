"""Statements that need a search: squares, divergences, case distinctions; each has a false sibling."""

from time import thread_time

import pytest

from grpo_symbolic.kernel import follow
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.proof.prove import Unproved, prove

RATIO = r"\rho(a)\doteq\pi_\theta(a|s)/\pi_{\theta_{\text{old}}}(a|s)"
TOKEN_RATIO = (r"\rho_{i,t}\doteq\frac{\pi_\theta(o_{i,t}|s,o_{i,<t})}{\pi_{\theta_{"
               r"\text{old}}}(o_{i,t}|s,o_{i,<t})}")
SEQUENCE_RATIO = r"s_i\doteq\left(\prod_{t=1}^{|o_i|}\rho_{i,t}\right)^{1/|o_i|}"

# A true statement, a false one, the definitions, the assumptions.
STATEMENTS = {
    "a summand that is zero once its denominator is cleared": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[\frac{f(s,a)}{\pi_\theta(a|s)+\epsilon}\right]"
        r" + \epsilon\sum_a \frac{f(s,a)}{\pi_\theta(a|s)+\epsilon} = \sum_a f(s,a)",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[\frac{f(s,a)}{\pi_\theta(a|s)+\epsilon}\right]"
        r" + \sum_a \frac{f(s,a)}{\pi_\theta(a|s)+\epsilon} = \sum_a f(s,a)",
        [], []),
    "Cauchy and Schwarz for a law": (
        r"(\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)A(s,a)])^2 \leq"
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^2]\,"
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[A(s,a)^2]",
        r"2(\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)A(s,a)])^2 \leq"
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^2]\,"
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[A(s,a)^2]",
        [RATIO], []),
    "Cauchy and Schwarz for a vector": (
        r"\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)\nabla_\theta\log\pi_\theta(a|s)]\|^2 \leq"
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)^2]\,"
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\|\nabla_\theta\log\pi_\theta(a|s)\|^2]",
        r"\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)\nabla_\theta\log\pi_\theta(a|s)]\|^2 \leq"
        r"(\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)])^2\,"
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\|\nabla_\theta\log\pi_\theta(a|s)\|^2]",
        [], []),
    "Cauchy and Schwarz for a group": (
        r"\left(\sum_{i=1}^G r_i u_i\right)^2 \leq \sum_{i=1}^G r_i^2 \sum_{i=1}^G u_i^2",
        r"\left(\sum_{i=1}^G r_i u_i\right)^2 \geq \sum_{i=1}^G r_i^2 \sum_{i=1}^G u_i^2",
        [], []),
    "Cauchy and Schwarz for gradients": (
        r"((\nabla_\theta f(\theta))^\top \nabla_\theta g(\theta))^2 \leq"
        r"\|\nabla_\theta f(\theta)\|^2 \|\nabla_\theta g(\theta)\|^2",
        r"2((\nabla_\theta f(\theta))^\top \nabla_\theta g(\theta))^2 \leq"
        r"\|\nabla_\theta f(\theta)\|^2 \|\nabla_\theta g(\theta)\|^2",
        [], []),
    "a square of two draws": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\mathbb{E}_{b\sim\pi_\theta(\cdot|s)}[f(a,b)f(b,a)]] \leq"
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\mathbb{E}_{b\sim\pi_\theta(\cdot|s)}[f(a,b)^2]]",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\mathbb{E}_{b\sim\pi_\theta(\cdot|s)}[f(a,b)f(b,a)]] \geq 0",
        [], []),
    "a square of two scores": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\mathbb{E}_{b\sim\pi_\theta(\cdot|s)}[\|f(a,b)"
        r"\nabla_\theta\log\pi_\theta(a|s) + g(a,b)\nabla_\theta\log\pi_\theta(b|s)\|^2]] \geq 0",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\mathbb{E}_{b\sim\pi_\theta(\cdot|s)}[f(a,b)g(a,b)"
        r"(\nabla_\theta\log\pi_\theta(a|s))^\top\nabla_\theta\log\pi_\theta(b|s)]] \geq 0",
        [], []),
    "the third moment of the ratio": (
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^3] \geq 1",
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^3] \leq 1",
        [RATIO], []),
    "growing moments of the ratio": (
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^4] \geq"
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^3]",
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^4] \geq"
        r"2\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^3] - 1 + "
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[(\rho(a)-1)^2]",
        [RATIO], []),
    "the inverse ratio": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[1/\rho(a)^2] \geq 1",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[1/\rho(a)] \geq"
        r"1 + \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[(1/\rho(a)-1)^2]",
        [RATIO], []),
    "the root of the ratio": (
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\sqrt{\rho(a)}] \leq 1",
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\sqrt{\rho(a)}] \geq 1",
        [RATIO], []),
    "the triangle inequality for a mean": (
        r"|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)]| \leq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[|A(s,a)|]",
        r"|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)]| \geq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[|A(s,a)|]",
        [], []),
    "a mean absolute value": (
        r"(\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[|A(s,a)|])^2 \leq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)^2]",
        r"2(\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[|A(s,a)|])^2 \leq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)^2]",
        [], []),
    "a mean absolute value in a group": (
        r"\left(\frac{1}{G}\sum_{i=1}^G |r_i|\right)^2 \leq \frac{1}{G}\sum_{i=1}^G r_i^2",
        r"\left(\sum_{i=1}^G |r_i|\right)^2 \leq \sum_{i=1}^G r_i^2",
        [], []),
    "entropy": (
        r"-\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\log\pi_\theta(a|s)]\geq 0",
        r"-\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\log\pi_\theta(a|s)]\geq 1",
        [], []),
    "a probability": (
        r"\pi_\theta(a|s)\leq 1",
        r"\pi_\theta(a|s)\leq \frac{1}{2}",
        [], []),
    "the collision probability": (
        r"\sum_a\pi_\theta(a|s)^2\leq 1",
        r"\sum_a\pi_\theta(a|s)^2\leq \frac12",
        [], []),
    "the mean of an indicator": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\mathbf{1}[r(s,a)>0]]\leq 1",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\mathbf{1}[r(s,a)>0]]\leq \frac12",
        [], []),
    "a log-probability": (
        r"\log\pi_\theta(a|s)\leq 0",
        r"\log\pi_\theta(a|s)\geq 0",
        [], []),
    "a mean probability": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\pi_\theta(a|s)]\leq 1",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\pi_\theta(a|s)]\geq 1",
        [], []),
    "a squared probability": (
        r"\pi_\theta(a|s)^2\leq\pi_\theta(a|s)",
        r"\pi_\theta(a|s)^2\geq\pi_\theta(a|s)",
        [], []),
    "the variance of an indicator": (
        r"\pi_\theta(a|s)(1-\pi_\theta(a|s))\geq 0",
        r"\pi_\theta(a|s)(1-2\pi_\theta(a|s))\geq 0",
        [], []),
    "the second moment of the ratio": (
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^2]\geq 1",
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\rho(a)^2]\geq 2",
        [RATIO], []),
    "the norm of a gradient": (
        r"\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)\nabla_\theta\log\pi_\theta(a|s)]\|^2\geq 0",
        r"\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)\nabla_\theta\log\pi_\theta(a|s)]\|^2\geq 1",
        [], []),
    "the norm of the gradient of a divergence": (
        r"\beta\|\nabla_\theta D_{\text{KL}}(\pi_\theta(\cdot|s)\|\pi_{\text{ref}}(\cdot|s))\|^2\geq 0",
        r"\beta\|\nabla_\theta D_{\text{KL}}(\pi_\theta(\cdot|s)\|\pi_{\text{ref}}(\cdot|s))\|^2\leq 0",
        [], []),
    "the norm of a score": (
        r"(\nabla_\theta\log\pi_\theta(a|s))^\top\nabla_\theta\log\pi_\theta(a|s)\geq 0",
        r"(\nabla_\theta\log\pi_\theta(a|s))^\top\nabla_\theta\log\pi_\theta(a|s)\leq 0",
        [], []),
    "the Fisher information": (
        r"\Delta\theta^\top \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta\log\pi_\theta(a|s)\nabla_"
        r"\theta\log\pi_\theta(a|s)^\top]\Delta\theta\geq 0",
        r"\Delta\theta^\top \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta\log\pi_\theta(a|s)\nabla_"
        r"\theta\log\pi_\theta(a|s)^\top]\Delta\theta\leq 0",
        [], []),
    "a squared group mean": (
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\left(\frac1G\sum_{i=1}^G"
        r" r(s,a_i)\right)^2\right]\geq 0",
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\left(\frac1G\sum_{i=1}^G"
        r" r(s,a_i)\right)^2\right]\leq 0",
        [], []),
    "a squared weighted group mean": (
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\left(\frac1G\sum_{i=1}^G "
        r"\rho(a_i)r(s,a_i)\right)^2\right]\geq 0",
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\left(\frac1G\sum_{i=1}^G"
        r"\rho(a_i) r(s,a_i)\right)^2\right]\leq 0",
        [RATIO], []),
    "Jensen for a group mean": (
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\left(\frac1G\sum_{i=1}^G"
        r" r(s,a_i)\right)^2\right]\geq \left(\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}"
        r"[r(s,a)]\right)^2",
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\left(\frac1G\sum_{i=1}^G"
        r" r(s,a_i)\right)^2\right]\geq \mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[r(s,a)^2]",
        [], []),
    "the norm of a group gradient": (
        r"\left\|\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G A_i"
        r"\nabla_\theta\log\pi_\theta(a_i|s)\right]\right\|^2\geq 0",
        r"\left\|\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G A_i"
        r"\nabla_\theta\log\pi_\theta(a_i|s)\right]\right\|^2\geq 1",
        [], []),
    "the variance of the ratio": (
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[(\rho(a)-1)^2]\geq 0",
        r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[(\rho(a)-1)^2]\leq 0",
        [RATIO], []),
    "the mean ratio": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\rho(a)]\geq 1",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\rho(a)]\leq 1",
        [RATIO], []),
    "the mean norm of a score": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[\|\nabla_\theta\log\pi_\theta(a|s)\|^2\right]\geq 0",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[\|\nabla_\theta\log\pi_\theta(a|s)\|^2\right]\leq 0",
        [], []),
    "Jensen for a norm": (
        r"\left\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)\nabla_\theta\log\pi_\theta(a|s)]\right\|^2"
        r"\leq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[r(s,a)^2\|\nabla_\theta\log\pi_\theta(a|s)\|^2"
        r"\right]",
        r"\left\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)\nabla_\theta\log\pi_\theta(a|s)]\right\|^2"
        r"\geq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[r(s,a)^2\|\nabla_\theta\log\pi_\theta(a|s)\|^2"
        r"\right]",
        [], []),
    "the root of a square": (
        r"\sqrt{r(s,a)^2}=|r(s,a)|",
        r"\sqrt{r(s,a)^2}=r(s,a)",
        [], []),
    "a root above one": (
        r"\sqrt{r(s,a)^2+1}\geq 1",
        r"\sqrt{r(s,a)^2+1}\geq 2",
        [], []),
    "the inverse of a positive reward": (
        r"1/r(s,a)>0",
        r"1/r(s,a)>1",
        [], [r"r(s,a)\geq 0"]),
    "a sign": (
        r"r(s,a)/|r(s,a)|\leq 1",
        r"r(s,a)/|r(s,a)|\leq 0",
        [], []),
    "a positive logarithm": (
        r"\log\beta>0",
        r"\log\beta>1",
        [], [r"\beta>1"]),
    "a negative logarithm": (
        r"\log\beta<0",
        r"\log\beta>0",
        [], [r"\beta<1"]),
    "a root strictly above one": (
        r"\sqrt{\beta}>1",
        r"\sqrt{\beta}>2",
        [], [r"\beta>1"]),
    "an exponential": (
        r"e^{\beta}\geq 1",
        r"e^{\beta}\geq 3",
        [], []),
    "the tangent of an exponential": (
        r"e^{A}\geq 1+A",
        r"e^{A}\geq 2+A",
        [], []),
    "an absolute value": (
        r"|r(s,a)|\geq 0",
        r"|r(s,a)|\leq 0",
        [], []),
    "the triangle inequality": (
        r"|r(s,a)+A|\leq|r(s,a)|+|A|",
        r"|r(s,a)+A|\geq|r(s,a)|+|A|",
        [], []),
    "the mask of a clipped gradient": (
        r"\nabla_\theta\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=(1-\mathbf{1}"
        r"[A>0]\mathbf{1}[\rho(a)>1+\epsilon]-\mathbf{1}[A<0]\mathbf{1}[\rho(a)<1-\epsilon])\rho(a)A"
        r"\nabla_\theta\log\pi_\theta(a|s)",
        r"\nabla_\theta\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=(1-\mathbf{1}"
        r"[A>0]\mathbf{1}[\rho(a)>1+\epsilon])\rho(a)A\nabla_\theta\log\pi_\theta(a|s)",
        [RATIO], []),
    "the mask with other signs at the kinks": (
        r"\nabla_\theta\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=(1-\mathbf{1}"
        r"[A>0]\mathbf{1}[\rho(a)\geq1+\epsilon]-\mathbf{1}[A\leq0]\mathbf{1}[\rho(a)\leq1-\epsilon])"
        r"\rho(a)A\nabla_\theta\log\pi_\theta(a|s)",
        r"\nabla_\theta\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=(1-\mathbf{1}"
        r"[A>0]\mathbf{1}[\rho(a)\geq1+\epsilon]-\mathbf{1}[A\geq0]\mathbf{1}[\rho(a)\leq1-\epsilon])"
        r"\rho(a)A\nabla_\theta\log\pi_\theta(a|s)",
        [RATIO], []),
    "the gradient of a positive part": (
        r"\nabla_\theta\max(\rho(a)-1,0)=\mathbf{1}[\rho(a)\geq1]\nabla_\theta\rho(a)",
        r"\nabla_\theta\max(\rho(a)-1,0)=\mathbf{1}[\rho(a)\leq1]\nabla_\theta\rho(a)",
        [RATIO], []),
    "clipped tokens by cases": (
        r"\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G"
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}\min(\rho_{i,t}A_i,\operatorname{clip}(\rho_{i,t},1-\epsilon,1+"
        r"\epsilon)A_i)\right]=\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G"
        r"\sum_{i=1}^G\frac1{|o_i|}\sum_{t=1}^{|o_i|}\left(\mathbf{1}[A_i>0]\min(\rho_{i,t},1+"
        r"\epsilon)A_i+\mathbf{1}[A_i\leq0]\max(\rho_{i,t},1-\epsilon)A_i\right)\right]",
        r"\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G"
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}\min(\rho_{i,t}A_i,\operatorname{clip}(\rho_{i,t},1-\epsilon,1+"
        r"\epsilon)A_i)\right]=\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G"
        r"\sum_{i=1}^G\frac1{|o_i|}\sum_{t=1}^{|o_i|}\left(\mathbf{1}[A_i>0]\min(\rho_{i,t},1+"
        r"\epsilon)A_i+\mathbf{1}[A_i\leq0]\max(\rho_{i,t},1+\epsilon)A_i\right)\right]",
        [TOKEN_RATIO], []),
    "a clipped sequence by cases": (
        r"\min(s_iA_i,\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)=\mathbf{1}[A_i>0]\min(s_i,1+"
        r"\epsilon)A_i+\mathbf{1}[A_i\leq0]\max(s_i,1-\epsilon)A_i",
        r"\min(s_iA_i,\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)=\mathbf{1}[A_i>0]\min(s_i,1+"
        r"\epsilon)A_i+\mathbf{1}[A_i\leq0]\max(s_i,1+\epsilon)A_i",
        [TOKEN_RATIO, SEQUENCE_RATIO], []),
    "a clipped sequence is a lower bound": (
        r"\min(s_iA_i,\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)\leq s_iA_i",
        r"\min(s_iA_i,\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)\geq s_iA_i",
        [TOKEN_RATIO, SEQUENCE_RATIO], []),
    "the mask of a clipped sequence": (
        r"\nabla_\theta\min(s_iA_i,\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)=(1-\mathbf{1}"
        r"[A_i>0]\mathbf{1}[s_i>1+\epsilon]-\mathbf{1}[A_i<0]\mathbf{1}[s_i<1-\epsilon])A_i\nabla_\theta"
        r" s_i",
        r"\nabla_\theta\min(s_iA_i,\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)=(1-\mathbf{1}"
        r"[A_i>0]\mathbf{1}[s_i>1+\epsilon])A_i\nabla_\theta s_i",
        [TOKEN_RATIO, SEQUENCE_RATIO], []),
    "clipped sequences in a group": (
        r"\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G\min(s_iA_i,"
        r"\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)\right]\leq\mathbb{E}_{o_{1:G}\sim\pi_{"
        r"\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G s_iA_i\right]",
        r"\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G\min(s_iA_i,"
        r"\operatorname{clip}(s_i,1-\epsilon,1+\epsilon)A_i)\right]\geq\mathbb{E}_{o_{1:G}\sim\pi_{"
        r"\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G s_iA_i\right]",
        [TOKEN_RATIO, SEQUENCE_RATIO], []),
    "clipped tokens in a group": (
        r"\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G"
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}\min(\rho_{i,t}A_i,\operatorname{clip}(\rho_{i,t},1-\epsilon,1+"
        r"\epsilon)A_i)\right]\leq\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G"
        r"\sum_{i=1}^G\frac1{|o_i|}\sum_{t=1}^{|o_i|}\rho_{i,t}A_i\right]",
        r"\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G\sum_{i=1}^G"
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}\min(\rho_{i,t}A_i,\operatorname{clip}(\rho_{i,t},1-\epsilon,1+"
        r"\epsilon)A_i)\right]\geq\mathbb{E}_{o_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}\left[\frac1G"
        r"\sum_{i=1}^G\frac1{|o_i|}\sum_{t=1}^{|o_i|}\rho_{i,t}A_i\right]",
        [TOKEN_RATIO], []),
    "clipping of a positive advantage": (
        r"\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=\min(\rho(a),1+\epsilon)A",
        r"\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=\max(\rho(a),1+\epsilon)A",
        [RATIO], [r"A>0"]),
    "normalising by one": (
        r"\frac{r_i-\operatorname{mean}(r_1,\dots,r_G)}{\operatorname{std}(r_1,\dots,r_G)}=r_i-"
        r"\operatorname{mean}(r_1,\dots,r_G)",
        r"\frac{r_i-\operatorname{mean}(r_1,\dots,r_G)}{\operatorname{std}(r_1,\dots,r_G)}=r_i",
        [], [r"\operatorname{std}(r_1,\dots,r_G)=1"]),
    "sequences of one length": (
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}\rho_{i,t}=\frac1T\sum_{t=1}^T\rho_{i,t}",
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}\rho_{i,t}=\frac2T\sum_{t=1}^T\rho_{i,t}",
        [TOKEN_RATIO], [r"|o_i|=T"]),
    "a length": (
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}1=\frac{T}{|o_i|}",
        r"\frac1{|o_i|}\sum_{t=1}^{|o_i|}1=T",
        [], [r"|o_i|=T"]),
    "the ratio where the policies agree": (
        r"\rho(a)=1",
        r"\rho(a)=2",
        [RATIO], [r"\pi_\theta(a|s)=\pi_{\theta_{\text{old}}}(a|s)"]),
    "the surrogate where the policies agree": (
        r"\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=A",
        r"\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)=2A",
        [RATIO], [r"\pi_\theta(a|s)=\pi_{\theta_{\text{old}}}(a|s)"]),
    "an equal constant": (
        r"\beta A=\beta^2",
        r"\beta A=\beta",
        [], [r"A=\beta"]),
    "a complement": (
        r"A+B=1",
        r"A-B=1",
        [], [r"A=1-B"]),
    "independent members": (
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta}(\cdot|s)}[r(s,a_8)r(s,a_7)r(s,a_6)r(s,a_5)]=\left("
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]\right)^4",
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta}(\cdot|s)}[r(s,a_8)r(s,a_7)r(s,a_6)r(s,a_5)]=\left("
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]\right)^3",
        [], []),
    "a baseline from another member": (
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta}(\cdot|s)}[r(s,a_2)\nabla_\theta\log\pi_\theta(a_1|s)]=0",
        r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta}(\cdot|s)}[r(s,a_1)\nabla_\theta\log\pi_\theta(a_1|s)]=0",
        [], []),
    "total variation": (
        r"\sum_a|\pi_\theta(a|s)-\pi_{\text{ref}}(a|s)|\leq 2",
        r"\sum_a|\pi_\theta(a|s)-\pi_{\text{ref}}(a|s)|\leq 1",
        [], []),
    "the geometric mean": (
        r"s_i\leq\frac1{|o_i|}\sum_{t=1}^{|o_i|}\rho_{i,t}",
        r"s_i\geq\frac1{|o_i|}\sum_{t=1}^{|o_i|}\rho_{i,t}",
        [TOKEN_RATIO, SEQUENCE_RATIO], []),
    "leave-one-out": (
        r"A_i=\frac{G}{G-1}(r(s,a_i)-\bar r(s))",
        r"A_i=\frac{G-1}{G}(r(s,a_i)-\bar r(s))",
        [r"A_i\doteq r(s,a_i)-\frac{1}{G-1}\sum_{j\neq i}r(s,a_j)",
         r"\bar r(s)\doteq\frac1G\sum_{j=1}^G r(s,a_j)"],
        []),
    "normalised advantages": (
        r"\sum_{i=1}^G A_i=0",
        r"\sum_{i=1}^G A_i=G",
        [r"A_i\doteq\frac{r_i-\operatorname{mean}(r_1,\dots,r_G)}{\operatorname{std}(r_1,\dots,r_G)}"],
        []),
    "the divergence from the tilted policy": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[\log\frac{\pi_\theta(a|s)}{\pi^*(a|s)}\right]\geq 0",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}\left[\log\frac{\pi_\theta(a|s)}{\pi^*(a|s)}\right]\leq 0",
        [r"Z(s)\doteq\sum_b\pi_{\text{ref}}(b|s)e^{r(s,b)/\beta}",
         r"\pi^*(a|s)\doteq\pi_{\text{ref}}(a|s)e^{r(s,a)/\beta}/Z(s)"],
        []),
    "the divergence from the tilted policy, as a divergence": (
        r"D_{\text{KL}}(\pi_\theta(\cdot|s)\|\pi^*(\cdot|s))\geq 0",
        r"D_{\text{KL}}(\pi_\theta(\cdot|s)\|\pi^*(\cdot|s))\leq 0",
        [r"Z(s)\doteq\sum_b\pi_{\text{ref}}(b|s)e^{r(s,b)/\beta}",
         r"\pi^*(a|s)\doteq\pi_{\text{ref}}(a|s)e^{r(s,a)/\beta}/Z(s)"],
        []),
    "the bound by log Z": (
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]-\beta D_{\text{KL}}(\pi_\theta(\cdot|s)\|\pi_{"
        r"\text{ref}}(\cdot|s))\leq\beta\log Z(s)",
        r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)]-\beta D_{\text{KL}}(\pi_\theta(\cdot|s)\|\pi_{"
        r"\text{ref}}(\cdot|s))\geq\beta\log Z(s)",
        [r"Z(s)\doteq\sum_b\pi_{\text{ref}}(b|s)e^{r(s,b)/\beta}"], []),
}

# The gradient lives wherever the inner comparison leaves its first side: that is a region, and no kink.
FALSE = [
    r"\nabla_\theta\min(\rho(a)A,\min(\rho(a),1+\epsilon)A)="
    r"\mathbf{1}[A<0]\mathbf{1}[\rho(a)>1+\epsilon]\rho(a)A\nabla_\theta\log\pi_\theta(a|s)",
    r"\nabla_\theta\max(\rho(a),\min(\rho(a),1+\epsilon))="
    r"\mathbf{1}[\rho(a)>1+\epsilon]\rho(a)\nabla_\theta\log\pi_\theta(a|s)",
    r"\nabla_\theta\min(\rho(a)A,\operatorname{clip}(\rho(a),1-\epsilon,1+\epsilon)A)="
    r"(\mathbf{1}[A<0]\mathbf{1}[\rho(a)>1+\epsilon]+\mathbf{1}[A>0]\mathbf{1}[\rho(a)<1-\epsilon])"
    r"\rho(a)A\nabla_\theta\log\pi_\theta(a|s)",
]


def claim(latex, where=(), assume=()):
    """The claim that is read."""
    link, = read_statement(latex, where, assume).links
    return link.content


# What is true is proved in well under a second, and has time to be proved on a machine that is busy.
PATIENCE = 60


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_true_statement_is_proved_and_can_be_followed(name):
    true, _, where, assume = STATEMENTS[name]
    stated = claim(true, where, assume)
    proved = {"≤": "≥", "<": ">"}.get(stated.relation.op, stated.relation.op)
    theorem = prove(stated, deadline=thread_time() + PATIENCE).theorem
    assert theorem.relation == proved
    assert follow(theorem).hypotheses == theorem.hypotheses


@pytest.mark.long
@pytest.mark.parametrize("name", STATEMENTS)
def test_its_false_sibling_is_not(name):
    _, false, where, assume = STATEMENTS[name]
    with pytest.raises(Unproved):
        prove(claim(false, where, assume), deadline=thread_time() + 1)


@pytest.mark.parametrize("latex", FALSE)
def test_a_region_without_a_kink_is_not_left_out(latex):
    with pytest.raises(Unproved):
        prove(claim(latex, [RATIO]))


def test_what_is_proved_needs_no_more_than_it_says():
    true, _, where, assume = STATEMENTS["Jensen for a group mean"]
    found = prove(claim(true, where, assume), deadline=thread_time() + PATIENCE)
    assert not any("Nonzero" in name for name in found.hypotheses)
