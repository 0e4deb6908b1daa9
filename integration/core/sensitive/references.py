"""Digits that are part of an identifier: a reference, a version, an address, a telephone number.

None of them is a security code or a PIN, whatever stands around.
"""

from __future__ import annotations

from typing import Final

from integration.core.text.lazy import lazy

LONGEST: Final = 16
"""Characters before the digits that are looked at."""
_DIGITS = lazy(r"[0-9]")
_ANYTHING = lazy(r"")
_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_ADDRESSES: Final = tuple(
    (
        lazy(rf"(?<![0-9.])(?:{_OCTET}\.){{{at}}}\Z"),
        lazy(rf"{_OCTET}(?:\.{_OCTET}){{{3 - at}}}(?![0-9]|\.[0-9])"),
    )
    for at in range(4)
)
"""The four numbers of an address of IPv4, each behind those before it."""
_AIRLINES: Final = (
    "bt|cx|d8|dy|fr|hv|jl|kl|lh|lx|nh|pc|qr|sk|tk|u2|vy|w6|wf|xq"
    "|aal|baw|dlh|ezy|klm|nax|qtr|ryr|swr|thy|uae|ual"
)
_REFERENCES: Final = (
    # What stands before the digits, and how they go on.
    (lazy(r"(?<![^\W_])[a-z]{1,2}-\Z"), _DIGITS),  # KE-0447, as no label is so short
    (lazy(r"[a-z]{3}-\Z"), lazy(r"[0-9]{4}-[0-9]")),  # ORD-2025-1187
    (_ANYTHING, lazy(r"[0-9]{4,}-[a-z]{1,2}(?![^\W_])")),  # 0447-KE
    (_ANYTHING, lazy(r"[0-9]{3,6}[a-z][0-9]{1,2}(?![^\W_])")),  # 0417B2
    (lazy(r"(?<![^\W_])[a-z]\Z"), lazy(r"[0-9]{4}/[a-z](?![^\W_])")),  # L0447/b
    (
        lazy(r"(?<![^\W_])(?:de|df|bit|field|f) ?\Z"),
        lazy(r"0[0-9]{2,3}[ \t]{0,4}[:=\[]"),
    ),  # DE 003 :
    (  # flug os 451
        lazy(r"(?:flug|flight|flyg?|flyet|volo?|vuelo|voo|vlucht|lot) (?:n[or]\.? )?[a-z]{2} \Z"),
        lazy(r"[0-9]{3,4}(?![0-9])"),
    ),
    # WF 612, EZY8622: of airlines whose code (IATA, ICAO) is no word of its own
    (lazy(rf"(?<![^\W_])(?:{_AIRLINES}) ?\Z"), lazy(r"[0-9]{3,4}(?![0-9])")),
    (_ANYTHING, lazy(r"[0-9]{3,6}/[a-z]{1,3}/[0-9]")),  # 0331/HG/77120
    (lazy(r"(?<![^\W_])3ds-\Z"), _DIGITS),  # 3DS-104
    (lazy(r"(?<![^\W_])mcc:? \Z"), lazy(r"[0-9]{4}(?![0-9])")),  # MCC 4511
    (lazy(r"(?<![a-z])pos entry(?: mode)?:? \Z"), lazy(r"[0-9]{2,3}(?![0-9])")),
    # 65 170839 W 508, of a German pension
    (lazy(r"(?<![0-9])[0-9]{2} ?[0-9]{6} ?[a-z] ?\Z"), lazy(r"[0-9]{3}(?![0-9])")),
    (lazy(r"/\Z"), lazy(r"20[0-9]{2}/[01][0-9]/[0-9]")),  # ZAM/2025/01/0042
    (_ANYTHING, lazy(r"[0-9]{2,3}-[a-z]{1,2}-[0-9]")),  # 191-D-40417, on the plate of a car
    (_ANYTHING, lazy(r"20[0-9]{2}([/\u2013-])[01][0-9]\1[0-9]{3}")),  # 2025-01-0042
    (lazy(r"\(\Z"), lazy(r"[0-9]{2,5}\) ?[0-9]{3}[ -][0-9]{2}")),  # (495) 123-45-67
    (lazy(r"(?:\.[a-z]{1,4}:|(?<![^\W_])line )\Z"), _DIGITS),  # Charge.java:118, line 118
    (lazy(r"/[12](?:\.[01])?[\"']? \Z"), _DIGITS),  # HTTP/1.1" 302
    (lazy(r"[a-z]/\Z"), lazy(r"[0-9]{1,3}(?:\.[0-9]{1,3}){2}")),  # okhttp/4.9.3
    (lazy(r"(?<![a-z])(?:agent|agentid|status|pid|exit)=\Z"), _DIGITS),
    (_ANYTHING, lazy(r"[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]{2}(?![0-9])")),  # 4.1e+15
    (lazy(r"[a-f][0-9]+[a-f]{1,6}\Z"), _DIGITS),  # the end of a hash: c4c8996fb924
    (lazy(r"[0-9]{4}[abdf]{1,2}\Z"), _DIGITS),  # of a short one: 3610a686
    (lazy(r"[0-9][a-f]{1,6}\Z"), lazy(r"[0-9]+[a-f]{1,6}[0-9]")),  # amid one: 00f067aa0ba902b7
    (_ANYTHING, lazy(r"[0-9]+[0-9a-f]{0,7}(?:-[0-9a-f]{4}){3}")),  # a UUID (RFC 9562)
    (lazy(r"[0-9][a-z]{1,3}-\Z"), lazy(r"[0-9]{2,4}-[a-z]?[0-9]")),  # 441a-2736-b455
    (lazy(r"(?<![0-9])0[0-9]{3,4}, \Z"), lazy(r"[0-9]{3}, [0-9]{3}(?![0-9])")),  # 07700, 900, 661
    (lazy(r"(?<![0-9])0[0-9]{3,4}, [0-9]{3}, \Z"), lazy(r"[0-9]{3}(?![0-9,])")),
    (_ANYTHING, lazy(r"[2-9][0-9]{2}, [0-9]{3}, [0-9]{4}(?![0-9])")),  # 260, 555, 0174
    (lazy(r"(?<![0-9])[2-9][0-9]{2}, \Z"), lazy(r"[0-9]{3}, [0-9]{4}(?![0-9])")),
    (
        lazy(r"(?:vehiculo|matricula|coche|placas?)[: ]{1,2}\Z"),
        lazy(r"[0-9]{4} ?[b-df-hj-np-tv-z]{3}\b"),
    ),
    (lazy(r"plaka(?:m|si)?:? [0-9]{2} [a-z]{1,3} \Z"), _DIGITS),  # plaka 34 KTL 882
    (_ANYTHING, lazy(r"20[0-9]{2}\.[0-9]{1,2}\.[0-9]{3,5}(?![0-9])")),  # version 2025.02.1147
    (lazy(r"(?<![^\W_])v\Z"), lazy(r"[0-9]{1,3}\.[0-9]{1,4}\.[0-9]")),  # v3.18.2204
    (lazy(r"(?<![^\W_])v[0-9]{1,3}\.\Z"), lazy(r"[0-9]{1,4}\.[0-9]")),
    (lazy(r"20[0-9]{2}\.[0-9]{1,2}\.\Z"), lazy(r"[0-9]{3,5}(?![0-9])")),
    (lazy(r"20[0-9]{2}\.\Z"), lazy(r"[0-9]{1,2}\.[0-9]{3,5}(?![0-9])")),
    *_ADDRESSES,
)
_BEGUN = lazy(r"\+[0-9]{1,3}[ -](?:\(?[0-9]{2,4}\)?[ .-]){1,3}\Z")
"""A telephone number with its country, up to its last group: +1 647 555."""
_LONGEST_TELEPHONE: Final = 18


def is_of_a_reference(text: str, start: int) -> bool:
    """Return whether what stands around the digits at `start` makes a reference of them.

    >>> text = "status=302 for 4111"
    >>> is_of_a_reference(text, text.index("302")), is_of_a_reference(text, text.index("4111"))
    (True, False)
    """
    far = max(0, start - _LONGEST_TELEPHONE)
    if text.find("+", far, start) >= 0 and _BEGUN.search(text, far, start):
        return True
    low = max(0, start - LONGEST)
    return any(
        behind.match(text, start) and before.search(text, low, start)
        for before, behind in _REFERENCES
    )
