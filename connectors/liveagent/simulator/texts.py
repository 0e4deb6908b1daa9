"""Small texts that LiveAgent derives: previews, the rows of a file message, plain text of HTML."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from connectors.liveagent.simulator.records import Message, StoredFile

PREVIEW_LENGTH = 150


def file_rows(stored: StoredFile) -> str:
    """The text of a file message: JSON rows, the first a header (seen in two integrations)."""
    url = stored.download_url
    view = url.replace("?file=", "?view=Y&file=")
    rows = [
        ["name", "value"],
        ["id", stored.id],
        ["name", stored.name],
        ["type", stored.media_type],
        ["size", str(len(stored.content))],
        ["download_url", url],
        ["view_url", view],
    ]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def preview_of(message: Message) -> str:
    """The beginning of a message as ticket lists show it."""
    text = plain(message.text) if message.format in "HY" else message.text
    return " ".join(text.split())[:PREVIEW_LENGTH]


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the text between tags."""
        self.parts.append(data)


def plain(markup: str) -> str:
    """The text of an HTML message without its tags."""
    parser = _TextOnly()
    parser.feed(markup)
    parser.close()
    return "".join(parser.parts)
