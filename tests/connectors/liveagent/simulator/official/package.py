"""Fetch LiveAgent's own JavaScript client from the npm registry, into a folder that git ignores.

Nothing of it is kept here: it is the vendor's. It is taken only as it was when it was read, by the
checksum that the registry gives for it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from pathlib import Path
from urllib.request import urlopen

FOLDER = Path(__file__).parents[5] / ".cache" / "liveagent-api-0.0.4"
_ADDRESS = "https://registry.npmjs.org/@qualityunit/liveagent-api/-/liveagent-api-0.0.4.tgz"
_SHA512 = "PYpc760aKZPC7BukGedQJile0ldnHibxPKL5hzn9jsPTLLr1rzLbeoYzoCOOttD48bYRDR6AeJnEwceOXzB4yA=="
_SECONDS = 60


def fetch() -> None:
    """Download and unpack it unless it is there; SystemExit when it is not what it was."""
    if FOLDER.exists():
        return
    with urlopen(_ADDRESS, timeout=_SECONDS) as answer:
        content = answer.read()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != _SHA512:
        raise SystemExit("The package is not the one that was read: its checksum differs.")
    unpacking = FOLDER.with_name("unpacking")
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(unpacking, filter="data")
    (unpacking / "package").rename(FOLDER)
    unpacking.rmdir()


if __name__ == "__main__":
    fetch()
