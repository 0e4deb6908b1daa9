from __future__ import annotations

import pytest
from support.contract import ConnectorContract

from tests.e2e.rt_under_test import WITHOUT_EXTENSION, RtUnderTest

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


class TestRequestTracker(ConnectorContract):
    @pytest.fixture
    def desk(self, rt):
        return RtUnderTest(rt)


class TestRequestTrackerWithoutTheExtension(ConnectorContract):
    @pytest.fixture
    def desk(self, rt):
        return RtUnderTest(rt, WITHOUT_EXTENSION)
