"""Downloads of files, where file messages say: relative to the host, with the key in the header."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, Response, request

from connectors.liveagent.simulator.web import Context, found


def register_downloads(app: Flask, context: Context) -> None:
    """Add /scripts/file.php."""

    def download() -> Response:
        with context.store.lock:
            context.gate.v3(request)
            wanted = request.args.get("file", "")
            match = next((f for f in context.store.files.values() if f.hash == wanted), None)
            stored = found(match, "File")
        how = "inline" if request.args.get("view") == "Y" else "attachment"
        disposition = f"{how}; filename*=UTF-8''{quote(stored.name)}"
        headers = {"Content-Disposition": disposition}
        return Response(stored.content, headers=headers, content_type=stored.media_type)

    app.add_url_rule("/scripts/file.php", "download", download)
