"""What `demo --json` counts: its keys, in order, as the help and the documents explain them."""

from __future__ import annotations

from collections.abc import Mapping

COUNTS: Mapping[str, str] = {
    "tickets": "tickets that were written",
    "planted": "card numbers, security codes and expiry dates in them",
    "redacted": "of planted: can no longer be read in the tickets",
    "verified_gone": "of redacted: in tickets that we recorded as gone",
    "missed": "of planted: can be read, and no open finding says where",
    "false_redactions": "texts in which anything else was changed",
    "manual": "of planted: can be read, and an open finding says where",
    "in_sent_mails": "of planted: can still be read in mails that had gone out; counted apart",
    "findings_posted": "tickets of ours: decisions for a person, and the journal",
    "exposure_ms": "from written to verified gone: median (p50) and p95",
    "leaks": "files of ours in which a planted card number stands",
}
SUM = "planted = redacted + missed + manual"
