import gzip
from pathlib import Path

import numpy as np
import pytest

from evidence import datasets

HEADER = "learner_id,item_id,category_id,correct,occurred_at\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "some.csv"
    path.write_text(text)
    return path


class TestRead:
    def test_brings_a_learners_rows_together_in_their_order(self, tmp_path: Path) -> None:
        path = written(tmp_path, HEADER + "x,a,t,1,5\ny,b,t,0,6\nx,b,,0,\n")

        answers = datasets.read(path)

        assert answers.learners == ["x", "y"]
        assert answers.learner.tolist() == [0, 0, 1]
        assert answers.item.tolist() == [0, 1, 1]
        assert answers.category.tolist() == [0, -1, 0]
        assert answers.correct.tolist() == [True, False, False]
        assert answers.seconds[0] == 5
        assert np.isnan(answers.seconds[1])
        assert answers.starts().tolist() == [0, 2, 3]

    def test_reads_gzip_whatever_the_name(self, tmp_path: Path) -> None:
        path = tmp_path / "some.csv"
        path.write_bytes(gzip.compress((HEADER + "x,a,t,1,\n").encode()))

        assert len(datasets.read(path)) == 1

    def test_numbers_names_as_another_set_does(self, tmp_path: Path) -> None:
        first = datasets.read(written(tmp_path, HEADER + "x,a,t,1,\nx,b,u,1,\n"))
        later = datasets.read(written(tmp_path, HEADER + "y,c,u,1,\ny,b,v,1,\n"), like=first)

        assert later.items == ["a", "b", "c"]
        assert later.item.tolist() == [2, 1]
        assert later.category.tolist() == [1, 2]

    def test_leaves_bad_lines_out_and_says_so(self, tmp_path: Path) -> None:
        answers = datasets.read(written(tmp_path, HEADER + "x,a,t,1,\nx,a,t,maybe,\n"))

        assert len(answers) == 1
        assert [(bad.line, bad.reason) for bad in answers.bad_lines] == [(3, "correct is 'maybe', not 0 or 1")]


class TestUnusable:
    def test_file_is_absent(self, tmp_path: Path) -> None:
        with pytest.raises(datasets.UnusableFile, match="cannot be read: No such file or directory"):
            datasets.read(tmp_path / "absent.csv")

    def test_columns_are_wrong(self, tmp_path: Path) -> None:
        with pytest.raises(datasets.UnusableFile, match="the first line has learner,right"):
            datasets.read(written(tmp_path, "learner,right\n1,1\n"))

    def test_no_answer_is_left(self, tmp_path: Path) -> None:
        with pytest.raises(datasets.UnusableFile, match="no usable answers; line 2: correct is '2'"):
            datasets.read(written(tmp_path, HEADER + "x,a,t,2,\n"))

    def test_gzip_is_cut_off(self, tmp_path: Path) -> None:
        path = tmp_path / "some.csv.gz"
        path.write_bytes(gzip.compress((HEADER + "x,a,t,1,\n" * 5000).encode())[:60])

        with pytest.raises(datasets.UnusableFile, match="is damaged"):
            datasets.read(path)
