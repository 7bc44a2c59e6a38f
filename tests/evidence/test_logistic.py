import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from evidence import logistic
from evidence.features import NAMES, WIDTH

LAST = NAMES.index("last")


def made(n: int = 3000) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return features, items, categories and results: `last` helps in category 0 and hurts in category 1."""
    rng = np.random.default_rng(8)
    matrix = rng.normal(size=(n, WIDTH))
    category = rng.integers(0, 2, n)
    logit = 0.5 * matrix[:, 0] + np.where(category == 0, 1.0, -1.0) * matrix[:, LAST]
    return matrix, rng.integers(0, 5, n), category, rng.random(n) < 1 / (1 + np.exp(-logit))


class TestCommonSlopes:
    def test_are_those_of_a_plain_regression(self) -> None:
        matrix, item, category, correct = made()

        found = logistic.fit(matrix, item, category, correct).predict(matrix, item, category)

        standard = StandardScaler().fit_transform(matrix)
        assert found == pytest.approx(LogisticRegression().fit(standard, correct).predict_proba(standard)[:, 1])

    def test_a_feature_that_never_changes_weighs_nothing(self) -> None:
        matrix, item, category, correct = made()
        matrix[:, 5] = -1.0

        model = logistic.fit(matrix, item, category, correct)
        moved = matrix.copy()
        moved[:, 5] = 9.0

        assert model.common[1 + 5] == 0.0
        assert (model.predict(matrix, item, category) == model.predict(moved, item, category)).all()


class TestOwnSlopes:
    def test_differ_by_category(self) -> None:
        matrix, item, category, correct = made()

        model = logistic.fit(matrix, item, category, correct, slopes_strength=0.1)

        assert model.by_category is not None
        assert model.by_category.of(np.array([0]))[0, 1 + LAST] > 0.3
        assert model.by_category.of(np.array([1]))[0, 1 + LAST] < -0.3

    def test_what_training_has_not_seen_gets_the_common_ones(self) -> None:
        matrix, item, category, correct = made()
        model = logistic.fit(matrix, item, category, correct, slopes_strength=0.1)
        row, unseen = matrix[:1], np.array([77])

        found = [
            model.predict(row, item_place, category_place)[0]
            for item_place, category_place in ((unseen, unseen), (np.array([-1]), np.array([-1])))
        ]

        plain = model.common[0] + ((row - model.mean) / model.scale @ model.common[1:])[0]
        assert found == pytest.approx([1 / (1 + np.exp(-plain))] * 2)

    def test_rare_items_have_none(self) -> None:
        matrix, item, category, correct = made()
        item[item == 3] = 0
        item[:29] = 3  # 29 answers to item 3, less than thirty

        model = logistic.fit(matrix, item, category, correct, slopes_strength=0.1)

        assert model.by_item is not None
        assert not model.by_item.of(np.array([3])).any()
        assert model.by_item.of(np.array([4])).any()
        assert model.by_item.slopes.shape == (4 + 1, 7)

    def test_terms_add_up_to_the_prediction(self) -> None:
        matrix, item, category, correct = made()
        model = logistic.fit(matrix, item, category, correct, slopes_strength=0.1)

        terms = model.terms(matrix, item, category)

        assert terms.shape == (len(matrix), 1 + WIDTH)
        assert 1 / (1 + np.exp(-terms.sum(axis=1))) == pytest.approx(model.predict(matrix, item, category))
