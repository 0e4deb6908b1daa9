"""What a person sees of a cleaned account in a real browser: masks, and nothing from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connectors.liveagent.simulator import create
from integration import config
from integration.core.capabilities import Outcome
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.rows import AccountRow
from integration.demo.judge import places_with
from integration.demo.scenario import Card
from integration.runtime import open_runtime
from integration.services import modes
from integration.storage import upgrade

pytestmark = pytest.mark.e2e

CARDS = [Card("4111111111111111"), Card("5555555555554444"), Card("378282246310005")]
VISA, MASTERCARD, AMEX = CARDS
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--window-size=1280,1400",
)


@dataclass
class Browser:
    """A fresh Chromium for each page."""

    folder: Path
    opened: int = 0

    def open(self, url: str, *flags: str) -> tuple[str, set[str]]:
        """The DOM of the page as text, and the addresses that the page asked for."""
        self.opened += 1
        log = self.folder / f"net-{self.opened}.json"
        profile = self.folder / f"profile-{self.opened}"
        own = (f"--user-data-dir={profile}", f"--log-net-log={log}")
        command = ["chromium", *FLAGS, *own, *(flags or ["--dump-dom"]), url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout, asked_for(log, url)


def asked_for(log: Path, page: str) -> set[str]:
    """The page, and what it made the browser ask for: not what the browser asks for by itself."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page))
    events = json.loads(log.read_text())["events"]
    asked = [e["params"] for e in events if "url" in e.get("params", {})]
    return {p["url"] for p in asked if p["url"] == page or p.get("initiator") == origin}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    return Browser(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def desk():
    simulator = create(5)
    simulator.start()
    simulator.set_switches(requests_per_minute=100_000)
    yield simulator
    simulator.stop()


@pytest.fixture(scope="module")
def cleaned(desk, tmp_path_factory):
    """Three tickets, written with cards and cleaned by our product."""
    folder = tmp_path_factory.mktemp("deskwarden")
    loaded = config.load({"DESKWARDEN_DATA_FOLDER": str(folder / "data")}, cwd=folder)
    runtime = open_runtime(loaded)
    upgrade(loaded.database_url)
    facts = desk.credentials()
    settings = {
        "url": facts["url"],
        "bot_agent": facts["bot_user"],
        "contact_email": facts["contact_email"],
        "mail_account": facts["mail_account"],
        "findings_department": facts["compliance_department"],
        "requests_per_minute": 0,
    }
    keys = {"v3_key": facts["v3_key"], "v1_key": facts["v1_key"]}
    runtime.connect_account(AccountRow("acme", "liveagent", settings, b""), keys)
    mail_checked, now = not desk.outbox(), runtime.clock.now()
    modes.set_mode(runtime.store, "acme", Mode.ENFORCE, now=now, mail_checked=mail_checked)
    tracked = f'<p>Mitt kort: <b>{MASTERCARD:tags}</b></p><img src="https://tracker.example/p.gif">'
    tickets = [
        desk.customer_writes(f"Card {VISA:spaced}", f"Please charge {VISA:dashed}. Thank you!"),
        desk.customer_writes("Betaling", tracked, html=True),
        desk.customer_writes("A question", "See the note."),
    ]
    desk.agent_notes(tickets[2], f"Called, it is {AMEX:plain}.")
    opened = runtime.open_desk("acme", Priority.LIVE)
    outcomes = [runtime.redactor(opened).run(ticket).outcome for ticket in tickets]
    opened.connector.close()
    runtime.close()
    assert outcomes == [Outcome.GONE] * 3
    return tickets


def masks(dom: str) -> set[str]:
    return set(re.findall(r"\[card \w+ \*\*\*\* \d{4}\]", dom))


def leaked(dom: str) -> list[str]:
    return [name for card in CARDS for name in places_with(card, [("the page", dom)])]


def test_the_list_of_tickets_shows_masks_and_no_number(browser, desk, cleaned):
    dom, asked = browser.open(f"{desk.credentials()['url']}/agent/")
    assert "Card [card visa **** 1111]" in dom
    assert leaked(dom) == []
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}


def test_cleaned_tickets_show_masked_copies_and_ask_no_one_else(browser, desk, cleaned):
    url = desk.credentials()["url"]
    seen = set()
    for ticket in cleaned:
        dom, asked = browser.open(f"{url}/agent/tickets/{ticket}")
        assert leaked(dom) == []
        assert {urlsplit(one).hostname for one in asked} == {"127.0.0.1"}
        seen |= masks(dom)
    assert seen == {
        "[card visa **** 1111]",
        "[card mastercard **** 4444]",
        "[card amex **** 0005]",
    }


def test_a_page_that_asked_someone_else_would_be_seen(browser, desk, tmp_path):
    """The measure itself: the same log, over a page of ours that is not held back."""
    with desk.app.app_context():
        page = '<img src="http://tracker.invalid/p.gif">'
        desk.app.view_functions["agent outbox"] = lambda: page
    _, asked = browser.open(f"{desk.credentials()['url']}/agent/outbox")
    assert "http://tracker.invalid/p.gif" in asked


def test_a_person_can_look_at_it(browser, desk, cleaned, tmp_path):
    picture = tmp_path / "page.png"
    browser.open(f"{desk.credentials()['url']}/agent/", f"--screenshot={picture}")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 10_000
