"""What a worker looks through before it forks: the tickets that come ask for nothing anew."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.exhaustive

REHEARSED = """
from integration.core.rehearsal import rehearse
from integration.core.words import index, numbers, vocabulary
rehearse()
for table in (index.index_of_phrases, numbers.languages, vocabulary.files):
    assert table.cache_info().currsize, table
"""
TICKET = """
import re
from re import _compiler
from integration.core.rehearsal import _ticket, rehearse
from integration.core.plan import scan
from integration.core.policy import Policy
rehearse()
made, compile_it = [], _compiler.compile
_compiler.compile = lambda pattern, flags=0: made.append(pattern) or compile_it(pattern, flags)
scan(_ticket("Invoice", ["Charge 5555 5555 5555 4444 please.", "charged, and removed"]), Policy())
assert not made, made
"""


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_word_list_is_read() -> None:
    run(REHEARSED)


def test_a_ticket_with_a_card_compiles_no_pattern() -> None:
    run(TICKET)
