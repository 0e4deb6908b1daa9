"""Texts with long numbers that are no cards, as support messages hold them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

from benchmarks.detection.numbers import check_digit, digits

Make = Callable[[random.Random], str]


def _ean(pick: random.Random) -> str:
    stem = digits(pick, 12)
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(stem))
    return stem + str(-total % 10)


def _luhn(prefix: str, length: int) -> Make:
    def make(pick: random.Random) -> str:
        stem = prefix + "".join(pick.choices("0123456789", k=length - 1 - len(prefix)))
        return stem + check_digit(stem)

    return make


def _iban(pick: random.Random) -> str:
    groups = (digits(pick, 4), digits(pick, 4), digits(pick, 3))
    return f"NO{pick.randint(10, 97)} {' '.join(groups)}"


def _uuid(pick: random.Random) -> str:
    return str(uuid.UUID(int=pick.getrandbits(128), version=4))


def _shape(*shapes: str) -> Make:
    """Fill one of the shapes: `#` is a digit, `@` a capital letter or a digit."""

    def make(pick: random.Random) -> str:
        return "".join(pick.choice(_FILL.get(each, each)) for each in pick.choice(shapes))

    return make


_FILL = {"#": "0123456789", "@": "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"}


def _of_length(*lengths: int) -> Make:
    return lambda pick: digits(pick, pick.choice(lengths))


def _clock(pick: random.Random) -> str:
    parts = (pick.randint(1, 12), pick.randint(1, 28), *pick.choices(range(24), k=3))
    return "2026" + "".join(f"{part:02}" for part in parts)


LOOKALIKES: dict[str, tuple[str, Make]] = {
    "IMEI": ("The IMEI is {}.", _luhn("35", 15)),
    "ICCID": ("SIM-kort {} virker ikke", _luhn("8947", 19)),
    "EAN": ("Varenummer {} er utsolgt", _ean),
    "milliseconds since 1970": ("ts={} level=info", lambda pick: f"17{digits(pick, 11)}"),
    "time stamp": ("file_{}.log", _clock),
    "UUID": ("request {} failed", _uuid),
    "hash": ("commit {}", lambda pick: f"{pick.getrandbits(160):040x}"),
    "IBAN": ("Betal til {} innen fredag", _iban),
    "order number": ("Order #{} has not arrived", _of_length(12, 13, 14, 15, 16, 17)),
    "invoice number": ("Faktura {} er betalt", _of_length(12, 14, 16)),
    "KID": ("KID {} forfall 12.12.2026", _luhn("0", 16)),
    "gift card": ("My gift card {} is empty", _shape("6006############")),
    "parcel": ("Tracking: 1Z{}", _of_length(16)),
    "parcel, 20 digits": ("Sporing {} ligger stille", _shape("3700################")),
    "parcel, 22 digits": ("USPS {}", _shape("9400##################")),
    "ARN": ("ARN {} from the bank", _shape("7######################")),
    "meter": ("M\xe5ler {} viser feil", _shape("7070575###########")),
    "telephones": (
        "Call {}",
        _shape("+47 ### ## ### / +47 ### ## ###", "00 47 ### ## ### ### ## ###"),
    ),
    "coordinates": ("We are at {}", _shape("59.#######, 10.#######")),
    "scores": ("Results: {}", _shape("# # # # # # # # # # # # # # # # # #")),
    "licence key": ("Key {}", _shape("@@@@@-@@@@@-@@@@@-@@@@@-@@@@@")),
    "log columns": ("{}", _shape("##.###  ####  #### I Worker: done in ### ms")),
    "masked card": (
        "Card {} was charged",
        _shape("**** **** **** ####", "XXXX-XXXX-XXXX-####", "\u2022\u2022\u2022\u2022 ####"),
    ),
    "first six, last four": ("Card {} was charged", _shape("4#####******####")),
    "post id": ("https://social.example/posts/{}", _of_length(15, 16, 17)),
    "tracking pixel": ("https://mail.example/o.gif?u={}&c=2", _of_length(16)),
}
"""Family: the text around, and how the number is made."""
