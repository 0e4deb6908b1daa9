"""How fast detection is, each figure beside a peer or a floor of the same run.

The floor is what any search over the bytes pays: encode and translate. All on one core, the best of
some rounds; calls that are compared take turns, so that a busy moment hits both.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser

from benchmarks.detection.peers import Tool
from integration.core.detection import find
from integration.core.policy import DEFAULT_ACTIONS, Policy
from integration.core.spans import Action, Kind

ROUNDS = 9
LONG = 100_000
_TABLE = bytes(range(256))
_TEXT = """
hei vi har ikke mottatt pakken og lurer på hvor den er blitt av takk for hjelpen please let us know
when the invoice is ready since our order was delivered on monday regards
"""
_WORDS = _TEXT.split()
_CARD = "4111 1111 1111 1111"
_WORDLESS = (Kind.PASSWORD, Kind.ONE_TIME_CODE)
DIGITS_ONLY = Policy(
    actions={**DEFAULT_ACTIONS, **dict.fromkeys(_WORDLESS, Action.IGNORE)}, spelled_out=False
)
"""Kinds that are written in digits, as an account can be set."""
_CELL = (
    "<tr style=\"mso-yfti-irow:1\"><td width=120 class=MsoNormal style='padding:0cm 5.4pt'>"
    '<p class=MsoNormal><span lang=NO style="font-family:Calibri,sans-serif">Hei &amp; takk for'
    " svar, ordre 12345<o:p></o:p></span></p></td></tr>\n"
)
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
Row = dict[str, object]
Call = Callable[[], object]


def message(size: int, seed: int = 1) -> str:
    """Words of a support message, without any digit."""
    pick = random.Random(seed)
    words: list[str] = []
    while sum(map(len, words)) + len(words) < size:
        words.append(pick.choice(_WORDS))
    return " ".join(words)[:size]


def _inside(text: str, *extra: str) -> str:
    """Put `extra` into the middle."""
    half = len(text) // 2
    return f"{text[:half]} {' '.join(extra)} {text[half:]}"


def _floor(text: str) -> bytes:
    return text.encode("latin-1", "replace").translate(_TABLE)


def _walk(page: str) -> None:
    parser = HTMLParser()
    parser.feed(page)
    parser.close()


def _micros(**calls: Call) -> dict[str, float]:
    """The best time of each call, in microseconds."""
    times = {name: _repeats(call) for name, call in calls.items()}
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(times[name]):
                call()
            best[name] = min(best[name], (time.perf_counter() - start) / times[name] * 1e6)
    return best


def _repeats(call: Call) -> int:
    call()
    start = time.perf_counter()
    call()
    return max(1, min(2000, int(0.02 / (time.perf_counter() - start))))


def _row(text: str, beside: str, ours: float, other: float, wanted: float) -> Row:
    return {
        "table": "speed",
        "text": text,
        "beside": beside,
        "us": round(ours, 1),
        "beside_us": round(other, 1),
        "ratio": round(ours / other, 2),
        "wanted": wanted,
    }


def run(tools: dict[str, Tool]) -> Iterator[Row]:
    """Measure."""
    clean = message(2048)
    dated = _inside(clean, "24.11.2026", "ring 922 33 444")
    carded = _inside(clean, _CARD)
    best = _micros(ours=lambda: find(clean, policy=DIGITS_ONLY), floor=partial(_floor, clean))
    yield _row("2 KB without digits, digit kinds", "floor", best["ours"], best["floor"], 4)
    if presidio := tools.get("Presidio"):
        yield from _beside(presidio, dated, carded)
    yield from _shapes()


def _beside(presidio: Tool, dated: str, carded: str) -> Iterator[Row]:
    long = " ".join(message(2048, seed) for seed in range(49))
    best = _micros(
        digits=lambda: find(dated, policy=DIGITS_ONLY),
        every=lambda: find(dated),
        dated=lambda: presidio(dated),
        card=lambda: find(carded, policy=DIGITS_ONLY),
        carded=lambda: presidio(carded),
        long=lambda: find(long, policy=DIGITS_ONLY),
        longed=lambda: presidio(long),
    )
    peer = "Presidio's recognizer"
    named = "2 KB with a date and a telephone"
    yield _row(f"{named}, digit kinds", peer, best["digits"], best["dated"], 0.6)
    yield _row(f"{named}, all kinds", peer, best["every"], best["dated"], 2)
    yield _row("2 KB with one card, digit kinds", peer, best["card"], best["carded"], 0.5)
    yield _row("100 KB of words, digit kinds", peer, best["long"], best["longed"], 0.5)


def real(tools: dict[str, Tool], mails: list[str]) -> Iterator[Row]:
    """Measure on 100 KB of real mail, as plain text with all that stands in it."""
    if presidio := tools.get("Presidio"):
        text = "\n".join(mails)[:LONG]
        best = _micros(ours=lambda: find(text, policy=DIGITS_ONLY), other=lambda: presidio(text))
        named = "100 KB of real mail, digit kinds"
        yield _row(named, "Presidio's recognizer", best["ours"], best["other"], 0.5)


def _shapes() -> Iterator[Row]:
    page = f"<html><body><table>{_CELL * 85}</table></body></html>"
    best = _micros(ours=lambda: find(page, "text/html"), walk=partial(_walk, page))
    yield _row("20 KB of HTML", "html.parser walking it", best["ours"], best["walk"], 1)
    for name, unit in (
        ("digits and spaces", "4 "),
        ("digits", "4"),
        ("cards", f"{_CARD} "),
        ("a table of digits", "1\t2\t3\n"),
        ("labels and codes", "cvv 123 "),
        ("tags", "<a "),
        ("entities", "&#52;"),
        ("quoted lines", "> "),
        ("number words", "four one one one "),
        ("escapes", "\\u00"),
    ):
        small, large = (unit * (size // len(unit)) for size in (1 << 18, 1 << 20))
        best = {key: min(_once(text), _once(text)) for key, text in (("s", small), ("l", large))}
        yield {
            "table": "linear",
            "text": f"1 MiB of {name}",
            "seconds": round(best["l"], 2),
            "ratio_to_a_quarter": round(best["l"] / best["s"], 1),
        }
    yield {"table": "import", "ms": round(_import_ms(), 1), "wanted": 100}


def _once(text: str) -> float:
    start = time.perf_counter()
    find(text, "text/html" if text[0] in "<&" else "text/plain")
    return time.perf_counter() - start


def _import_ms() -> float:
    """What importing the facade costs beyond a bare interpreter."""
    bare, ours = (
        min(_process(code) for _ in range(5)) for code in ("", "import integration.core.detection")
    )
    return (ours - bare) * 1000


def _process(code: str) -> float:
    """How long a process takes that runs `code`, from bytecode as it is installed."""
    environment = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    return time.perf_counter() - start
