"""What a reseller's program does: by the acts beneath the interface, and by requests that go through the whole of it."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from unittest import mock

from django.test import Client

from tourdee.channels.octo.actions import bookings, settling
from tourdee.channels.octo.actions.keys import add_reseller, digest_of, make_key
from tourdee.channels.octo.contract.bodies import CancellationBody, ConfirmationBody, ReservationBody
from tourdee.channels.octo.models import Reseller
from tourdee.channels.octo.queries.callers import Caller, caller_of
from tourdee.channels.octo.views.door import budget
from tourdee.core.dates import bangkok_day

from .scenes import Scene


class Octo(Scene):
    """A reseller's program, which keeps a fifth. Its repeated request has the same uuid."""

    def begin(self) -> None:
        self.reseller: Reseller = add_reseller(
            shop=self.shop, name="Klook", email="desk@klook.example", commission_percent=20, by=self.owner, at=self.at
        )
        self.secret = make_key(reseller=self.reseller, by=self.owner, at=self.at).secret
        adult = self.departure.tour.prices.first()
        self.body = {
            "uuid": self.uuid, "productId": self.departure.tour.public_id, "optionId": "DEFAULT",
            "availabilityId": self.departure.public_id, "unitItems": [{"unitId": adult.public_id}] * 2,
        }  # fmt: skip

    @property
    def caller(self) -> Caller:
        today: date = bangkok_day(self.at)
        found = caller_of(slug=self.shop.slug, digest=digest_of(self.secret), on=today)
        assert found
        return found

    def reserve(self) -> None:
        body = ReservationBody.model_validate(self.body)
        bookings.reserve(caller=self.caller, body=body, at=self.at)

    def confirm(self) -> None:
        body = ConfirmationBody.model_validate({"contact": {"fullName": "Anna Berg"}})
        bookings.confirm(caller=self.caller, uuid=self.uuid, body=body, at=self.at)

    def cancel(self) -> None:
        bookings.cancel(caller=self.caller, uuid=self.uuid, body=CancellationBody(reason="ill"), at=self.at)

    def settle(self) -> None:
        settling.settle(
            reseller=self.reseller, codes=[self.order.code], reference="June", by=self.owner, at=self.at
        )  # fmt: skip


@dataclass
class Program(Octo):
    """Its requests, and the answers that it had. It asks again soon, by the same uuid, when it had none."""

    answers: dict[str, Any] = field(default_factory=dict)

    pause = timedelta(seconds=20)

    def reserve(self) -> None:
        self._asked("POST", "", self.body)

    def extend(self) -> None:
        self._asked("POST", f"/{self.uuid}/extend", {"expirationMinutes": 45})

    def change(self) -> None:
        """A third ticket."""
        items = [*self.body["unitItems"], self.body["unitItems"][0]]
        self._asked("PATCH", f"/{self.uuid}", {"unitItems": items, "notes": "with a dog"})

    def change_and_extend(self) -> None:
        self._asked("PATCH", f"/{self.uuid}", {"notes": "with a dog", "expirationMinutes": 60})

    def confirm(self) -> None:
        self._asked("POST", f"/{self.uuid}/confirm", {"contact": {"fullName": "Anna Berg"}})

    def cancel(self) -> None:
        self._asked("POST", f"/{self.uuid}/cancel", {"reason": "ill"})

    def _asked(self, method: str, path: str, body: dict[str, Any]) -> None:
        """Whichever answer comes, it is of the one booking, and says what the first said that was lost."""
        budget.forget()  # another process serves each request
        with mock.patch("django.utils.timezone.now", return_value=self.at):
            answer = Client(raise_request_exception=False).generic(
                method, f"/octo/{self.shop.slug}/bookings{path}", json.dumps(body), "application/json",
                headers={"Authorization": f"Bearer {self.secret}", "Octo-Capabilities": "octo/pricing"},
            )  # fmt: skip
        assert answer.status_code == 200, answer.content
        said = answer.json()
        assert (said["uuid"], said["supplierReference"]) == (self.uuid, self.order.code)
        assert said | UPDATED == self.answers.setdefault(f"{method} {path} {body}", said) | UPDATED


UPDATED = {"utcUpdatedAt": None}  # when it was asked last
