"""Numbers of accounts: which go by the number of a card, and which leave no room for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.about import REACH, is_about_card
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_UNION_PAY: Final = b"62"
_IBAN = lazy(rb"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}(?![A-Za-z0-9])")
"""Written without gaps (ISO 13616)."""
_OF_TERMINALS = lazy(
    rb"(?<![A-Za-z])(?:MID|TID|TERM|MERCH|TPV|TPE|ARN|CAID|TC40|(?i:(?:bank|betalings|kort)?terminal(?:e|en)?"
    rb"|merchant|acquirer|settlement|chargebacks?|approval|auth(?:ori[sz]ation)?(?: ?code)?"
    rb"|autori[sz]a(?:tion|sjon|zione)|comercio|esercente|brukersted|genehmigungsn(?:ummer|r)))"
    rb"(?![A-Za-z])"
)
"""Words of reports in which the account of a payment is a card."""


def is_of_union_pay(folded: bytes, start: int) -> bool:
    """Return whether a number begins as the cards by which accounts in China go: `accNo=62`."""
    return folded.startswith(_UNION_PAY, start)


def is_no_account(reading: Reading, start: int, end: int) -> bool:
    """Return whether what is called an account is the number of a card.

    The accounts around it are IBANs, or payments by card are spoken of.
    """
    holds_an_iban = _IBAN.search(reading.folded, max(0, start - REACH), end + REACH)
    return bool(
        holds_an_iban
        or is_of_a_terminal(reading.folded, start, end)
        or is_about_card(reading, start, end)
    )


def is_of_a_terminal(folded: bytes, start: int, end: int) -> bool:
    """Return whether the text around a number is the slip or the report of a terminal."""
    return _OF_TERMINALS.search(folded, max(0, start - REACH), end + REACH) is not None
