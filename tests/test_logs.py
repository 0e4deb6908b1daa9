from __future__ import annotations

import errno
import io
import json
import logging
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration import logs
from integration.core.capabilities import Outcome
from integration.core.errors import HelpdeskUnavailable
from integration.logs import scrub

VISA = "4111 1111 1111 1111"
PLAIN = VISA.replace(" ", "")
MASTERCARD = "5555555555554444"
# A clock may read so in its microseconds.
LAST4 = re.compile(r"(?<!\d)(?:1111|4444)(?!\d)")


@pytest.fixture
def out(log_lines):
    return log_lines


def lines(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def assert_nothing_leaked(stream: io.StringIO) -> None:
    text = stream.getvalue()
    assert text
    digits = "".join(c for c in text if c.isdigit())
    assert PLAIN not in digits
    assert MASTERCARD not in digits
    assert not LAST4.search(text)


class Holder:
    def __repr__(self):
        return f"Holder({PLAIN})"


@pytest.mark.parametrize(
    "say",
    [
        pytest.param(lambda log: log.info(VISA), id="event"),
        pytest.param(lambda log: log.info("got", text=VISA), id="value"),
        pytest.param(lambda log: log.info("got", a={"b": [{"c": PLAIN}]}), id="nested"),
        pytest.param(lambda log: log.info("got", **{PLAIN: 1}), id="key"),
        pytest.param(lambda log: log.info("got", number=int(PLAIN)), id="integer"),
        pytest.param(lambda log: log.info("got", raw=PLAIN.encode()), id="bytes"),
        pytest.param(lambda log: log.info("got", thing=Holder()), id="repr"),
        pytest.param(lambda log: log.info("got", t=VISA.replace(" ", "\n")), id="newlines"),
        pytest.param(lambda log: log.info("got", t=VISA.replace(" ", "\xa0")), id="no-break"),
        pytest.param(lambda log: log.info("a", t=f"{VISA} and {MASTERCARD}"), id="two"),
    ],
)
def test_no_number_leaves_through_our_own_logger(out, say):
    say(logs.get_logger("t"))
    assert_nothing_leaked(out)
    assert len(lines(out)) == 1


@pytest.mark.parametrize(
    "say",
    [
        pytest.param(lambda log: log.warning(VISA), id="message"),
        pytest.param(lambda log: log.warning("got %s", VISA), id="argument"),
        pytest.param(lambda log: log.warning("got %(n)s", {"n": PLAIN}), id="mapping"),
        pytest.param(lambda log: log.warning("got", extra={"text": VISA}), id="extra"),
        pytest.param(lambda log: log.warning("got", stack_info=True), id="stack"),
    ],
)
@pytest.mark.parametrize("name", ["rq.worker", "_granian", "urllib3.connectionpool", "sqlalchemy"])
def test_no_number_leaves_through_a_library(out, name, say):
    number = VISA
    say(logging.getLogger(name))
    assert_nothing_leaked(out)
    assert number


def test_the_arguments_of_a_record_that_cannot_be_written_stay_unsaid(restored_logging, capsys):
    stream = io.StringIO()
    handler = logs.configure(form="json", stream=stream)
    record = logging.LogRecord("t", logging.WARNING, "f", 1, "got %d %d", (PLAIN, VISA), None)
    handler.handle(record)
    assert stream.getvalue() == f"{logs.WITHHELD}\n"
    assert "".join(capsys.readouterr()) == ""


def test_a_stream_that_takes_nothing_does_not_end_the_work(restored_logging):
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    logs.configure(form="json", stream=Full())
    logs.get_logger("x").warning("delivery_not_stored")


def refuse(text: str) -> None:
    raise ValueError(text)


def test_an_exception_shows_its_type_and_place_but_neither_its_text_nor_variables(out):
    secret_variable = f"card {MASTERCARD}"
    try:
        try:
            refuse(f"bad text: {VISA} belongs to Kari")
        except ValueError as error:
            raise HelpdeskUnavailable("the helpdesk did not answer") from error
    except HelpdeskUnavailable:
        logs.get_logger("t").exception("failed")
        logging.getLogger("rq.worker").exception("failed")
    assert_nothing_leaked(out)
    assert "Kari" not in out.getvalue()
    for line in lines(out):
        ours, theirs = line["exception"]
        assert (ours["type"], ours["reason"]) == ("HelpdeskUnavailable", "unavailable")
        assert ours["says"] == "the helpdesk did not answer"
        assert theirs["type"] == "ValueError"
        assert "says" not in theirs
        assert "test_logs.py" in theirs["at"][0]
    assert secret_variable


def test_an_operating_system_error_says_what_the_system_said(out):
    try:
        Path("/nonexistent/4111").read_text()
    except OSError:
        logs.get_logger("t").warning("unreadable", exc_info=True)
    assert lines(out)[0]["exception"][0]["says"] == "No such file or directory"


def test_a_suppressed_context_stays_out(out):
    try:
        try:
            {}["a"]
        except KeyError:
            raise ValueError("b") from None
    except ValueError as error:
        logs.get_logger("t").error("failed", exc_info=error)
    assert [e["type"] for e in lines(out)[0]["exception"]] == ["ValueError"]


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        pytest.param("POST /hooks/liveagent/acme/s3cr3t-t0ken?x=1 202", "s3cr3t", id="hook"),
        pytest.param('{"path": "/hooks/rt/acme/s3cr3t"}', "s3cr3t", id="hook-json"),
        pytest.param("redis://u:s3cr3t@host/0", "s3cr3t", id="userinfo"),
        pytest.param("GET /api/v3/tickets?apikey=s3cr3t&_page=1", "s3cr3t", id="query"),
    ],
)
def test_secrets_in_urls_are_scrubbed(line, secret):
    assert secret not in scrub(line)
    assert logs.REMOVED in scrub(line)


def test_hook_urls_without_a_token_stay_readable():
    assert scrub("POST /hooks/liveagent/acme 202") == "POST /hooks/liveagent/acme 202"


def test_ordinary_lines_stay_as_they_are(out):
    logs.get_logger("t").info(
        "ticket_done", account="acme", ticket="a1b2", outcome=Outcome.GONE, seconds=0.25, n=3,
        at=datetime(2026, 11, 24, tzinfo=UTC), path=Path("/data"), none=None, kinds={"PAN"},
    )  # fmt: skip
    line = lines(out)[0]
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "ticket_done", "level": "info", "logger": "t", "account": "acme",
        "ticket": "a1b2", "outcome": "gone", "seconds": 0.25, "n": 3,
        "at": "2026-11-24 00:00:00+00:00", "path": "/data", "none": None, "kinds": ["PAN"],
    }  # fmt: skip


@given(st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)), st.integers(0, 10**6))  # noqa: DTZ001
def test_times_and_counts_are_not_taken_for_cards(moment, count):
    line = json.dumps({"timestamp": f"{moment.isoformat()}Z", "pid": count, "event": "x"})
    assert scrub(line) == line


@given(st.text(alphabet='0123456789 -\n"\\{}:,', max_size=60))
def test_a_scrubbed_json_line_is_still_json(text):
    line = json.dumps({"event": text})
    json.loads(scrub(line))


def test_a_line_that_cannot_be_mended_is_withheld():
    assert scrub(f'{{"n": {PLAIN}}}') == logs.WITHHELD


def test_a_terminal_gets_text(restored_logging, monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    logs.configure(stream=stream)
    logs.get_logger("t").info("started", port=8080)
    assert "started" in stream.getvalue()
    assert "port=8080" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_levels_are_honoured_for_us_and_for_libraries(restored_logging):
    stream = io.StringIO()
    logs.configure(level="info", form="json", stream=stream)
    logs.get_logger("t").debug("no")
    logging.getLogger("urllib3").info("no")
    logging.getLogger("rq.job").error("no")
    logging.getLogger("granian").info("yes")
    assert [line["event"] for line in lines(stream)] == ["yes"]


def test_what_nobody_caught_is_logged_without_its_text(out):
    thread = threading.Thread(target=refuse, args=(VISA,))
    thread.start()
    thread.join()
    try:
        refuse(VISA)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert [line["event"] for line in lines(out)] == ["uncaught_exception"] * 2
    assert_nothing_leaked(out)


def test_an_interrupt_is_no_error(out):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert out.getvalue() == ""


def test_a_whole_process_leaks_nothing_when_it_dies():
    code = (
        "from integration import logs; logs.configure(form='json'); "
        f"card = '{PLAIN}'; raise RuntimeError(card)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stderr)["exception"][0]["type"] == "RuntimeError"
    assert PLAIN not in done.stderr + done.stdout


@pytest.mark.parametrize(("form", "is_json"), [("auto", False), ("text", False), ("json", True)])
def test_on_a_terminal_the_lines_of_a_server_look_like_ours(form, is_json):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    record = logging.LogRecord("_granian", logging.INFO, "", 0, "Started", (), None)
    assert logs.formatter(form, Terminal()).format(record).startswith("{") is is_json
    assert logs.formatter("auto", io.StringIO()).format(record).startswith("{")


UNCONFIGURED = """
import sys
from integration.logs import get_logger
text = sys.argv[1]
try:
    raise ValueError(text)
except ValueError:
    get_logger("early").exception("too_early", account="acme")
"""


def test_an_exception_before_logging_is_configured_shows_no_values_either():
    done = subprocess.run(
        [sys.executable, "-c", UNCONFIGURED, VISA], capture_output=True, text=True, check=True
    )
    assert "too_early" in done.stderr
    assert VISA not in done.stdout + done.stderr
