"""One dict, a section per app: typed, cached, and clear about mistakes."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from learners.common.settings import section


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
        ],
    )
    def test_a_mistake_is_one_clear_sentence(self, given: object, sentence: str) -> None:
        with override_settings(GAMIFICATION=given), pytest.raises(ImproperlyConfigured, match=sentence):
            section("SOCIAL", Example)
