"""The hand-written check of a batch: as documented, and cheap."""

import json
from time import perf_counter

import pytest

from learners.common.rest.parsing import loads
from learners.incoming import CHECKS, read_batch
from learners.serializers import ActivityInSerializer

MOST_SECONDS_PER_ROW = 200e-6


def body_of(rows: int) -> bytes:
    return json.dumps(
        [
            {
                "client_id": f"a-{number}",
                "learner": f"learner-{number}",
                "kind": "answer",
                "category": "traffic_signs",
                "item": f"q-{number}",
                "correct": number % 3 > 0,
                "seconds": 12.5,
                "occurred_at": "2026-11-21T13:00:00+01:00",
            }
            for number in range(rows)
        ]
    ).encode()


def test_the_schema_describes_the_fields_that_are_checked() -> None:
    documented = ActivityInSerializer().fields

    assert documented.keys() == CHECKS.keys()


def test_what_is_sound_by_hand_is_sound_by_the_schema() -> None:
    rows = json.loads(body_of(3))

    read_batch(rows)

    assert ActivityInSerializer(data=rows, many=True).is_valid()


@pytest.mark.performance
def test_a_row_is_parsed_and_checked_in_a_fraction_of_a_millisecond() -> None:
    body = body_of(500)

    started = perf_counter()
    read = read_batch(loads(body))
    seconds = perf_counter() - started

    assert len(read) == 500
    assert seconds / 500 < MOST_SECONDS_PER_ROW
