from __future__ import annotations

from itertools import chain

from integration.core.cards import named
from integration.core.detection import find
from integration.core.text.reading import read
from integration.core.words import labels, rarest, stems, telling
from integration.core.words.stems import Remembered

CARD = "4111111111111111"


def test_nothing_that_holds_a_digit_is_remembered() -> None:
    words = (CARD, "123", f"x{CARD}", "\u0664\u0661\u0661", "letters")
    seen = Remembered(str.upper)
    assert [seen[word] for word in words] == [word.upper() for word in words]
    assert list(seen) == ["letters"]


def test_no_figures_of_a_text_stay_in_memory() -> None:
    text = f"card {CARD} cvv 987 pin 4321 exp 12/27 kode987 9876543 digits"
    labels.labels_in(text)
    telling.says(read(text), 0, len(text))
    telling.says(read(f"{text} карта"), 0, len(text))
    stems.stem_of(CARD)
    find(f"is my card {text}")
    remembered = (labels._WORDS, telling._OF_WORDS, rarest.OF_PHRASES, stems._STEMS)
    words = [word for words in (*remembered, named._LAST_OF_LINK) for word in words]
    words += [
        word.decode("latin-1")
        for word in chain(telling._OF_LATIN, telling._LATIN_STEMS, *telling._SILENT.values())
    ]
    assert not [word for word in words if any(map(str.isdigit, word))]


def test_what_is_remembered_has_an_end() -> None:
    seen = Remembered(len)
    for number in range(stems.MOST_REMEMBERED + 1):
        assert seen["x" * (number % 20) + chr(0x4E00 + number)]
    assert 0 < len(seen) < 100
    assert seen["y" * 40] == 40
    assert "y" * 40 not in seen


def test_words_that_say_nothing_are_remembered_up_to_an_end(monkeypatch) -> None:
    monkeypatch.setattr(telling, "MOST_REMEMBERED", 0)
    telling._SILENT.clear()
    assert telling.says(read("see you soon"), 0, 12, telling.CARD) == 0
    assert telling._SILENT[telling.CARD] == set()
