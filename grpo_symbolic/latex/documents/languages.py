"""Words of Chinese and Russian sentences that name, assume, conclude or hedge, as the English words for them."""

from __future__ import annotations

import re

CHINESE = {
    "定义": "define", "记作": "denote", "记为": "denote", "记": "denote", "令": "let", "设": "let", "其中": "where",
    "假设": "assume", "假定": "assume", "则": "then", "因此": "therefore", "所以": "therefore", "于是": "therefore",
    "从而": "therefore", "因为": "because", "由于": "because", "得到": "obtain", "可得": "obtain", "称为": "called",
    "任意": "any", "任何": "any", "如果": "if", "若": "if", "当": "when", "除非": "unless", "否则": "otherwise",
    "不": "not", "没有": "not", "无法": "cannot", "可能": "may", "例如": "e.g.", "比如": "e.g.", "但": "but",
    "近似": "approximately", "大约": "approximately", "通常": "usually", "一般": "usually", "错误": "wrong",
    "替换": "replace", "代替": "replace"}
RUSSIAN = {
    "где": "where", "пусть": "let", "обозначим": "denote", "определим": "define", "предположим": "suppose",
    "тогда": "then", "поэтому": "therefore", "следовательно": "therefore", "получаем": "obtain", "если": "if",
    "при": "when", "не": "not", "нет": "not", "иначе": "otherwise", "кроме": "except", "может": "may",
    "произвольной": "arbitrary", "произвольного": "arbitrary", "произвольных": "arbitrary", "любой": "any",
    "любого": "any", "любых": "any", "например": "e.g.", "но": "but", "заменим": "replace", "примерно": "approximately"}
LETTERS = "一-鿿"
WORD = rf"{'|'.join(sorted(CHINESE, key=len, reverse=True))}|[{LETTERS}]|[А-яЁё]+"
ONE = re.compile(WORD)


def in_english(word: str) -> str:
    """The English word for one of another language that says what a formula does; any other word as it is.

    >>> in_english("其中"), in_english("Пусть"), in_english("奖")
    ('where', 'let', '奖')
    """
    word = word.lower()
    return CHINESE.get(word) or RUSSIAN.get(word) or word
