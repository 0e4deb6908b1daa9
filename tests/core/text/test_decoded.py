from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.text import BARRIER, Decoded, Sealed, decode
from integration.core.text.builder import Builder
from integration.core.text.decoded import NOWHERE, UNSEEN


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "text/csv", "text/markdown", "image/png", "", ";;", "TEXT/PLAIN; x=y"],
)
@given(text=st.text(st.characters(exclude_characters="<&=\\")), data=st.data())
def test_plain_text_maps_to_itself(media_type: str, text: str, data: st.DataObject) -> None:
    decoded = decode(text, media_type)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert decoded.text == text.replace(BARRIER, UNSEEN)
    assert decoded.source(start, end) == (((start, end),) if start < end else ())


def test_an_atom_is_never_cut() -> None:
    built = Builder("a&amp;b")
    built.verbatim(0, 1)
    built.atom("&", 1, 6)
    built.verbatim(6, 7)
    decoded = built.build()
    assert decoded.text == "a&b"
    assert decoded.source(1, 2) == ((1, 6),)
    assert decoded.source(0, 3) == ((0, 7),)


def test_what_came_from_a_range_is_found_again_in_the_text() -> None:
    built = Builder("a&amp;bcd")
    built.gap("\n")
    built.verbatim(0, 1)
    built.atom("&", 1, 6)
    built.verbatim(6, 9)
    decoded = built.build()
    assert decoded.text == "\na&bcd"
    assert decoded.place(0, 1) == (1, 2)
    assert decoded.place(2, 8) == (2, 5)  # an entity is there as a whole
    assert decoded.place(7, 9) == (4, 6)
    assert decoded.place(9, 12) is None
    assert Decoded("abc").place(1, 2) == (1, 2)


def test_what_has_nothing_behind_it_maps_to_nothing() -> None:
    built = Builder("ab")
    built.verbatim(0, 1)
    built.gap("\n")
    built.verbatim(1, 2)
    assert built.build().source(1, 2) == ()
    assert built.build().source(0, 3) == ((0, 2),)


def built(*parts: tuple[str, int, int]) -> Decoded:
    builder = Builder("")
    for part in parts:
        builder.atom(*part)
    return builder.build()


def test_two_maps_follow_each_other() -> None:
    outer = built(("x&l", 10, 13), ("t;y", 20, 23))
    through = outer.under(built(("x", 0, 1), ("<", 1, 5), ("y", 5, 6)))
    assert through.text == "x<y"
    assert through.source(0, 1) == ((10, 11),)
    assert through.source(1, 2) == ((11, 22),)  # the entity spans both outer parts
    assert through.source(2, 3) == ((22, 23),)


def test_three_maps_follow_each_other() -> None:
    outer = built(("ab", 10, 12), ("c", 20, 25))
    through = outer.under(built(("a", 0, 1), ("B", 1, 3))).under(built(("=", 0, 1), ("b", 1, 2)))
    assert through.text == "=b"
    assert through.pieces == ((0, 1, 10, 11), (1, 1, 11, 25))


def test_what_came_from_nowhere_in_the_outer_text_comes_from_nowhere() -> None:
    outer = built(("ab", 0, 2), ("--", NOWHERE, NOWHERE), ("cd", 2, 4))
    through = outer.under(Decoded("ab--cd"))
    assert through.text == "ab--cd"
    assert through.source(1, 5) == ((1, 3),)
    assert through.source(2, 4) == ()


def test_an_atom_that_two_parts_hold_is_one_range() -> None:
    through = built(("ab", 10, 19)).under(built(("a", 0, 1), ("b", 1, 2)))
    assert through.source(0, 2) == ((10, 19),)


def test_an_atom_with_nothing_behind_it_vanishes_from_the_map() -> None:
    assert built().under(built(("x", 5, 9))).pieces == ()


def test_what_the_outer_text_has_aside_stays_behind_what_is_read_again() -> None:
    outer = decode("a&amp;lt;b<!--111-->", "text/html")
    assert outer.text == f"a<b{BARRIER}111"
    assert outer.source(4, 7) == ((14, 17),)
    assert outer.source(0, 3) == ((0, 10),)
    assert outer.pieces[-1] == (4, 3, 14, 17)


def test_a_base64_part_is_sealed_in_lines_of_76_with_its_own_line_ends() -> None:
    part = Sealed(0, 0, "", "text/plain", "base64", "utf-8", "\r\n")
    first, second = part.seal("å" * 40).split("\r\n")
    assert len(first) == 76
    assert second


def test_words_of_a_header_are_sealed_as_encoded_words() -> None:
    part = Sealed(0, 0, "", "text/plain", "words")
    assert part.seal("Kjøp").startswith("=?utf-8?")
