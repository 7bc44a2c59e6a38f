import gzip
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from learners.answer_files import AnswerLine, BadLine, WrongColumns, read
from learners.models import Activity, Category, LearnerDay, LearnerProfile, LearnerState, SkillEstimate, Source
from learners.services import importing
from learners.services.importing import AnotherFile, ImportPlan, StartsInFuture, check_lines, import_answers

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HEADER = "learner_id,item_id,category_id,correct\n"


class TestRead:
    def test_gives_answers_with_their_line_numbers(self) -> None:
        lines = list(read([HEADER, "ada,7,signs,1\n", "\n", "bo,,,0\r\n"]))

        assert lines == [
            AnswerLine(2, "ada", "7", "signs", True, None),
            AnswerLine(4, "bo", None, None, False, None),
        ]

    def test_takes_columns_in_any_order(self) -> None:
        lines = list(read(["\ufeffcorrect,occurred_at,category_id,item_id,learner_id\n", "1,12.5,signs,7,ada\n"]))

        assert lines == [AnswerLine(2, "ada", "7", "signs", True, 12.5)]

    def test_takes_a_comma_in_quotes(self) -> None:
        assert list(read([HEADER, '"Lovelace, Ada",7,signs,1'])) == [
            AnswerLine(2, "Lovelace, Ada", "7", "signs", True, None)
        ]

    def test_lets_an_open_quote_spoil_one_line_only(self) -> None:
        first, second = read([HEADER, '"ada,7,signs,1\n', "bo,7,signs,1\n"])

        assert (type(first), type(second)) == (BadLine, AnswerLine)

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("ada,7,signs,2", "correct is '2', not 0 or 1"),
            ("ada,7,signs,", "correct is '', not 0 or 1"),
            ("ada,7,signs", "3 cells instead of 4"),
            (",7,signs,1", "learner_id has 0 characters, not 1 to 150"),
            (f"{'x' * 151},7,signs,1", "learner_id has 151 characters, not 1 to 150"),
            (f"ada,{'7' * 65},signs,1", "item_id has 65 characters, more than 64"),
            ("ada,7,road signs,1", "category_id 'road signs' is not a code of letters, digits, - and _"),
            ("a\udce9da,7,signs,1", "not UTF-8"),
            ("a\0da,7,signs,1", "a NUL character"),
        ],
    )
    def test_says_what_is_wrong_with_a_line(self, line: str, reason: str) -> None:
        assert list(read([HEADER, line])) == [BadLine(2, reason)]

    @pytest.mark.parametrize("seconds", ["soon", "nan", "inf"])
    def test_refuses_a_time_that_is_no_number(self, seconds: str) -> None:
        (line,) = read(["learner_id,item_id,category_id,correct,occurred_at", f"ada,7,signs,1,{seconds}"])

        assert line == BadLine(2, f"occurred_at is '{seconds}', not a number of seconds")

    @pytest.mark.parametrize("header", ["", "user,item,ok", f"{HEADER.strip()},mood", f"{HEADER.strip()},correct"])
    def test_refuses_other_columns(self, header: str) -> None:
        with pytest.raises(WrongColumns, match="The columns must be learner_id,item_id,category_id,correct"):
            list(read([header]))


@pytest.fixture
def plan(db: None) -> ImportPlan:
    source = Source.objects.create(code="old-quiz", name="Old quiz")
    return ImportPlan(source=source, create_categories=True, zone="Europe/Oslo")


def rows(*lines: str, header: str = HEADER) -> Any:
    return read([header, *lines])


class TestImportAnswers:
    def test_moves_skills_and_days(self, plan: ImportPlan) -> None:
        report = import_answers(lines=rows("ada,7,signs,1", "ada,7,signs,0", "bo,8,signs,1"), plan=plan, now=NOON)

        assert (report.made, report.kept, report.bad, report.learners) == (3, 0, 0, 2)
        ada = LearnerProfile.objects.get(identities__external_id="ada")
        assert ada.zone == "Europe/Oslo"
        skill = SkillEstimate.objects.get(learner=ada)
        assert (skill.category.code, skill.n, skill.wins) == ("signs", 2, 1)
        day = LearnerDay.objects.get(learner=ada)
        assert (day.local_date, day.answers, day.correct) == (date(2026, 11, 20), 2, 1)

    def test_keeps_the_order_of_a_file_without_times(self, plan: ImportPlan) -> None:
        import_answers(lines=rows("ada,7,signs,1", "ada,8,signs,0", "ada,9,signs,1"), plan=plan, now=NOON)

        keys = Activity.objects.order_by("occurred_at").values_list("item__key", flat=True)
        assert list(keys) == ["7", "8", "9"]

    def test_makes_nothing_the_second_time(self, plan: ImportPlan) -> None:
        lines = ["ada,7,signs,1", "ada,7,signs,0", "bo,8,signs,1"]
        import_answers(lines=rows(*lines), plan=plan, now=NOON)

        again = import_answers(lines=rows(*lines), plan=plan, now=NOON + timedelta(days=3))

        assert (again.made, again.kept, again.bad) == (0, 3, 0)
        assert Activity.objects.count() == 3

    def test_takes_lines_that_came_later(self, plan: ImportPlan) -> None:
        import_answers(lines=rows("ada,7,signs,1"), plan=plan, now=NOON)

        grown = import_answers(lines=rows("ada,7,signs,1", "ada,7,signs,1"), plan=plan, now=NOON)

        assert (grown.made, grown.kept) == (1, 1)

    def test_takes_a_line_that_was_mended(self, plan: ImportPlan) -> None:
        broken = import_answers(lines=rows("ada,7,signs,1", "bo,7,signs,?"), plan=plan, now=NOON)
        mended = import_answers(lines=rows("ada,7,signs,1", "bo,7,signs,1"), plan=plan, now=NOON)

        assert (broken.made, broken.bad_lines) == (1, [BadLine(3, "correct is '?', not 0 or 1")])
        assert (mended.made, mended.kept, mended.bad) == (1, 1, 0)

    def test_refuses_another_file_under_the_same_source(self, plan: ImportPlan) -> None:
        import_answers(lines=rows("ada,7,signs,1"), plan=plan, now=NOON)

        with pytest.raises(AnotherFile, match=r"\b2\b"):
            import_answers(lines=rows("ada,7,signs,0"), plan=plan, now=NOON)

    def test_finds_lines_written_by_a_run_that_was_killed(
        self, plan: ImportPlan, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "CHUNK", 2)
        monkeypatch.setattr(importing, "SQLITE_CHUNK", 2)
        lines = [f"ada,7,signs,{number % 2}" for number in range(5)]

        class Killed(Exception):
            pass

        def kill(report: Any) -> None:
            if report.made == 4:
                raise Killed

        with pytest.raises(Killed):
            import_answers(lines=rows(*lines), plan=plan, now=NOON, on_chunk=kill)
        resumed = import_answers(lines=rows(*lines), plan=plan, now=NOON)

        assert (resumed.made, resumed.kept) == (1, 4)
        assert LearnerState.objects.get().n_answers == 5

    def test_reports_an_unknown_category(self, plan: ImportPlan) -> None:
        Category.objects.create(code="signs")
        strict = ImportPlan(source=plan.source)

        report = import_answers(lines=rows("ada,7,signs,1", "ada,8,sums,1"), plan=strict, now=NOON)

        assert (report.made, report.bad, report.bad_lines[0].line) == (1, 1, 3)
        assert not Category.objects.filter(code="sums").exists()

    def test_counts_seconds_from_the_first_row(self, plan: ImportPlan) -> None:
        header = HEADER.strip() + ",occurred_at"
        dated = ImportPlan(source=plan.source, create_categories=True, zone="UTC", start_date=date(2026, 11, 1))

        import_answers(lines=rows("ada,7,signs,1,100", "ada,7,signs,1,86500", header=header), plan=dated, now=NOON)

        times = Activity.objects.order_by("id").values_list("occurred_at", flat=True)
        assert list(times) == [datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)]
        assert LearnerState.objects.get().streak == 2

    def test_takes_seconds_since_1970_as_they_are(self, plan: ImportPlan) -> None:
        header = HEADER.strip() + ",occurred_at"
        at = datetime(2026, 10, 1, 8, tzinfo=UTC)

        import_answers(lines=rows(f"ada,7,signs,1,{at.timestamp()}", header=header), plan=plan, now=NOON)

        assert Activity.objects.get().occurred_at == at

    def test_refuses_a_time_that_has_not_come(self, plan: ImportPlan) -> None:
        header = HEADER.strip() + ",occurred_at"

        report = import_answers(
            lines=rows("ada,7,signs,1,0", "ada,7,signs,1,90000000", header=header), plan=plan, now=NOON
        )

        assert (report.made, report.bad_lines[0].line) == (1, 3)
        assert "in the future" in report.bad_lines[0].reason

    def test_refuses_to_start_tomorrow(self, plan: ImportPlan) -> None:
        ahead = ImportPlan(source=plan.source, create_categories=True, start_date=date(2026, 11, 22))

        with pytest.raises(StartsInFuture):
            import_answers(lines=rows("ada,7,signs,1"), plan=ahead, now=NOON)

    def test_predicts_later_answers_by_earlier_ones(self, plan: ImportPlan, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "CHUNK", 4)
        monkeypatch.setattr(importing, "SQLITE_CHUNK", 4)

        report = import_answers(lines=rows(*["ada,7,signs,0"] * 16), plan=plan, now=NOON)

        # refits after 4, 8 (4 since), 16 (8 since); nothing is left for the end
        assert report.statistics_refitted == 3


class TestCheckLines:
    def test_finds_what_would_be_refused(self, plan: ImportPlan) -> None:
        strict = ImportPlan(source=plan.source)

        report = check_lines(lines=rows("ada,7,signs,1", "ada,7,,x"), plan=strict)

        assert [bad.line for bad in report.bad_lines] == [2, 3]
        assert not Activity.objects.exists()


@pytest.mark.django_db
class TestImportActivities:
    def run(self, path: Path, *options: str) -> dict[str, Any]:
        output = StringIO()
        call_command("import_activities", str(path), "--json", *options, stdout=output)
        report: dict[str, Any] = json.loads(output.getvalue())
        return report

    def test_reads_a_zipped_file_twice(self, tmp_path: Path) -> None:
        path = tmp_path / "old.answers.csv.gz"
        path.write_bytes(gzip.compress(f"{HEADER}ada,7,signs,1\nbo,7,signs,0\n".encode()))

        first = self.run(path, "--create-categories")
        again = self.run(path, "--create-categories")

        assert (first["source"], first["made"], first["learners"]) == ("old-answers", 2, 2)
        assert (again["made"], again["kept"]) == (0, 2)

    def test_ends_with_1_and_lists_bad_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "old.csv"
        path.write_text(f"{HEADER}ada,7,signs,1\nada,7,signs,maybe\n")
        errors = StringIO()

        with pytest.raises(SystemExit) as ended:
            call_command("import_activities", str(path), "--create-categories", stdout=StringIO(), stderr=errors)

        assert ended.value.code == 1
        assert errors.getvalue().splitlines() == ["line 3: correct is 'maybe', not 0 or 1"]
        assert Activity.objects.count() == 1

    def test_strict_imports_nothing_of_a_file_with_a_bad_line(self, tmp_path: Path) -> None:
        path = tmp_path / "old.csv"
        path.write_text(f"{HEADER}ada,7,signs,1\nada,7,signs,maybe\n")

        with pytest.raises(SystemExit):
            self.run(path, "--create-categories", "--strict")

        assert not Activity.objects.exists()

    def test_pays_when_asked(self, tmp_path: Path) -> None:
        path = tmp_path / "old.csv"
        path.write_text(f"{HEADER}ada,7,signs,1\n")

        self.run(path, "--create-categories", "--pay")

        assert Activity.objects.get().outcome is not None

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"a,b\n1,2\n", "The columns must be"),
            (b"", "the first line has nothing"),
            (b"\x1f\x8bnonsense that is not gzip", "damaged"),
            (gzip.compress(f"{HEADER}ada,7,signs,1\n".encode() * 500)[:-20], "damaged"),
        ],
    )
    def test_says_in_one_sentence_what_is_wrong_with_a_file(
        self, tmp_path: Path, content: bytes, sentence: str
    ) -> None:
        path = tmp_path / "old.csv"
        path.write_bytes(content)

        with pytest.raises(CommandError, match=sentence):
            self.run(path, "--create-categories")

    def test_says_that_there_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="There is no file"):
            self.run(tmp_path / "none.csv")

    def test_says_that_a_zone_is_none(self, tmp_path: Path) -> None:
        path = tmp_path / "old.csv"
        path.write_text(HEADER)

        with pytest.raises(CommandError, match="time zone"):
            self.run(path, "--zone", "Middle/Earth")
