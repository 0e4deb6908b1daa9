"""Where the text of HTML is parted: tags, comments, entities and white space.

Everything is possessive, with an end that is always found: no character is read twice. Whatever is
looked for begins with a character of its own, so that C runs from one to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.attributes import ENTITY
from integration.core.text.elements import RAW
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTRIBUTES: Final = r"[^>=]*+(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')?[^>=]*+)*+(?:>|\Z)"


def _in_any_case(name: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


_RAW_TEXT: Final = "|".join(
    rf"{_in_any_case(name)}(?![\w:.-]){_ATTRIBUTES}(?:[^<]++|<(?!(?i:/{name})))*+" for name in RAW
)
"""A script or style with all that stands in it, up to the tag that closes it."""
_COMMENTED: Final = r"(?:[^-]++|-(?!-!?>))*+"
_MARKUP: Final = (
    rf"<(?:{_RAW_TEXT}|/?[a-zA-Z]{_ATTRIBUTES}"
    rf"|!--(?:-?>|{_COMMENTED}(?:--!?>|\Z))|!\[CDATA\[|[!?/][^>]*+(?:>|\Z))"
)
_BLANKS: Final = r" [ \t\r\n\f]++|" + "|".join(rf"{one}[ \t\r\n\f]*+" for one in "\n\t\r\f")
_TOKEN: Final = lazy(rf"({_MARKUP}|{ENTITY}|{_BLANKS})")
COMMENT: Final = lazy(rf"<!--(?!-?>)({_COMMENTED})")
NAME: Final = lazy(r"<(/?[a-zA-Z][\w:.-]*+)")
"""Begins a tag."""
_TAG: Final = lazy(rf"</?[a-zA-Z]{_ATTRIBUTES}")

_RARE: Final = {
    "<": lazy(_MARKUP),
    "&": lazy(ENTITY),
    "  ": lazy(r"  (?<![ \t\r\n\f]  )[ \t\r\f]*+(?!\n)"),
}
"""Tokens by what they begin with; of white space only that which holds no end of a line."""
_BEHIND_ONE_SPACE: Final = {
    blank: lazy(rf"{blank}(?<![\t\r\n\f]{blank})(?<![ \t\r\n\f] {blank})[ \t\r\f]*+(?!\n)")
    for blank in "\t\r\f"
}
"""The same of white space that may begin with one space before it."""
_DENSE: Final = 64
"""Characters to a tag: with fewer of them it is quicker to look for all tokens at once."""


def split(source: str) -> list[str]:
    """Return `source` in pieces: a text, a token, a text, and so on to a last text."""
    return _TOKEN.split(source)


def split_lines(source: str) -> list[str]:
    """Return the same of a text in which tokens are rare; ends of lines may be a part of texts."""
    if source.count("<") * _DENSE > len(source):
        return split(source)
    spans = [
        token.span()
        for begin, tokens in _RARE.items()
        if begin in source
        for token in tokens.finditer(source)
    ]
    for blank, tokens in _BEHIND_ONE_SPACE.items():
        if blank in source:
            spans += (_with_space(source, *token.span()) for token in tokens.finditer(source))
    read: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            read += (source[at:start], source[start:end])
            at = end
    read.append(source[at:])
    return read


def _with_space(source: str, start: int, end: int) -> tuple[int, int]:
    return start - source.endswith(" ", 0, start), end


def tag_end(token: str) -> int:
    """Return where the tag ends that `token` begins with, 0 for what is no tag."""
    tag = _TAG.match(token)
    return tag.end() if tag else 0


def tags_in(source: str) -> Iterator[tuple[int, int]]:
    """Yield where the tags of a page stand, not those in comments and scripts."""
    at = 0
    for text, token in zip(*(iter(split(source)),) * 2, strict=False):
        at += len(text)
        if end := tag_end(token):
            yield at, at + end
        at += len(token)
