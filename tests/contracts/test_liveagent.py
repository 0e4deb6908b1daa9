from __future__ import annotations

from support.contract import ConnectorContract
from support.liveagent_under_test import LiveAgentUnderTest


class TestLiveAgent(ConnectorContract):
    helpdesk = LiveAgentUnderTest
