"""Schemathesis makes requests up from the OpenAPI document, right ones and wrong ones, and looks at every answer.

Left out: ``positive_data_acceptance``. A made-up id is no product of the shop, and the standard answers that with 400.
"""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

EXAMPLES = int(os.environ.get("TOURDEE_OCTO_EXAMPLES", "3"))  # of each operation and each way to make one up
checks.load_all_checks()
LEFT_OUT = checks.CHECKS.get_by_names(["positive_data_acceptance"])
schema = schemathesis.openapi.from_wsgi("/octo/docs/openapi.json", get_wsgi_application())
schema.config.update(base_url="http://localhost/octo/mali-tours")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A real server gives its connection back after each request; here the test lives in it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
def test_nothing_is_found(case, program, departure):
    case.call_and_validate(
        headers={"Authorization": program.headers["Authorization"]}, excluded_checks=list(LEFT_OUT)
    )  # fmt: skip
