from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, update

from integration.core.errors import PermanentError
from integration.services.chain import verify as verify_chain
from integration.storage import Database, open_store
from integration.storage.records import canonical
from integration.storage.schema import audit


@pytest.fixture
def chain(store, clock):
    """Five records of one account and one of another; the links."""
    with store.transaction() as tables:
        links = []
        for number in range(5):
            clock.sleep(1)
            record = {"outcome": "gone", "surface": f"message:{number}"}
            links.append(tables.audit.append("acme", record, at=clock.now()))
        tables.audit.append("other", {"outcome": "manual"}, at=clock.now())
    return links


@pytest.fixture
def tamper(database_url):
    """Change the table behind the product's back."""
    database = Database(database_url)

    def tamper(*statements):
        with database.transaction() as connection:
            for statement in statements:
                connection.execute(statement)

    yield tamper
    database.dispose()


def verify(store, **kwargs):
    return verify_chain(store, "acme", **kwargs).wrong


def link(seq):
    return (audit.c.account == "acme") & (audit.c.seq == seq)


def test_an_untouched_chain_holds(store, chain):
    assert verify(store) is None
    assert verify(store, anchor=(5, chain[-1].mac)) is None
    assert verify(store, anchor=(2, chain[1].mac)) is None


def test_an_empty_chain_holds_unless_it_was_anchored(store):
    assert verify(store) is None
    assert "ends before" in verify(store, anchor=(1, "00"))


def test_links_are_read_back_in_order_as_they_were_appended(store, chain):
    with store.transaction() as tables:
        assert list(tables.audit.rows("acme")) == chain
        assert list(tables.audit.rows("acme", since=chain[3].at)) == chain[3:]
        assert list(tables.audit.rows("acme", after=chain[2].seq)) == chain[3:]
        assert tables.audit.head("acme") == chain[-1]
        assert tables.audit.head("nobody") is None
    assert [row.seq for row in chain] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "change",
    [
        {"record": '{"outcome":"residual","surface":"message:2"}'},
        {"at": None},
        {"mac": "00" * 32},
    ],
    ids=["its record", "its time", "its mac"],
)
def test_an_edited_record_is_found(store, chain, tamper, change):
    if change.get("at", 1) is None:
        change = {"at": chain[3].at}
    tamper(update(audit).where(link(3)).values(change))
    assert "Record 3 of acme does not fit" in verify(store)


def test_a_removed_record_is_found(store, chain, tamper):
    tamper(delete(audit).where(link(3)))
    assert verify(store) == "Record 3 of acme is missing."


def test_a_removed_first_record_is_found(store, chain, tamper):
    tamper(delete(audit).where(link(1)))
    assert verify(store) == "Record 1 of acme is missing."


def test_a_removed_record_is_found_though_the_others_were_renumbered(store, chain, tamper):
    tamper(
        delete(audit).where(link(3)),
        update(audit).where(link(4)).values(seq=3),
        update(audit).where(link(5)).values(seq=4),
    )
    assert "Record 3 of acme does not fit" in verify(store)


def test_two_swapped_records_are_found(store, chain, tamper):
    tamper(
        update(audit).where(link(2)).values(seq=99),
        update(audit).where(link(3)).values(seq=2),
        update(audit).where(link(99)).values(seq=3),
    )
    assert "Record 2 of acme does not fit" in verify(store)


def test_a_record_moved_to_another_account_is_found(store, chain, tamper):
    tamper(
        delete(audit).where(audit.c.account == "acme", audit.c.seq > 1),
        delete(audit).where(link(1)),
        update(audit).where(audit.c.account == "other").values(account="acme"),
    )
    assert "Record 1 of acme does not fit" in verify(store)


def test_another_key_does_not_verify(chain, database_url, clock):
    other = open_store(database_url, clock=clock, audit_key=b"another key")
    assert "Record 1 of acme does not fit" in verify(other)
    other.close()


def test_a_chain_cut_at_its_end_is_found_by_its_anchor_only(store, chain, tamper):
    tamper(delete(audit).where(link(5)))
    assert verify(store) is None
    assert verify(store, anchor=(5, chain[-1].mac)) == (
        "Record 5 of acme was anchored, but the chain ends before it."
    )


def test_a_chain_written_anew_is_found_by_its_anchor_only(store, chain, tamper, clock):
    tamper(delete(audit).where(audit.c.account == "acme"))
    with store.transaction() as tables:
        for _ in range(5):
            tables.audit.append("acme", {"outcome": "gone"}, at=clock.now())
    assert verify(store) is None
    assert "not the one that was anchored" in verify(store, anchor=(5, chain[-1].mac))


def test_a_link_put_in_from_an_older_chain_is_found(store, chain, tamper, clock):
    tamper(delete(audit).where(audit.c.account == "acme"))
    with store.transaction() as tables:
        for _ in range(5):
            tables.audit.append("acme", {"outcome": "residual"}, at=clock.now())
    old = chain[2]
    tamper(
        update(audit).where(link(3)).values(at=old.at, record=canonical(old.record), mac=old.mac)
    )
    assert "Record 3 of acme does not fit" in verify(store)


def test_threads_that_append_at_once_make_one_chain(store, clock):
    def append(_):
        with store.transaction() as tables:
            return tables.audit.append("acme", {"outcome": "gone"}, at=clock.now()).seq

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(append, range(60)))
    assert sorted(numbers) == list(range(1, 61))
    assert verify(store) is None


def test_a_record_and_its_outcome_are_stored_together_or_not_at_all(store, clock):
    class PulledThePlug(Exception):
        pass

    def work_half_done():
        with store.transaction() as tables:
            tables.audit.append("acme", {"outcome": "gone"}, at=clock.now())
            raise PulledThePlug

    with pytest.raises(PulledThePlug):
        work_half_done()
    with store.transaction() as tables:
        assert tables.audit.head("acme") is None


def test_a_record_with_card_data_is_refused(store, clock):
    with pytest.raises(PermanentError) as caught, store.transaction() as tables:
        tables.audit.append("acme", {"why": "5555 5555 5555 4444"}, at=clock.now())
    assert caught.value.reason == "card_in_record"


def test_a_long_chain_is_verified_page_by_page(store, clock):
    with store.transaction() as tables:
        for number in range(1201):
            tables.audit.append("acme", {"number": number}, at=clock.now())
    assert verify(store) is None
