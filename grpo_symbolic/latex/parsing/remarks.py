r"""Words beside a formula that are passed over: the number of an equation, remarks at the end of a row, words between
rows, words at a brace.

They say why something holds, or name it. What says when it holds, or that it does not, is part of the statement.
"""

from __future__ import annotations

import re

from ..read_error import Fault

# A box, and what makes its content a statement.
BOX = re.compile(r"\\boxed\s*\{")
BEFORE_BOX = re.compile(r"(?:^|\\\\|\\\\\[[^\]]*\]|&|\\begin\{[A-Za-z*]+\}|\\label\{[^{}]*\})\s*$")
AFTER_BOX = re.compile(r"\s*(?:$|\\\\|[.,;&]|\\(?:tag|label|end|quad|qquad|checkmark)(?![A-Za-z]))")
RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|approx|doteq|triangleq|coloneqq)(?![A-Za-z])")
# The number of an equation, after a wide space at the end of the text.
NUMBER = re.compile(r"(?:\\q?quad)\s*\(\s*\d+[a-z]?\s*\)\s*$")
# Marks at the end of a proof.
DONE = re.compile(r"(?:\s|\\(?:checkmark|blacksquare|square|Box|qed|qedsymbol|qedhere)(?![A-Za-z]))*$")
# A remark in a column of its own at the end of a row.
AT_ROW_END = re.compile(r"\s*(?:\\(?:text(?:bf|it|rm|sf|normal)?|mbox|emph)\s*\{([^{}]*)\}\s*)?(?=\\\\|\\end|$)")
ROW_END = re.compile(r"[\s.,;]*(?:\\(?:tag|label)\*?\s*\{[^{}]*\}\s*)*(?:\\\\|\\end(?![A-Za-z])|$)")
CONDITION = re.compile(
    r"\b(?:if|iff|unless|when|whenever|where|while|until|only|for|with|without|in|under|given(?!\W*$)|provided|assum\w*|"
    r"suppos\w*|let|at|on|except\w*|but|otherwise|else|not|no|never|nor|cannot|false|wrong|fails?|almost|approx\w*|"
    r"up to|limit|as|s\.t|such that|n't)\b"
    # Signs and words of Chinese and Russian sentences of which any may say when something holds.
    r"|若|如果|当(?!前)|假设|假定|除非|只有|只要|只在|仅|近似|大约|约等|趋于|极限|否则|不(?!等式)|并非|没有|无法|但|令|取"
    r"|给定|条件(?!期望|概率|分布)|时(?!间|刻)|对于|任意|可能|通常|错误"
    r"|\b(?:если|при|когда|не|нет|но|только|кроме|иначе|пусть|для|без|где)\b", re.IGNORECASE)
# A remark in small letters at the end of a row.
SMALL = re.compile(r"\{\s*\\(?:small|footnotesize|scriptsize|tiny|normalsize)(?![A-Za-z])\s*"
                   r"(\\(?:text|mbox)\s*\{[^{}]*\})\s*\}"
                   r"(?=\s*(?:\\\\|\\end|$))")
# What a tag may hold: a number, a name, a mark.
TAG = re.compile(r"[\w\s.,:;*'’†‡§()\[\]$-]*"
                 r"(?:\\(?:star|ast|dagger|ddagger|S|prime|text|mathrm|textbf)\b[\s{}\w.*$-]*)*")
# Words that give a reason.
REASON = re.compile(r"\s*(?:\(.*\)|\[.*\]|（.*）|(?:by|since|because|using|from|via|due to|cf|see)\b.*)\s*",
                    re.IGNORECASE | re.DOTALL)
# Words in a column of their own that say what is done from one row to the next, or by which name it goes.
DONE_HERE = re.compile(
    r"\s*(?:(?:expand|bring|move|pull|push|use|apply|substitut\w+|insert|plug|rearrang\w+|rewrit\w+|factor|simplif\w+|swap"
    r"|exchange|interchange|return|collect|combine|multipl\w+|divid\w+|differentiat\w+|integrat\w+|subtract|telescop\w+"
    r")\b[\w\s,-]*|expression for (?:the )?[\w-]+|(?:[\w'-]+\s+){0,4}(?:[\w'-]+-)?(?:trick|rule|identity|lemma|theorem"
    r"|proposition|corollary|definition|linearity|inequality|symmetry|normali[sz]ation))\s*", re.IGNORECASE)
# What these have of a condition without being one.
UNDER_A_SIGN = re.compile(r"\bunder (?:the )?(?:integral|sum|expectation|derivative)(?: sign)?\b"
                          r"|^\s*expression for (?:the )?[\w-]+\s*$", re.IGNORECASE)


def unboxed(text: str) -> str:
    r"""A text in which boxes around whole rows that hold a relation are blank, so that all else keeps its place."""
    for found in BOX.finditer(text):
        depth, end = 1, found.end()
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0) * (text[end - 1] != "\\")
            end += 1
        row = BEFORE_BOX.search(text, 0, found.start()) and AFTER_BOX.match(text, end)
        if not depth and row and RELATION.search(text, found.end(), end):
            inner = text[found.end():end - 1]
            text = f"{text[:found.start()]}{' ' * len(found.group())}{inner} {text[end:]}"
    return text


def in_one_size(text: str) -> str:
    r"""A text in which small letters of a remark at the end of a row are as large as others, all else in its place."""
    return SMALL.sub(lambda found: found[1].rjust(found.end(1) - found.start()).ljust(len(found[0])), text)


def refuse_statement(words: str, pos: int) -> None:
    """Refuse words at the end of a row that give no reason, and do not say what is done. Raises Fault."""
    refuse_conditions(UNDER_A_SIGN.sub("", words), pos)
    if not REASON.fullmatch(words) and not DONE_HERE.fullmatch(words):
        raise Fault(f"the words “{words.strip()[:60]}” have no meaning that is known here: put a remark in brackets",
                    pos)


def gives_reason(words: str) -> bool:
    """Whether words give a reason, and say nothing of when something holds."""
    return REASON.fullmatch(words) is not None and CONDITION.search(words) is None


def ends_row(text: str, start: int, end: int) -> bool:
    """Whether nothing but a full stop stands between a place and the end of its row."""
    return ROW_END.match(text, start, end) is not None


def refuse_conditions(words: str, pos: int) -> None:
    """Refuse words that say when something holds, or that it does not. Raises Fault."""
    if found := CONDITION.search(words):
        raise Fault(f"the words “{words.strip()[:60]}” cannot be passed over: “{found.group()}” may change what is "
                    "said", pos)


def refuse_formula(tag: str, pos: int) -> None:
    """Refuse a tag that says more than a number, a name or a mark. Raises Fault."""
    refuse_conditions(tag, pos)
    if not TAG.fullmatch(tag):
        raise Fault("this tag says more than a number or a name: write it as a part of the statement", pos)
