"""Submit for ever from several threads; print each subject once it was acknowledged."""

from __future__ import annotations

import sys
import threading
from datetime import UTC, datetime

from integration.storage import Ingest

AT = datetime(2026, 3, 1, tzinfo=UTC)


def main(url: str) -> None:
    ingest = Ingest(url)

    def submit(thread: int) -> None:
        number = 0
        while True:
            subject = f"ticket:{thread}-{number}"
            ingest.submit("acme", subject, due_at=AT, delivery_id=f"{thread}-{number}")
            sys.stdout.write(subject + "\n")
            sys.stdout.flush()
            number += 1

    for thread in range(8):
        threading.Thread(target=submit, args=(thread,)).start()


main(sys.argv[1])
