from __future__ import annotations

import json

import pytest

from integration.core.detection import find, mask

VISA = "4111111111111111"
MASK = "[card visa **** 1111]"
CODE = "[security code removed]"


@pytest.mark.parametrize(
    ("source", "done"),
    [
        ("<input name=card value={}>", '<input name=card value="{}">'),
        ("<input value={}/><p>", '<input value="{}/"><p>'),
        ("<a href=tel:{}>", '<a href="tel:{}">'),
        (
            "<a href=https://example.com/?card={}&a=1 x>",
            '<a href="https://example.com/?card={}&a=1" x>',
        ),
        ("<a title='x y={}'>", "<a title='x y={}'>"),
        ('<a title="{}" b=c>', '<a title="{}" b=c>'),
        ("<b>x={}", "<b>x={}"),
        ('<a title="<input value={}><b">', '<a title="<input value={}><b">'),
        ("<script>a<b n={}</script><i n={}>", '<script>a<b n={}</script><i n="{}">'),
        ("<script>a<b n={}", "<script>a<b n={}"),
        ("<!-- <b n={}> -->", "<!-- <b n={}> -->"),
        ("1 < 2, x={}", "1 < 2, x={}"),
        ("<a {}>", "<a {}>"),
        ("{}", "{}"),
    ],
)
def test_a_mask_in_a_tag_stands_in_quotes(source: str, done: str) -> None:
    page = source.format(VISA, VISA)
    masked = mask(page, find(page, "text/html"), media_type="text/html")
    assert masked == done.format(MASK, MASK)
    assert find(masked, "text/html") == []


def test_two_masks_in_one_value_stand_in_one_pair_of_quotes() -> None:
    page = f"<a href=https://example.com/?card={VISA}&cvv=123>"
    done = mask(page, find(page, "text/html"), media_type="text/html")
    assert done == f'<a href="https://example.com/?card={MASK}&cvv={CODE}">'


@pytest.mark.parametrize(
    ("source", "done"),
    [
        ('{"card": 4111111111111111, "cvv": 123}', {"card": MASK, "cvv": CODE}),
        ('{"card": "4111111111111111"}', {"card": MASK}),
        ('["card", 4111111111111111]', ["card", MASK]),
        ('{"text": "card 4111111111111111, thanks"}', {"text": f"card {MASK}, thanks"}),
        ("4111111111111111", MASK),
        ('["a \\\\", "is, 4111111111111111, it"]', ["a \\", f"is, {MASK}, it"]),
    ],
    ids=["fields", "string", "array", "words", "alone", "commas"],
)
def test_json_stays_json(source: str, done: object) -> None:
    kind = "application/json"
    assert json.loads(mask(source, find(source, kind), media_type=kind)) == done
