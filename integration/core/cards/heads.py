"""What stands further off than a label and says what a number is: heads, fields, its sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.cards.about import is_about_card_in_its_sentence
from integration.core.cards.accounts import is_no_account, is_of_a_terminal
from integration.core.cards.chip import is_field_of_another, is_field_of_card
from integration.core.cards.headed import is_in_record_of_card, labels_above, labels_of_table
from integration.core.cards.meanings import is_on_a_receipt
from integration.core.cards.named import (
    AGAINST,
    LONGEST_TELEPHONE,
    OF_A_CARD,
    OF_MOST_CARDS,
)
from integration.core.cards.paid import ends_in_a_transaction, leads_to_payment
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.naming import others_in
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_REACH: Final = 48
_TELEPHONE: Final = {Label.TELEPHONE}
_ACCOUNT: Final = frozenset({Label.BANK_ACCOUNT})
"""What an issuer calls the number of a card: hardly any other account has as many digits."""


class Heads:
    """The heads and fields above and before the number at `start`..`end`."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        self._reading = reading
        self._place = start, end

    def name_a_card(self) -> bool:
        """Return whether its column in a table, or its field in a message, is that of a card."""
        folded, start = self._reading.folded, self._place[0]
        if is_field_of_card(folded, start) or is_in_record_of_card(folded, start):
            return True
        own = labels_of_table(self._reading, *self._place)[0]
        return bool((own or labels_above(self._reading, *self._place)) & OF_A_CARD)

    def name_another(self) -> bool:
        """Return whether its own column or field is another's, whatever the others are."""
        if is_field_of_another(self._reading.folded, self._place[0]):
            return True
        own = labels_of_table(self._reading, *self._place)[0]
        return bool(own & AGAINST.keys()) and not own & OF_A_CARD

    def name_no_card(self, digits: int) -> bool:
        """Return whether its column is named for another number, and none of the table for a card.

        `digits`: how many it has.
        """
        own, all_heads = labels_of_table(self._reading, *self._place)
        against = own & AGAINST.keys()
        if not against or all_heads & OF_A_CARD:
            return False
        if against == _TELEPHONE and digits > LONGEST_TELEPHONE and self._is_one_block():
            return False  # no telephone: somebody wrote in the wrong column
        is_as_long = own == _ACCOUNT and digits == OF_MOST_CARDS
        return not (is_as_long and is_no_account(self._reading, *self._place))

    def _is_one_block(self) -> bool:
        """Return whether its digits stand together; two telephones in a cell have a gap."""
        folded, (start, end) = self._reading.folded, self._place
        return folded[start:end].isdigit() and not folded.endswith(b"+", 0, start)

    def are_of_a_terminal(self) -> bool:
        """Return whether it stands on the receipt of a terminal, or in its report."""
        return is_of_a_terminal(self._reading.folded, *self._place)

    def call_it_a_transaction(self) -> bool:
        """Return whether the word right before it names a payment, and no number of one."""
        return ends_in_a_transaction(self._before())

    def speak_of_card(self) -> bool:
        """Return whether its sentence speaks of a card further before than a label reaches."""
        return is_about_card_in_its_sentence(self._reading, self._place[0])

    def lead_to_payment(self) -> bool:
        """Return whether something is to be paid with it, by the words right before it."""
        return leads_to_payment(self._before())

    def call_it_a_number(self) -> bool:
        """Return whether the words right before it call it a number, whatever it is one of."""
        words = self._before()
        if _number().search(words) is None:
            return False
        return all(is_on_a_receipt(words, other.start, other.end) for other in others_in(words))

    def _before(self) -> str:
        start = self._place[0]
        return self._reading.window(max(0, start - _REACH), start).text


@cache
def _number() -> re.Pattern[str]:
    """What is called so and nothing else: the number is 4111, or number in two lines: 4111."""
    called, links = any_of(listed(Listed.CALLED)), any_of(listed(Listed.IS_NUMBER))
    return re.compile(
        rf"(?<![^\W_])(?:{called})"
        rf"(?:\W{{0,3}}(?:(?:{links})\W{{0,3}})?|(?: [^\W\d]+){{1,8}}:\W{{0,3}})\Z"
    )
