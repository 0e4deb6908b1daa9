from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from support.cards import in_groups, number, parts

from integration.core.detection import find
from integration.core.spans import Action, Kind

PREFIXES = {
    "visa": ("4", 16),
    "visa of 19": ("4929", 19),
    "mastercard": ("54", 16),
    "mastercard 2": ("2315", 16),
    "amex": ("37", 15),
    "diners": ("36", 14),
    "discover": ("6011", 16),
    "jcb": ("3550", 16),
    "unionpay": ("62", 16),
    "unionpay of 19": ("621", 19),
    "maestro": ("6759", 16),
    "mir": ("2202", 16),
    "elo": ("5090", 16),
    "verve": ("5061", 16),
    "troy": ("9792", 16),
    "rupay": ("6075", 16),
    "dankort": ("5019", 16),
    "uzcard": ("8600", 16),
    "humo": ("9860", 16),
}
Style = Callable[[str], str]
FEW_DIGITS = "0123456789"


def numbers() -> list[str]:
    pick = random.Random(7)
    return [number(prefix, length, pick) for prefix, length in PREFIXES.values()]


def parted(separator: str) -> Style:
    return lambda digits: separator.join(in_groups(digits))


def around_each(opening: str, closing: str, between: str = "") -> Style:
    return lambda digits: between.join(f"{opening}{group}{closing}" for group in in_groups(digits))


def in_script(zero: str, separator: str = "") -> Style:
    table = {ord(digit): chr(ord(zero) + int(digit)) for digit in FEW_DIGITS}
    return lambda digits: separator.join(in_groups(digits)).translate(table)


def every_second_in_script(zero: str) -> Style:
    other = in_script(zero)
    return lambda digits: "".join(
        other(digit) if at % 2 else digit for at, digit in enumerate(digits)
    )


def escaped(form: str) -> Style:
    return lambda digits: "".join(form.format(ord(digit)) for digit in digits)


SEPARATORS = {
    "space": " ",
    "two spaces": "  ",
    "tab": "\t",
    "no-break space": "\xa0",
    "thin space": "\u2009",
    "narrow no-break space": "\u202f",
    "figure space": "\u2007",
    "wide space": "\u3000",
    "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "right-to-left mark": "\u200f",
    "soft hyphen": "\xad",
    "dash": "-",
    "two dashes": "--",
    "spaced dash": " - ",
    "hyphen": "\u2010",
    "no-break hyphen": "\u2011",
    "en dash": "–",
    "em dash": "—",
    "minus": "\u2212",
    "full-width dash": "\uff0d",
    "dot": ".",
    "three dots": "...",
    "ellipsis": "\u2026",
    "middle dot": "\xb7",
    "katakana dot": "\u30fb",
    "bullet": "\u2022",
    "spaced bullet": " \u2022 ",
    "colon": ":",
    "slash": "/",
    "spaced slash": " / ",
    "backslash": "\\",
    "underscore": "_",
    "comma": ",",
    "comma and space": ", ",
    "semicolon": ";",
    "asterisk": "*",
    "tilde": "~",
    "plus": "+",
    "number sign": "#",
    "apostrophe": "'",
    "bar": "|",
    "spaced bar": " | ",
    "newline": "\n",
    "crlf": "\r\n",
    "empty line": "\n\n",
    "quoted reply": "\n> ",
    "reply quoted twice": "\r\n>> ",
    "list": "\n- ",
    "percent space": "%20",
    "percent no-break space": "%C2%A0",
    "json no-break space": "\\u00a0",
    "json newline": "\\n",
    "entity": "&nbsp;",
    "numeric entity": "&#160;",
    "soft break": "=\n",
    "quoted-printable no-break space": "=C2=A0",
}
USUAL: dict[str, Style] = {
    "plain": lambda digits: digits,
    "fours": lambda digits: " ".join(parts(digits, 4)),
    **{f"parted by {name}": parted(separator) for name, separator in SEPARATORS.items()},
    "in parentheses": around_each("(", ")"),
    "in parentheses and spaces": around_each("(", ")", " "),
    "in brackets": around_each("[", "]"),
    "in braces": around_each("{", "}", " "),
    "in quotes": around_each('"', '"', ", "),
    "in asterisks": around_each("**", "**", " "),
    "in underscores": around_each("_", "_", " "),
    "digits apart": " ".join,
    "digits apart by dashes": "-".join,
    "digits apart by zero-width spaces": "\u200b".join,
    "digits apart in groups": lambda digits: "   ".join(map(" ".join, in_groups(digits))),
    "two lines": lambda digits: f"{digits[:4]} {digits[4:8]}\n{digits[8:12]} {digits[12:]}",
    "full-width": in_script("\uff10"),
    "full-width groups": in_script("\uff10", " "),
    "arabic": in_script("\u0660"),
    "persian": in_script("\u06f0", " "),
    "devanagari": in_script("\u0966", "-"),
    "bengali": in_script("\u09e6"),
    "thai": in_script("\u0e50", " "),
    "mathematical": in_script("\U0001d7ce"),
    "mixed scripts": every_second_in_script("\uff10"),
    "percent-encoded": escaped("%{:02X}"),
    "decimal entities": escaped("&#{};"),
    "hexadecimal entities": escaped("&#x{:x};"),
    "json escapes": escaped("\\u{:04x}"),
}
WITH_A_WORD: dict[str, Style] = {
    "pairs": lambda digits: " ".join(parts(digits, 2)),
    "threes": lambda digits: " ".join(parts(digits, 3)),
    "fives": lambda digits: "-".join(parts(digits, 5)),
    "halves": lambda digits: " ".join(parts(digits, 8)),
    "first four apart": lambda digits: f"{digits[:4]} {digits[4:]}",
    "last four apart": lambda digits: f"{digits[:-4]} {digits[-4:]}",
    "first six apart": lambda digits: f"{digits[:6]} {digits[6:]}",
    "odd": lambda digits: " ".join((digits[:3], digits[3:8], digits[8:10], digits[10:])),
    "wrapped": lambda digits: f"{digits[:7]}\n{digits[7:]}",
    "wrapped in a reply": lambda digits: f"{digits[:9]}\n> {digits[9:]}",
    "soft break inside a group": lambda digits: f"{digits[:7]}=\r\n{digits[7:]}",
    "digits apart by commas": ",".join,
    "digits apart on lines": "\n".join,
    "pairs as said": lambda digits: ", ".join(parts(digits, 2)),
    "odd with slashes": lambda digits: "/".join((digits[:4], *parts(digits[4:], 3))),
    "odd with bars": lambda digits: "|".join((digits[:4], *parts(digits[4:], 3))),
    "odd with colons": lambda digits: ":".join((digits[:5], *parts(digits[5:], 4))),
}
SLIPS = ["  ", "-", ".", " -", "", " . ", "_", "\t", "/", ", "]


def removed(text: str) -> list[str]:
    spans = find(text)
    return [
        text[span.start : span.end]
        for span in spans
        if span.kind is Kind.PAN and span.action is Action.REDACT
    ]


def inside(written: str) -> str:
    """What of a style is the number: brackets at both ends may stay."""
    return written.strip('()[]{}"*_ \n')


@pytest.mark.exhaustive
@pytest.mark.parametrize("digits", numbers(), ids=PREFIXES)
def test_a_number_is_read_in_every_usual_style(digits: str) -> None:
    def is_read(written: str) -> bool:
        found = removed(f"hello card {written} thanks")
        return [*map(inside, found)] == [inside(written)]

    assert [name for name, style in USUAL.items() if not is_read(style(digits))] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("digits", numbers(), ids=PREFIXES)
def test_a_card_word_makes_unusual_groups_a_number(digits: str) -> None:
    def is_read(written: str) -> bool:
        return removed(f"my card number: {written} thanks") == [written]

    assert [name for name, style in WITH_A_WORD.items() if not is_read(style(digits))] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
def test_one_wrong_separator_hides_no_number(slip: str, place: int) -> None:
    gaps = [" ", " ", " "]
    gaps[place] = slip
    groups = in_groups(number("4", 16, random.Random(place)))
    written = "".join(group + gap for group, gap in zip(groups, [*gaps, ""], strict=True))
    assert removed(f"it is {written}, thanks") == [written]


@pytest.mark.parametrize(
    "sizes", [(4, 4, 4, 3, 1), (1, 3, 4, 4, 4), (4, 2, 2, 4, 4)], ids=["last", "first", "middle"]
)
def test_one_gap_too_many_hides_no_number(sizes: tuple[int, ...]) -> None:
    written = " ".join(parts(number("4", 16, random.Random(2)), *sizes))
    assert removed(f"it is {written} ok") == [written]


@pytest.mark.exhaustive
@pytest.mark.parametrize("between", [" ", ", ", "\n", "\n\n", " and ", ";", " / ", "\t", "\n> "])
@pytest.mark.parametrize("separator", ["", " ", "-"], ids=["block", "spaces", "dashes"])
def test_cards_in_a_row_are_all_removed(between: str, separator: str) -> None:
    pick = random.Random(3)
    written = [
        separator.join(in_groups(number(prefix, 16, pick))) for prefix in ("4", "54", "2315")
    ]
    assert removed(f"cards: {between.join(written)}.") == written


@pytest.mark.parametrize(
    "written",
    [
        "40 00 / 05 66 / 55 66 / 55 56",
        "40-00 05-66 55-66 55-56",
        "40 00, 05 66, 55 66, 55 56",
        "40 00 056 6 55 66 55 56",
    ],
    ids=["slashes", "dashes in gaps", "commas", "eight odd groups"],
)
def test_a_card_word_makes_pairs_in_fours_a_number(written: str) -> None:
    assert removed(f"my card number: {written} thanks") == [written]


MIXED = ["4000 05665566—5556", "4000|05_66|5566|5556", "4|0|0|0 - 0|5|6|6|5|5 - 6|6|5|5|5|6"]


@pytest.mark.parametrize("written", MIXED, ids=["dash and gap", "bar and line", "boxes"])
def test_a_card_word_makes_groups_that_are_parted_in_several_ways_a_number(written: str) -> None:
    assert removed(f"my card number is {written}") == [written]
    assert find(f"it says {written} there") == []


@pytest.mark.parametrize(
    "written", ["4,000.05 66.55 665,556", "40000;566 5566\n5556", "40000566 5566/55/56"]
)
def test_sums_dates_and_lines_beside_each_other_are_no_number(written: str) -> None:
    assert find(f"card {written}") == []


@pytest.mark.parametrize(
    "written", ["40 00 / 05 66 55 66 / 55 56", "40-00 05-66-55-66 55-56"], ids=["slashes", "dashes"]
)
def test_pairs_that_are_parted_in_no_order_are_none(written: str) -> None:
    assert removed(f"my card number: {written} thanks") == []


def test_two_telephone_numbers_on_two_lines_are_told_only_unless_something_says_card() -> None:
    pairs = "41 55 92 07\n92 21 14 70"  # with the right check digit
    (told,) = find(f"Hei, dere kan ringe meg på disse:\n{pairs}\nBest etter kl 16.")
    assert told.action is Action.REPORT
    (card,) = find(f"kortet mitt:\n{pairs}")
    assert card.action is Action.REDACT
