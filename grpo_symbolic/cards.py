"""Cards: what a notebook shows, HTML made of plain records. Every text is escaped, formulas stand in dollars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

COLOURS = {"proved": "#1a7f37", "refuted": "#cf222e", "ill-formed": "#8250df", "undecided": "#9a6700",
           "unread": "#9a6700", "definition": "#0969da", "no-claim": "#0969da"}
PLAIN = "#6e7781"
LEFT, TITLE = '<td style="text-align: left">{}</td>', '<th style="text-align: left">{}</th>'

Record = Mapping[str, Any]


def formula(latex: str, displayed: bool = False) -> str:
    """A formula, which whatever shows the card typesets."""
    sign, style = ("$$", "") if displayed else ("$", r"\displaystyle ")
    return f"{sign}{style}{escape(latex, quote=False)}{sign}"


def words(text: str) -> str:
    """A sentence with its formulas typeset; its words never are, whatever signs they have."""
    from .latex.printing.woven import typeset

    return typeset(text, lambda one: f"${escape(one, quote=False)}$", untouched)


def untouched(text: str) -> str:
    """A text that is shown as it stands."""
    return f'<span class="tex2jax_ignore mathjax_ignore">{escape(text)}</span>' if text.strip() else text


def card(*parts: str, colour: str = PLAIN) -> str:
    """Paragraphs and tables, beside a stripe that tells a verdict by its colour."""
    return f'<div style="border-left: 4px solid {colour}; padding: 0 1em">{"".join(filter(None, parts))}</div>'


def paragraph(*parts: str) -> str:
    """A paragraph of HTML."""
    return f"<p>{' '.join(filter(None, parts))}</p>"


def table(rows: Iterable[Sequence[str]], headings: Sequence[str] = ()) -> str:
    """A table of cells of HTML; nothing where it has no rows."""
    lines = "".join(f"<tr>{''.join(map(LEFT.format, row))}</tr>" for row in rows)
    head = f"<thead><tr>{''.join(map(TITLE.format, headings))}</tr></thead>" if headings else ""
    return f"<table>{head}<tbody>{lines}</tbody></table>" if lines else ""


def status_word(status: str) -> str:
    """A verdict, in its colour."""
    return f'<strong style="color: {COLOURS.get(status, PLAIN)}">{escape(status)}</strong>'


def statement_card(title: str, latex: str) -> str:
    """The card of a statement of which nothing is said yet."""
    return card(paragraph(words(title)), formula(latex, displayed=True))


def verdict_card(record: Record, latex: str = "") -> str:
    """The card of a verdict: the statement, why it has this verdict, and all that rests on."""
    relation = (record["relation"] or {}).get("proved") or ""
    said = paragraph(status_word(record["verdict"]), escape(relation), words(record["reason"]))
    shown = formula(latex, displayed=True) if latex else ""
    return card(shown, said, *evidence(record), colour=COLOURS.get(record["verdict"], PLAIN))


def evidence(record: Record) -> Iterator[str]:
    """What a verdict rests on: its links, readings, hypotheses, numeric models, and a counterexample with a change."""
    yield table([[str(number), status_word(link["verdict"]), words(link["reason"])]
                 for number, link in enumerate(record["links"], 1)], ("link", "verdict", "why"))
    yield table([[words(one["read"]), status_word(one["verdict"])] for one in record["readings"]],
                ("if it is read as", "it is"))
    if symbols := symbol_table(record["read_as"]):
        yield f"<details><summary>what each symbol was read as</summary>{symbols}</details>"
    if record["lore"]:
        yield paragraph("by custom:", ", ".join(formula(one["formula"]) for one in record["lore"]))
    if record["taken"]:
        yield paragraph("taken from the text:", ", ".join(formula(one["text"]) for one in record["taken"]))
    if record["hypotheses"]:
        yield paragraph("hypotheses:", words(", ".join(record["hypotheses"])))
    if (spot := record["spot_checks"]) is not None and spot["models"]:
        yield paragraph(f"numeric models that agree: {spot['models'] - spot['disagreements']}/{spot['models']}")
    if record["change"] is not None:
        yield paragraph(change(record["change"]))
    if record["counterexample"] is not None:
        yield counterexample(record["counterexample"])


def change(record: Record) -> str:
    """A change that makes a statement true, and one as small."""
    to = formula(record["to"])
    said = f"holds with {to} in place of {formula(record['from'])}" if record["from"] else f"holds at {to}"
    return said if record["other"] is None else f"{said}; or {change(record['other'])}"


def counterexample(record: Record) -> str:
    """A counterexample as a table of names and exact values."""
    rows = [[formula(name) if name in record["values"] or name in record["at"] else escape(name), words(value)]
            for name, value in counterexample_rows(record)]
    return paragraph(f"counterexample: {record['actions']} actions, group of {record['group']}") + table(rows)


def counterexample_rows(found: Record) -> list[list[str]]:
    """What a counterexample's record says, name and value: the numbers of the model, where it fails, both sides."""
    low, high = found["difference"]
    sides = [["left side", str(found["lhs"])], ["right side", str(found["rhs"])],
             ["difference", low] if low == high else ["difference in", f"[{low}, {high}]"]]
    rows = [["sequences", ", ".join(found["sequences"])]] if "sequences" in found else []
    rows += [[key, ", ".join(value)] for key, value in found["values"].items()]
    rows += [[key, value] for key, value in found["at"].items()]
    rows += [["place", found["place"]]] if "place" in found else []
    return rows + sides


def reading_card(record: Record) -> str:
    """The card of what was read: the meaning of each link, then the symbols, their kinds and why."""
    fault = record["fault"]
    if fault is not None:
        return card(paragraph(status_word(fault["verdict"]), words(fault["reason"])), colour=COLOURS[fault["verdict"]])
    meanings = [paragraph(escape(one["kind"]), formula(one["latex"])) for one in record["links"]]
    tried = [[words(one["read"]), status_word(one["verdict"]), " ".join(map(formula, one["latex"]))]
             for one in record["readings"] if "read" in one]
    return card(*meanings, table(tried, ("if it is read as", "it is", "it says")), symbol_table(record["read_as"]))


def symbol_table(symbols: Iterable[Record]) -> str:
    """What each symbol was read as, and why."""
    rows = [[formula(one["symbol"]), escape(kind_of(one)), words(one["why"])] for one in symbols]
    return table(rows, ("symbol", "kind", "why"))


def kind_of(symbol: Record) -> str:
    """The kind of a symbol, of a function with those of its arguments, and whether it moves with θ."""
    arguments = f" of {', '.join(symbol['of'])}" if symbol.get("of") else ""
    return symbol["kind"] + arguments + (", moves with θ" if symbol["moves"] else "")


def derivation_card(title: str, start: str, steps: Iterable[tuple[str, str]], proved: str) -> str:
    """The card of a derivation: its first expression, then each step with its reason, and what was proved."""
    rows = [[formula(start), ""], *([formula(f"= {latex}"), words(f"[{reason}]")] for latex, reason in steps)]
    return card(paragraph(words(title)), table(rows), paragraph(status_word("proved") + words(proved)),
                colour=COLOURS["proved"])
