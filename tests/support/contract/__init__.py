"""What every connector promises, as one suite: a connector's own test file is three lines.

The helpdesk behind it is a simulator or a real server; `HelpdeskUnderTest` is all that is asked of
it. Faults are put on the wire by `responses`, so that they are the same for every helpdesk.
"""

from __future__ import annotations

from support.contract.access import Access
from support.contract.failures import Failures
from support.contract.lists import Lists
from support.contract.reading import Reading
from support.contract.writing import Writing


class ConnectorContract(Reading, Writing, Lists, Access, Failures):
    """The whole suite. A subclass names its helpdesk."""
