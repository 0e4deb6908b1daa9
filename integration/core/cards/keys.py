"""Names that machines and forms give to a value, when they are those of another number.

`reqId=...`, `"ext_ref": "..."`, `TR# ...`: what touches the number by its mark is its name.
"""

from __future__ import annotations

from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label

_NAME: Final = lazy(
    r"(?<![?&\w])(?P<name>[a-z][\w.-]{0,31})"
    r"(?:['\"]{1,2} ?: ?['\"]?|=['\"]?|(?P<sign>#)[: ]{0,2})\Z"
)
"""A parameter of an address is judged as one."""
_ENDINGS: Final = (
    *("id", "ids", "ref", "key", "hash", "token", "seq", "inode", "etag", "trace", "span", "txn"),
    *("nonce", "serial", "sku", "uuid", "guid", "session", "request", "offset", "reference"),
)
_OF_ANY_RECORD: Final = "key"
"""By itself it says nothing of the value: some programs key their records by the card."""
_OF_A_CARD: Final = frozenset({Label.CARD, Label.CARD_HINT})
_PARTS: Final = lazy(r"[_.-]")
LONGEST: Final = 40
"""Characters of a name and its mark."""


def names_another(before: str) -> bool:
    """Return whether what stands before a value, in plain letters, names another number.

    >>> names_another('{"req_id":"'), names_another("card_id="), names_another("number=")
    (True, False, False)
    """
    match = _NAME.search(before[-LONGEST:])
    if match is None or match["name"] == _OF_ANY_RECORD:
        return False
    if not (match["sign"] or match["name"].endswith(_ENDINGS)):
        return False
    said = {found.label for found in labels_in(_PARTS.sub(" ", match["name"]))}
    return said.isdisjoint(_OF_A_CARD) and said != {Label.LINK}
