"""The elements of HTML: what each leaves between its two sides for a reader."""

from __future__ import annotations

from typing import Final

from integration.core.text.lazy import lazy

INLINE: Final = "\u200b"
"""An inline tag leaves no gap for a reader, but the two sides may still be two numbers."""

# https://html.spec.whatwg.org/multipage/indices.html#elements-3 and #obsolete
_BLOCKS = """
    address article aside blockquote body br button caption center col colgroup dd details dialog
    dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head
    header hgroup hr html iframe legend li link listing main menu meta nav noframes noscript ol
    optgroup option p pre search section select summary table tbody textarea tfoot thead title tr
    ul xmp
"""
_CELLS = ("td", "th")
_WORDS = "sub sup"
_INLINES = """
    a abbr acronym applet area audio b base basefont bdi bdo bgsound big blink canvas cite code
    data datalist del dfn em embed font i img ins isindex kbd label map mark marquee meter nobr
    object output param picture plaintext progress q rb rp rt rtc ruby s samp script slot small
    source spacer span strike strong style svg template time track tt u var video wbr
    path g text tspan circle rect line polygon polyline ellipse defs use image
    clippath lineargradient radialgradient stop symbol
"""
_OFFICE: Final = frozenset({"o", "v", "w", "x", "m", "st1", "st2", "dt", "wps", "wpg"})
"""Prefixes of the elements that Word and Excel add."""

RAW: Final = ("script", "style")
"""Elements whose text holds no tags and is not shown."""
CONTROLS: Final = ("input",)
"""Elements that show the value of an attribute."""
KEEPS_LINES: Final = ("pre", "textarea", "listing", "xmp")
"""Elements that show where their lines end."""
SPECIAL: Final = frozenset(
    slash + name
    for names, slashes in ((RAW, ("",)), (CONTROLS, ("",)), (KEEPS_LINES, ("", "/")))
    for name in names
    for slash in slashes
)
"""Tags that do more than to part their two sides."""

_GAPS: Final = {
    slash + name: gap
    for gap, names in (
        ("\n", _BLOCKS.split()),
        ("\t", _CELLS),
        (" ", _WORDS.split()),
        (INLINE, _INLINES.split()),
        (" ", CONTROLS),
    )
    for name in names
    for slash in ("", "/")
}
_OF_ANY_TEXT = """
    a b big br div em font i li ol p s small span strike strong sub sup table tbody td th tr tspan
    tt u ul wbr
"""


def _with_bare_tags(gaps: dict[str, str]) -> dict[str, str]:
    return gaps | {f"<{name}>": gap for name, gap in gaps.items() if name not in SPECIAL}


HTML: Final = _with_bare_tags(_GAPS)
"""What tags leave between their two sides: by name, and by all of a tag that does nothing else."""
XML: Final = _with_bare_tags(
    {slash + name: _GAPS[slash + name] for name in _OF_ANY_TEXT.split() for slash in ("", "/")}
)
"""The same for XML: what texts are made of; any other element has a name that says something."""

# No number may be read that stands nowhere in the text; the digit of CVV2 is a part of its name.
_WORD_BORDER = lazy(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+|\d{2,}|(?<![a-zA-Z])\d|[013-9]")


def words_of(name: str) -> str:
    """Return the words of a name that a program gave.

    >>> words_of("cardNumber"), words_of("card_cvv[]")
    ('card Number', 'card cvv ')
    """
    return _WORD_BORDER.sub(" ", name)


def gap_of(name: str) -> str:
    """Return what a tag leaves that is not known: its name is a label of what it holds."""
    prefix, _, bare = name.rpartition(":")
    if name.startswith("/"):
        return INLINE if prefix[1:].lower() in _OFFICE else "\n"
    return INLINE if prefix.lower() in _OFFICE else f"\n{words_of(bare)}: "
