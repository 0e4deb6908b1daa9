from __future__ import annotations

import subprocess
import sys

LOOK = """
import integration.core.words.loaded
from integration.core.words import index, numbers, vocabulary
for table in (index.index_of_phrases, numbers.languages, vocabulary.files):
    assert table.cache_info().currsize, table
"""


def test_every_word_list_is_read_when_it_is_imported() -> None:
    subprocess.run([sys.executable, "-c", LOOK], check=True)
