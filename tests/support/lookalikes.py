"""Numbers that are no cards, made for tests: one function a family, random by a given source."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from support.cards import number, parts

Family = Callable[[Random], str]


def d(pick: Random, count: int) -> str:
    """Return so many random digits."""
    return "".join(pick.choices("0123456789", k=count))


def _one(*forms: str) -> Family:
    """Fill one of the forms: every `{n}` becomes n random digits."""

    def made(pick: Random) -> str:
        text, at = "", 0
        form = pick.choice(forms)
        while (start := form.find("{", at)) >= 0:
            end = form.index("}", start)
            text += form[at:start] + d(pick, int(form[start + 1 : end]))
            at = end + 1
        return text + form[at:]

    return made


def _valid(label: str, prefixes: tuple[str, ...], *lengths: int) -> Family:
    return lambda pick: label + number(pick.choice(prefixes), pick.choice(lengths), pick)


def _uuid(pick: Random) -> str:
    digits = "".join(pick.choices("0123456789abcdef", k=32))
    return "-".join(parts(digits, 8, 4, 4, 4, 12))


def _stamps(pick: Random) -> str:
    return "\n".join(f"{pick.randint(15 * 10**11, 18 * 10**11)} GET / 200" for _ in range(5))


def _clock(pick: Random) -> str:
    day = f"{pick.randint(2015, 2027)}{pick.randint(1, 12):02}{pick.randint(1, 28):02}"
    return (
        f"backup_{day}{pick.randint(0, 23):02}{pick.randint(0, 59):02}{pick.randint(0, 59):02}.gz"
    )


def _columns(pick: Random) -> str:
    row = "\t".join
    return "\n".join(row(str(pick.randint(1000, 9999)) for _ in range(4)) for _ in range(5))


def _grid(pick: Random) -> str:
    return "\n".join(" ".join(pick.sample("123456789", 9)) for _ in range(9))


def _row(low: int, high: int, fewest: int, most: int, separator: str = " ") -> Family:
    return lambda pick: separator.join(
        str(pick.randint(low, high)) for _ in range(pick.randint(fewest, most))
    )


def _log(pick: Random) -> str:
    return "\n".join(
        f"03-{pick.randint(10, 28)} 16:13:{pick.randint(10, 59)}.{d(pick, 3)}  "
        f"{pick.randint(1000, 9999)}  {pick.randint(1000, 9999)} I Zygote: {d(pick, 4)}"
        for _ in range(5)
    )


def _years(pick: Random) -> str:
    return " ".join(map(str, range(pick.randint(1960, 2010), 2027, pick.choice((1, 2, 4)))))


NEVER: dict[str, Family] = {
    "imei": _valid("IMEI: ", ("35", "86", "01", "99"), 15),
    "imei alone": _valid("my phone is ", ("35", "86", "01"), 15),
    "sim card": _valid("ICCID ", ("8947", "8944", "8901"), 19, 20),
    "article numbers": _one("EAN 40{11}", "EAN 70{11}\nEAN 59{11}", "UPC {12}", "GTIN 0{13}"),
    "isbn": _one("ISBN 978-{2}-{4}-{3}-{1}"),
    "meter": _one("Meter number 7070575{11}", "MPAN {13}", "meter no {10}"),
    "postal tracking": _one("USPS tracking 94{20}", "tracking {20}", "{22} is my parcel"),
    "tracking in fours": _one("USPS 94{2} {4} {4} {4} {4} {2}"),
    "acquirer reference": _one("ARN 7{22}", "reference 2{22}"),
    "epoch": _stamps,
    "clock": _clock,
    "uuid": _uuid,
    "uuid of digits": _one("{8}-{4}-{4}-{4}-{12}"),
    "hash": lambda pick: f"{pick.getrandbits(256):064x}",
    "log columns": _log,
    "columns": _columns,
    "scores": _row(0, 9, 20, 40),
    "score list": _row(0, 100, 8, 16, ", "),
    "three-digit row": _row(100, 999, 5, 12),
    "years": _years,
    "puzzle": _grid,
    "puzzle in one line": _one("{81}"),
    "coordinates": _one("59.{6}, 10.{6}", "-33.{14},151.{14}"),
    "drawing": _one("M{3}.{3} {3}.{3} {2}.{3} {3}.{3}C{3}.{3} {3}.{3}"),
    "style sheet": _one("width:{3}px;height:{3}px;margin:{1}px {2}px {2}px;z-index:{10}"),
    "telephones": _one("+47 {8} or +47 {8}", "({3}) {3}-{4} / ({3}) {3}-{4}", "call +{13}"),
    "telephones on lines": _one("{3} {2} {3}\n{3} {2} {3}"),
    "iban": _one("DE{2} {4} {4} {4} {4} {2}", "GB{2} NWBK {4} {4} {4} {2}", "ES{22}", "PL{26}"),
    "ids and accounts": _one("fnr {6} {5}, konto {4} {2} {5}", "SSN {3}-{2}-{4} tel {3}-{3}-{4}"),
    "amounts": _one("paid {4}.{2}, {4}.{2}, in all {5}.{2}"),
    "message id": _one("<2026{10}.{8}@mail.example>"),
    "mail boundary": _one("------=_Part_{6}_{10}.{13}"),
    "image names": _one("IMG_{8}_{9}.jpg"),
    "mask with first six": _one("{6}******{4}", "{6}XXXXXX{4}", "{6}######{4}", "{6}...{4}"),
    "mask with last four": _one("**** **** **** {4}", "XXXX-XXXX-XXXX-{4}", "xxxxxxxxxxxx{4}"),
    "mask with both": _one("{4} **** **** {4}", "{4} {2}** **** {4}", "{4}-xxxx-xxxx-{4}"),
    "mask of a platform": _one("{6}▇▇▇▇▇▇{4}", "•••• •••• •••• {4}", "card ending {4}"),
    "our mask": _one("[card visa **** {4}] 12/27", "[kort **** {4}]"),
    "bank reference": _one("Aadhaar {4} {4} {4}", "NHS {3} {3} {4}"),
    "cloud account": _one("arn:aws:iam::{12}:role/x"),
    "snowflakes": _one("message {18} in channel {18}"),
    "thirteen digits": _one("see number 1{12} ok", "see number 7{12} ok"),
}
"""Families of which hardly any text may be told of, and none removed."""

TOLD_AT_MOST: dict[str, Family] = {
    "order number": _one("Order {16}", "order number: {16}", "Ordrenummer {16}", "invoice {16}"),
    "valid order number": _valid("order no. ", ("4", "54", "62", "89"), 16),
    "kid": _valid("KID: ", ("1", "4", "5", "0"), 16, 19, 25),
    "gift card": _valid("gift card ", ("6006", "6036", "7777"), 16, 19),
    "serial": _one("serial {16}", "S/N {14}"),
    "transaction": _one("transaction id {16}", "tracking number {15}"),
    "link": _one("https://shop.example/orders/{16}", "https://t.example/o.gif?u={16}&c={12}"),
    "groups in a row": _one("{4} {4} {4} {4} {4}", "{4}-{4}-{4}-{4}-{4}-{4}"),
}
"""Families that may be told of, because words alone speak against a card; none is removed."""
