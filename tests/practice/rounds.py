"""What the tests of practice share: a learner's client, and options that are right or wrong."""

from typing import Any

from gamification_site.practice.models import PracticeRound
from gamification_site.practice.selectors import bank

ROUNDS = "/api/v1/practice/rounds/"


def key_at(uuid: str, position: int) -> str:
    return str(PracticeRound.objects.get(uuid=uuid).questions[position])


def right_option(uuid: str, position: int) -> int:
    """Return what only the server knows."""
    return bank()[key_at(uuid, position)].correct


def wrong_option(uuid: str, position: int) -> int:
    return (right_option(uuid, position) + 1) % 4


def opened(client: Any, **body: Any) -> dict[str, Any]:
    """Open a round and return it; five questions over all topics unless said otherwise."""
    response = client.post(ROUNDS, {"length": 5} | body, format="json")
    assert response.status_code == 201, response.content
    found: dict[str, Any] = response.json()
    return found


def answered(client: Any, uuid: str, position: int, option: int, **more: Any) -> Any:
    body = {"position": position, "option": option, **more}
    return client.post(f"{ROUNDS}{uuid}/answers/", body, format="json")
