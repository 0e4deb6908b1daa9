"""Other tools behind one shape: text in, ranges out. Run as they ship, without tuning.

They run in an environment of their own (`peers.txt`); a tool that is not installed is left out.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable

Range = tuple[int, int]
Tool = Callable[[str], list[Range]]

_NUMBER = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")


def luhn(digits: str) -> bool:
    """The check digit as most programs write it."""
    numbers = [int(digit) for digit in reversed(digits)]
    doubled = [sum(divmod(number * 2, 10)) for number in numbers[1::2]]
    return (sum(numbers[::2]) + sum(doubled)) % 10 == 0


def naive() -> Tool:
    """One regular expression and the check digit."""
    return lambda text: [
        match.span() for match in _NUMBER.finditer(text) if luhn(re.sub(r"\D", "", match[0]))
    ]


def presidio() -> Tool:
    """The card recognizer, called directly: without spaCy and without the engine around it."""
    module = importlib.import_module("presidio_analyzer.predefined_recognizers")
    recognizer = module.CreditCardRecognizer()
    return lambda text: [
        (found.start, found.end) for found in recognizer.analyze(text, ["CREDIT_CARD"], None)
    ]


def scrubadub() -> Tool:
    """The card detector of scrubadub, called directly."""
    module = importlib.import_module("scrubadub.detectors.credit_card")
    detector = module.CreditCardDetector(name="credit_card")
    return lambda text: [(found.beg, found.end) for found in detector.iter_filth(text)]


def panhunt() -> Tool:
    """PANhunt's patterns and its check digit."""
    module = importlib.import_module("panhunt.patterns")
    brands = module.CardPatterns().brands()
    return lambda text: [
        match.span(1)
        for _, pattern in brands
        for match in pattern.finditer(text)
        if luhn(re.sub(r"\D", "", match[1]))
    ]


def datafog() -> Tool:
    """The regex engine of datafog, for cards only."""
    module = importlib.import_module(
        "datafog.processing.text_processing.regex_annotator.regex_annotator"
    )
    pattern = module.RegexAnnotator(enabled_labels=["CREDIT_CARD"]).patterns["CREDIT_CARD"]
    return lambda text: [match.span() for match in pattern.finditer(text)]


MAKERS = {
    "Presidio": presidio,
    "scrubadub": scrubadub,
    "PANhunt": panhunt,
    "datafog": datafog,
    "regex + Luhn": naive,
}


def installed() -> dict[str, Tool]:
    """Every tool that is there, by the name it is shown with."""
    tools: dict[str, Tool] = {}
    for name, make in MAKERS.items():
        try:
            tools[name] = make()
        except ImportError:
            continue
    return tools
