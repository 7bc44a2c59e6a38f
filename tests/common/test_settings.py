"""One dict, a section per app: typed, cached, and clear about mistakes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from learners.common.settings import SECTIONS, read_all, section
from learners.conf import AGE_BANDS, READERS
from learners.models.people import AgeBand


@dataclass(frozen=True, kw_only=True)
class Example:
    per_day: int = 3
    share: float = 0.1
    names: tuple[str, ...] = ()
    note: str | None = None


class TestSection:
    def test_a_missing_section_is_all_defaults(self) -> None:
        with override_settings(GAMIFICATION={}):
            assert section("SOCIAL", Example) == Example()

    def test_reads_keys_in_capitals(self) -> None:
        with override_settings(GAMIFICATION={"SOCIAL": {"PER_DAY": 5, "SHARE": 1, "NAMES": ["a"], "NOTE": "x"}}):
            assert section("SOCIAL", Example) == Example(per_day=5, share=1.0, names=("a",), note="x")

    def test_is_read_again_when_the_setting_changes(self) -> None:
        with override_settings(GAMIFICATION={"SOCIAL": {"PER_DAY": 5}}):
            before = section("SOCIAL", Example)

        with override_settings(GAMIFICATION={"SOCIAL": {"PER_DAY": 6}}):
            after = section("SOCIAL", Example)

        assert (before.per_day, after.per_day) == (5, 6)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"SOCIAL": {"PER_DYA": 5}}, r"GAMIFICATION\['SOCIAL'\] has no key 'PER_DYA'; did you mean 'PER_DAY'\?"),
            ({"SOCAIL": {}}, r"GAMIFICATION has no key 'SOCAIL'; did you mean 'SOCIAL'\?"),
            ({"SOCIAL": {"PER_DAY": "5"}}, r"GAMIFICATION\['SOCIAL'\]\['PER_DAY'\] must be int, not '5'"),
            ({"SOCIAL": {"PER_DAY": True}}, r"must be int, not True"),
            ([], "must be a dict"),
            ({"SOCIAL": 7}, r"GAMIFICATION\['SOCIAL'\] must be a dict of keys, not 7\."),
            ({"SOCIAL": None}, r"GAMIFICATION\['SOCIAL'\] must be a dict of keys, not None\."),
        ],
    )
    def test_a_mistake_is_one_clear_sentence(self, given: object, sentence: str) -> None:
        with override_settings(GAMIFICATION=given), pytest.raises(ImproperlyConfigured, match=sentence):
            section("SOCIAL", Example)


ROOT = Path(__file__).resolve().parents[2]


class TestReadAll:
    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"LEARNERS": 7}, r"GAMIFICATION\['LEARNERS'\] must be a dict of keys, not 7\."),
            ({"CHALLENGES": {"LOGFILE": "x"}}, r"\['CHALLENGES'\] has no key 'LOGFILE'; did you mean 'LOG_FILE'\?"),
            ({"REST": {"PAGE": 5}}, r"GAMIFICATION\['REST'\] has no key 'PAGE'; did you mean 'PAGE_SIZE'\?"),
            ({"SOCIAL": {"PER_DAY": 5}}, r"GAMIFICATION\['SOCIAL'\] takes no keys yet; take 'PER_DAY' out\."),
            ({"SOCIAL": 5}, r"GAMIFICATION\['SOCIAL'\] must be a dict of keys, not 5\."),
            ({"LEARNERS": {"DEFAULT_ZONE": "Oslo"}}, r"DEFAULT_ZONE must be an IANA time zone .* not 'Oslo'\."),
            ({"LEARNERS": {"DEFAULT_ZONE": "Europe"}}, r"DEFAULT_ZONE must be an IANA time zone .* not 'Europe'\."),
            ({"LEARNERS": {"DEFAULT_ZONE": "../etc"}}, r"DEFAULT_ZONE must be an IANA time zone .* not '../etc'\."),
            ({"LEARNERS": {"BATCH_LIMIT": 0}}, r"\['LEARNERS'\]: BATCH_LIMIT must be at least 1, not 0\."),
            ({"LEARNERS": {"AGE_BAND_DEFAULT": "child"}}, r"must be unknown or minor or adult, not 'child'\."),
            ({"LEARNERS": {"ACTIVITY_HANDLERS": [7]}}, r"ACTIVITY_HANDLERS must hold dotted names .* not 7\."),
            ({"LEARNERS": {"CONSUMERS": {"a": 7}}}, r"CONSUMERS must hold a dotted callable by name, not 'a': 7\."),
            ({"REST": {"READ_PER_MINUTE": 0}}, r"READ_PER_MINUTE must be at least 1, not 0\."),
            ({"REST": {"PAGE_SIZE": 50, "PAGE_SIZE_LIMIT": 20}}, r"PAGE_SIZE_LIMIT must be at least 50, not 20\."),
            ({"EVIDENCE": {"TRAINERS": ["knowledge"]}}, r"TRAINERS must hold dotted names .* not 'knowledge'\."),
            ({"REWARDS": {"PRICE_CACHE_SECONDS": -1}}, r"PRICE_CACHE_SECONDS must be at least 0, not -1\."),
            ({"ORCHESTRATION": {"CACHE_TTL": -1}}, r"CACHE_TTL must be at least 0, not -1\."),
            ({"ORCHESTRATION": {"MAX_CONCURRENT_SESSIONS": 0}}, r"MAX_CONCURRENT_SESSIONS must be at least 1, not 0\."),
        ],
    )
    def test_a_mistake_in_any_section_is_one_clear_sentence(self, given: dict[str, Any], sentence: str) -> None:
        with override_settings(GAMIFICATION=given), pytest.raises(ImproperlyConfigured, match=sentence):
            read_all(READERS)

    def test_takes_nothing_and_empty_sections(self) -> None:
        with override_settings(GAMIFICATION={name: {} for name in SECTIONS}):
            read_all(READERS)

    def test_knows_every_app_that_has_settings(self) -> None:
        there = {name for name in SECTIONS if (ROOT / name.lower() / "conf.py").exists()}

        assert set(READERS) == there | {"REST"}

    def test_knows_the_age_bands_of_the_profiles(self) -> None:
        assert set(AGE_BANDS) == set(AgeBand.values)
