"""Makes a customer's HTML safe to show: few tags, no attributes but safe links, all closed."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

_KEPT = frozenset(
    {"p", "div", "span", "b", "strong", "i", "em", "u", "s", "small", "blockquote", "pre", "code"}
    | {"ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "a"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
_VOID = frozenset({"br", "hr"})
_SILENT = frozenset({"script", "style", "head", "title", "template", "iframe", "object", "svg"})
_LINK_SCHEMES = frozenset({"http", "https", "mailto"})


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a kept tag again, without its attributes."""
        if tag in _SILENT:
            self._silent += 1
        elif self._silent:
            return
        elif tag in _VOID:
            self._out.append(f"<{tag}>")
        elif tag in _KEPT:
            self._open.append(tag)
            self._out.append(f"<{tag}{_link(tag, attrs)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat `<br/>` as `<br>`; other empty tags hold nothing to show."""
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close what is open down to that tag."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif not self._silent and tag in self._open:
            while self._open:
                last = self._open.pop()
                self._out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Keep the text, escaped."""
        if not self._silent:
            self._out.append(escape(data))

    def result(self) -> str:
        """The clean markup with every tag closed."""
        return "".join([*self._out, *(f"</{tag}>" for tag in reversed(self._open))])


def _link(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    target = dict(attrs).get("href") if tag == "a" else None
    if not target or _scheme(target) not in _LINK_SCHEMES:
        return ""
    return f' href="{escape(target)}" rel="noopener noreferrer nofollow"'


def _scheme(target: str) -> str:
    try:
        return urlsplit(target.strip()).scheme.lower()
    except ValueError:
        return ""


def clean(markup: str) -> str:
    """Return markup that can stand in a page."""
    cleaner = _Cleaner()
    cleaner.feed(markup)
    cleaner.close()
    return cleaner.result()
