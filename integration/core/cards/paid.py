"""Whether the label before a number says what is paid for, and not what the number is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.data import read_toml
from integration.core.text.lazy import lazy
from integration.core.words.index import WORD
from integration.core.words.vocabulary import Label, all_as_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.words.labels import Found

_SENTENCE_ENDS: Final = lazy(r"[.!?;\n]")
_CLAUSE_ENDS: Final = lazy(r"[.!?;]\s|\n")
_ENDS: Final = " .:?\n"
"""Between a question and the number that answers it: What shall I pay it with? 4111 ..."""
_MOST_WORDS: Final = 6
"""Between a label and the number."""
_WORDS_BEFORE: Final = 3
"""A verb, an article and one more before a label."""
_OF_A_CARD: Final = frozenset({Label.CARD})


def is_paid_for(words: str, labels: Sequence[Found], at: int, behind: str) -> bool:
    """Return whether label `at` of the `words` before a number is paid with that number.

    `behind`: the words behind it.

    >>> from integration.core.words.labels import labels_in
    >>> words = "charge the order to "
    >>> is_paid_for(words, labels_in(words), 2, "")
    True
    """
    label = labels[at]
    between = words[label.end :]
    last = _last_words(between)
    if not last.isdisjoint(_words("using")) or _is_secured(words[: label.start], between):
        return True
    if last.isdisjoint(_words("means")):
        return _is_for(words, labels[:at], label, last)
    sentence = _SENTENCE_ENDS.split(words[: label.start])[-1], _SENTENCE_ENDS.split(behind)[0]
    verbs = _words("paying") | _words("moving")
    return any(word in verbs for part in sentence for word in WORD.findall(part))


def _is_secured(before: str, between: str) -> bool:
    """Return whether what the label names is secured with the number: to guarantee the booking."""
    said = WORD.findall(_SENTENCE_ENDS.split(before)[-1])[-_WORDS_BEFORE:]
    if not _SENTENCE_ENDS.search(between):
        said += WORD.findall(between)
    return not _words("securing").isdisjoint(said)


def pays_with(words: str) -> bool:
    """Return whether words (in plain letters) before a number say that something is paid with it.

    >>> pays_with("please charge the difference (4.99) to "), pays_with("please ring me on ")
    (True, False)
    """
    said = WORD.findall(_CLAUSE_ENDS.split(words.rstrip(_ENDS))[-1])
    leads = _words("using") | _words("means")
    return said[-1:] != [] and said[-1] in leads and not _words("paying").isdisjoint(said)


def speaks_of_payment(words: str) -> bool:
    """Return whether words (in plain letters) name a payment, or say that something is paid.

    >>> speaks_of_payment("payment declined, please retry"), speaks_of_payment("please ring me")
    (True, False)
    """
    return not (_words("paying") | _words("payment")).isdisjoint(WORD.findall(words))


def ends_in_a_transaction(words: str) -> bool:
    """Return whether the last word before a number is one for a payment.

    >>> ends_in_a_transaction("the last operation: "), ends_in_a_transaction("transaction id ")
    (True, False)
    """
    return not _words("transaction").isdisjoint(WORD.findall(words)[-1:])


def leads_to_payment(words: str) -> bool:
    """Return whether the last words before a number lead to what pays: charge it to, debit.

    >>> leads_to_payment("please charge "), leads_to_payment("they charge for ")
    (True, False)
    """
    said = WORD.findall(_CLAUSE_ENDS.split(words)[-1])
    return not _words("paying").isdisjoint(said[-1:]) or pays_with(words)


def _is_for(words: str, before: Sequence[Found], label: Found, last: set[str]) -> bool:
    """Return whether a card is told that is for something: the card for my account is ..."""
    card = next((found for found in reversed(before) if found.label is not Label.LINK), None)
    if card is None or card.label not in _OF_A_CARD:
        return False
    between = words[card.end : label.start]
    if _SENTENCE_ENDS.search(between) or "," in between:
        return False
    told = not last.isdisjoint(_words("is")) or words.rstrip().endswith(":")
    return told and not _words("for").isdisjoint(WORD.findall(between)[:1])


def _last_words(between: str) -> set[str]:
    """Return the last word before a number, and the last two, where only few stand there."""
    said = WORD.findall(between)
    if not 0 < len(said) <= _MOST_WORDS:
        return set()
    return {said[-1], " ".join(said[-2:])}


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(all_as_read(word for words in _tables()[table].values() for word in words))


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return read_toml(__file__, "paid.toml")
