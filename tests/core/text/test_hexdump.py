"""Dumps of bytes in a message: a number in them goes over several rows, and stands there twice."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.spans import Kind
from integration.core.text import decode
from integration.core.text.hexdump import opened

CARD = "4556737586899855"
MESSAGE = f"SALE|TID=41007712|card={CARD}|NOK|0000045000|".encode()
WIDTH = 16


def rows(data: bytes) -> list[tuple[int, bytes]]:
    return [(at, data[at : at + WIDTH]) for at in range(0, len(data), WIDTH)]


def seen(data: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)


def grouped(data: bytes, size: int, step: int = 1) -> str:
    return " ".join(data[at : at + size][::step].hex() for at in range(0, len(data), size))


def xxd(data: bytes) -> str:
    return "\n".join(f"{at:08x}: {grouped(row, 2):<39}  {seen(row)}" for at, row in rows(data))


def hexdump(data: bytes) -> str:
    return "\n".join(
        f"{at:08x}  {grouped(row[:8], 1):<23}  {grouped(row[8:], 1):<23}  |{seen(row)}|"
        for at, row in rows(data)
    )


def tcpdump(data: bytes) -> str:
    return "\n".join(f"\t0x{at:04x}:  {grouped(row, 2):<39}  {seen(row)}" for at, row in rows(data))


def od(data: bytes) -> str:
    return "\n".join(f"{at:07o} {grouped(row, 2, -1)}" for at, row in rows(data))


def od_of_four(data: bytes) -> str:
    return "\n".join(f"{at:07d} {grouped(row, 4, -1)}" for at, row in rows(data))


def od_of_letters(data: bytes) -> str:
    return "\n".join(
        f"{at:07o}" + "".join(f"{chr(byte):>4}" for byte in row) for at, row in rows(data)
    )


def bare(data: bytes) -> str:
    return "\n".join(data[at : at + 30].hex() for at in range(0, len(data), 30))


def in_ebcdic(data: bytes) -> str:
    data = data.decode().encode("cp037")
    return "\n".join(f"{at:08x}: {grouped(row, 2):<39}" for at, row in rows(data))


def ebcdic_with_text(data: bytes) -> str:
    written = data.decode().encode("cp037")
    shown = [seen(row) for _, row in rows(data)]
    lines = in_ebcdic(data).splitlines()
    assert len(written) == len(data)
    return "\n".join(f"{line}  {text}" for line, text in zip(lines, shown, strict=True))


def debug(data: bytes) -> str:
    return "\n".join(
        f"0B3F:{0x100 + at:04X}  {grouped(row[:8], 1)}-{grouped(row[8:], 1):<23}   {seen(row)}"
        for at, row in rows(data)
    )


def mainframe(data: bytes) -> str:
    lines = []
    for (at, row), (_, shown) in zip(rows(data.decode().encode("cp037")), rows(data), strict=True):
        lines.append(f"{at:06X}  {grouped(row, 4).upper():<35}  *{seen(shown):<16}*")
    return "\n".join(lines)


def quoted(data: bytes) -> str:
    return "\n".join(f"> {line}" for line in xxd(data).splitlines())


DUMPS = (
    *(xxd, hexdump, tcpdump, od, od_of_four, od_of_letters, bare, in_ebcdic, ebcdic_with_text),
    *(debug, mainframe, quoted),
)


def legible(text: str) -> str:
    """What somebody reads in a dump, by its bytes and by the text beside them."""
    return decode(text).text


@pytest.mark.exhaustive
@pytest.mark.parametrize("dump", DUMPS)
def test_a_number_in_a_dump_is_removed_from_the_bytes_and_from_the_text(
    dump: Callable[[bytes], str],
) -> None:
    text = f"The request:\n\n{dump(MESSAGE)}\n\nWhat is wrong?"
    assert CARD in legible(text)
    done = mask(text, find(text))
    assert "[card visa **** 9855]" in done
    assert CARD not in legible(done)
    assert CARD[:12] not in "".join(filter(str.isdigit, done))
    assert find(done) == []
    assert done.startswith("The request:")
    assert done.endswith("What is wrong?")


CHIP = bytes.fromhex(f"70225F201A5A08{CARD}5F2403281231")


@pytest.mark.parametrize(
    "dump",
    [
        *(xxd, hexdump, tcpdump),
        lambda data: "".join(f"\\x{byte:02x}" for byte in data),
        lambda data: ", ".join(f"0x{byte:02X}" for byte in data),
        lambda data: data.hex(" "),
        lambda data: data.hex(":").upper().replace("0A", "0a"),
        lambda data: "\n     ".join(row.hex(" ").upper() for _, row in rows(data)),
        lambda data: ",\n".join(
            ", ".join(f"0x{byte:02X}" for byte in row) for _, row in rows(data)
        ),
    ],
    ids=[
        "xxd",
        "hexdump",
        "tcpdump",
        "escaped",
        "listed",
        "apart",
        "colons",
        "wrapped",
        "listed over lines",
    ],
)
def test_two_digits_of_a_byte_are_two_of_a_number_in_the_data_of_a_chip(
    dump: Callable[[bytes], str],
) -> None:
    text = f"READ RECORD:\n{dump(CHIP)}\nand no more"
    spans = find(text)
    assert {span.kind for span in spans} >= {Kind.PAN}
    done = mask(text, spans)
    assert f"{CARD[:4]}" not in re.sub(r"\\x|0x|[ :,\n]", "", done)
    assert [span for span in find(done) if span.kind is Kind.PAN] == []


def test_a_dump_in_a_page_is_read_too() -> None:
    page = f"<p>Here:</p><pre>{hexdump(MESSAGE)}</pre><p>Thanks</p>"
    done = mask(page, find(page, "text/html"), media_type="text/html")
    assert CARD not in decode(done, "text/html").text
    assert done.endswith("</pre><p>Thanks</p>")


def test_two_dumps_are_read_apart() -> None:
    first, second = xxd(b"first: 45567375"), xxd(b"86899855 is no part of it")
    text = f"{first}\n\nand then\n\n{second}"
    assert [span for span in find(text) if span.kind is Kind.PAN] == []


@pytest.mark.parametrize(
    "text",
    [
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8 3132333435363738393031",
        "order 00001234 12 pieces\norder 00001235 13 pieces",
        "00000000: 0a\n00000010: 0b",
        "0000000   a   b\n0000020   c   d",
    ],
    ids=["a hash", "a list", "bytes that are no figures", "letters"],
)
def test_what_holds_no_number_stays_as_it_is(text: str) -> None:
    assert decode(text).text.startswith(text)
    assert find(text) == []


@given(st.binary(max_size=200), st.sampled_from((xxd, hexdump, tcpdump, od, bare)))
def test_any_bytes_are_read_as_they_stand_and_masked_once(
    data: bytes, dump: Callable[[bytes], str]
) -> None:
    text = dump(data)
    decoded = opened(text)
    assert decoded is None or decoded.text[: decoded.shown] == text
    done = mask(text, find(text))
    assert mask(done, find(done)) == done


@pytest.mark.parametrize("joint", [", ", ",\n    ", " ", ",  "])
def test_a_long_list_of_bytes_that_is_cut_off_is_read(joint: str) -> None:
    assert find(joint.join(["0x00"] * 2_000) + f"{joint}0x") == []


def test_a_list_may_be_a_number_behind_its_length() -> None:
    text = r"field 2, LL=16: \x16\x45\x56\x73\x75\x86\x89\x98\x55"
    assert mask(text, find(text)) == "field 2, LL=16: \\x16[card visa **** 9855]"


@pytest.mark.parametrize(
    "data",
    [
        "ff00000000000000d9410000ffd8aabb",
        f"05a08{CARD}5f",
        f"00000000{CARD}00000000",
        "cc00615cb4130100000000ae1aeef0f1",
    ],
    ids=["zeros", "half a byte further", "no tag", "letters"],
)
def test_bytes_by_chance_are_no_number(data: str) -> None:
    text = ", ".join(f"0x{byte:02x}" for byte in bytes.fromhex(data + "0" * (len(data) % 2)))
    assert find(text) == []
