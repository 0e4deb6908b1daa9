"""Detection beside its floor and beside a plain peer, in the same run.

The floor is what any search over the bytes pays: encode and translate. The peer is what most tools
do: one regular expression over the text and a check digit over a list of numbers.
"""

from __future__ import annotations

import random
import re
import timeit
from collections.abc import Callable

from integration.core.detection import find

SIZE = 2048
ROUNDS = 7
_TABLE = bytes(range(256))
_PEER = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
_TEXT = """
hei vi har ikke mottatt pakken og lurer på hvor den er blitt av takk for hjelpen please let us know
when the invoice is ready since our order was delivered on monday regards
"""
_WORDS = _TEXT.split()
_CARD = "4111 1111 1111 1111"


def _message(seed: int = 1) -> str:
    """A support message of 2 KB with dates and short numbers, but no card."""
    pick = random.Random(seed)
    words: list[str] = []
    while sum(map(len, words)) + len(words) < SIZE:
        words.append(pick.choice(_WORDS))
        if pick.random() < 0.03:
            words.append(f"{pick.randint(1, 28):02}.{pick.randint(1, 12):02}.2026")
    return " ".join(words)[:SIZE]


def _floor(text: str) -> bytes:
    return text.encode("latin-1").translate(_TABLE)


def _luhn(digits: str) -> bool:
    numbers = [int(digit) for digit in reversed(digits)]
    doubled = [sum(divmod(number * 2, 10)) for number in numbers[1::2]]
    return (sum(numbers[::2]) + sum(doubled)) % 10 == 0


def _peer(text: str) -> list[str]:
    found = (re.sub(r"\D", "", match) for match in _PEER.findall(text))
    return [digits for digits in found if _luhn(digits)]


def _micros(call: Callable[[str], object], text: str) -> float:
    """The best of some rounds, in microseconds a call."""
    times = 300
    return min(timeit.repeat(lambda: call(text), number=times, repeat=ROUNDS)) / times * 1e6


def run() -> list[dict[str, object]]:
    """Measure; each row is one kind of text, times in microseconds a call."""
    clean = _message()
    texts = {
        "2 KB, no card": clean,
        "2 KB, one card": f"{clean[: SIZE // 2]} {_CARD} {clean[SIZE // 2 :]}",
        "100 KB of '4 '": "4 " * 50_000,
        "100 KB of cards": f"{_CARD} " * 5_000,
    }
    return [_row(name, text) for name, text in texts.items()]


def _row(name: str, text: str) -> dict[str, object]:
    if len(text) > 2 * SIZE:  # the worst cases: once is enough
        seconds = timeit.timeit(lambda: find(text), number=1)
        return {
            "text": name,
            "find_s": round(seconds, 3),
            "us_a_character": round(seconds / len(text) * 1e6, 2),
        }
    ours, floor, peer = (_micros(call, text) for call in (find, _floor, _peer))
    return {
        "text": name,
        "find_us": round(ours, 1),
        "floor_us": round(floor, 1),
        "peer_us": round(peer, 1),
        "ratio_to_floor": round(ours / floor, 1),
        "ratio_to_peer": round(ours / peer, 2),
    }


if __name__ == "__main__":
    for row in run():
        print(row)
