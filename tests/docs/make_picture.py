"""Draws docs/traced.svg: one quotation of the bundled case, in every report that carries it, and the origin behind.

The case is traced and the words are copied character by character; nothing in the picture is typed in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from headwater.model import Case, Origin, Statement, keys
from headwater.pipeline.run import trace_reports

PICTURE = Path(__file__).parents[2] / "docs" / "traced.svg"
WORDS = "sign the paper or we burn the house"

_WIDTH = 1000
_ROW = 92
_TOP = 96
_LEFT = 300  # where the reports begin
_AROUND = 12  # letters shown before and after the quotation
_INK, _PALE, _LINE, _PAPER = "#1b2530", "#5a6672", "#2f6f8f", "#ffffff"


@dataclass(frozen=True, slots=True)
class Row:
    """One report in the picture: day and outlet, the words before, in and after the quotation, and whose they are."""

    head: str
    before: str
    quoted: str
    after: str
    whose: str


def traced() -> Case:
    """Return the bundled case, traced."""
    return trace_reports([Path(str(files("headwater") / "bundled"))], workers=1).case


def picture(case: Case) -> str:
    """Return the picture as SVG text. Raises LookupError when no utterance carries the words."""
    origin, statements = _chosen(case)
    rows = [_row(case, statement, origin) for statement in statements]
    height = _TOP + _ROW * len(rows) + 30
    middle = _TOP + _ROW * len(rows) // 2 - 10
    title = f"{len(rows)} reports, one origin: “{rows[0].quoted}” goes back to {_first_words(origin.name, 60)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="t">',
        f'<title id="t">{escape(title)}</title>',
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
        _text(24, 40, f"{len(rows)} reports, 1 origin", size=26, weight="bold"),
        _text(24, 64, "The bundled case. Everybody and everything in it is invented.", size=14, fill=_PALE),
        *_origin_box(origin, middle),
        *(part for at, row in enumerate(rows) for part in _drawn(row, _TOP + _ROW * at, middle)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _chosen(case: Case) -> tuple[Origin, list[Statement]]:
    """The origin of the widest utterance that carries the words, and its first statement in each report, by day."""
    statements = {each.id: each for reading in case.readings for each in reading.statements}
    origins = {each.id: each for each in case.traced.origins}
    days = {report.id: (report.info.day or "9999", report.info.file) for report in case.received.reports}
    wanted = set(keys(WORDS))
    best: tuple[Origin, list[Statement]] | None = None
    for utterance in case.traced.utterances:
        said = [statements[each] for each in utterance.statements if wanted <= set(keys(statements[each].text))]
        longest = {each.report: each for each in sorted(said, key=lambda each: len(each.text))}
        if utterance.origin and (best is None or len(longest) > len(best[1])):
            best = origins[utterance.origin], sorted(longest.values(), key=lambda each: days[each.report])
    if best is None:
        raise LookupError(WORDS)
    return best


def _row(case: Case, statement: Statement, origin: Origin) -> Row:
    report = next(each for each in case.received.reports if each.id == statement.report)
    reading = next(each for each in case.readings if each.report == statement.report)
    mentions = {each.id: each.text for each in reading.mentions}
    who = mentions.get(statement.source or "", "source not clear")
    told = statement.told_to.text if statement.told_to else None
    if told is None and origin.told_to:
        told = origin.told_to if report.id in origin.told_to_in else f"{origin.told_to} (inferred)"
    start, end = statement.content[0].start, statement.content[-1].end
    return Row(
        head=f"{report.info.day or 'day unknown'} · {report.info.name}",
        before=_last_words(report.text[:start].rpartition("\n")[2], _AROUND),
        quoted=report.text[start:end],
        after=_first_words(report.text[end:].partition("\n")[0], _AROUND),
        whose=f"{_first_words(who, 60)}, told {told}" if told else _first_words(who, 60),
    )


def _last_words(line: str, most: int) -> str:
    return line if len(line) <= most else "…" + line[-most:].partition(" ")[2]


def _first_words(line: str, most: int) -> str:
    return line if len(line) <= most else line[:most].rpartition(" ")[0] + "…"


def _origin_box(origin: Origin, middle: int) -> list[str]:
    lines = _lines(_first_words(origin.name, 60), 22)
    height = 22 * (len(lines) + 1) + 18
    top = middle - height // 2
    box = f'<rect x="24" y="{top}" width="216" height="{height}" rx="6"'
    out = [f'{box} fill="#eef5f8" stroke="{_LINE}" stroke-width="2"/>']
    out += [_text(38, top + 26 + 22 * at, line, size=16, weight="bold") for at, line in enumerate(lines)]
    out.append(_text(38, top + 26 + 22 * len(lines), f"told {origin.told_to}" if origin.told_to else "", size=15))
    return out


def _drawn(row: Row, y: int, middle: int) -> list[str]:
    path = f"M240 {middle} C 270 {middle}, 270 {y + 26}, {_LEFT - 8} {y + 26}"
    serif = f'x="{_LEFT + 8}" y="{y + 33}" font-family="Georgia, serif" font-size="16" fill="{_PALE}"'
    quoted = f'<tspan fill="{_INK}" font-weight="bold">{escape(row.quoted)}</tspan>'
    return [
        f'<path d="{path}" fill="none" stroke="{_LINE}" stroke-width="2"/>',
        f'<circle cx="{_LEFT - 6}" cy="{y + 26}" r="5" fill="{_LINE}"/>',
        _text(_LEFT + 8, y + 8, row.head, size=14, fill=_PALE),
        f'<text xml:space="preserve" {serif}>{escape(row.before)}{quoted}{escape(row.after)}</text>',
        _text(_LEFT + 8, y + 55, row.whose, size=13, fill=_PALE),
    ]


def _lines(text: str, columns: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > columns:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _text(x: int, y: int, words: str, *, size: int, weight: str = "normal", fill: str = _INK) -> str:
    style = f'font-family="Helvetica, Arial, sans-serif" font-size="{size}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{x}" y="{y}" {style}>{escape(words)}</text>'


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(traced()), encoding="utf-8")


if __name__ == "__main__":
    main()
