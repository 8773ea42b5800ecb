import numpy as np
import pytest

from pipeline.cleaning.html.logistic import MOST_DEVIATIONS, Logistic

MODEL = Logistic(
    np.array([1, 0], np.float32), np.array([2, 1], np.float32), np.array([1, 3], np.float32), 0.5
)


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ([1, 0], 0.5),
        ([3, 0], 1.5),
        ([1, -1], -2.5),
        ([np.nan, 0], 0.5),
        ([1e30, 0], MOST_DEVIATIONS + 0.5),
        ([1, -np.inf], -3 * MOST_DEVIATIONS + 0.5),
    ],
)
def test_figures_count_by_their_distance_from_the_mean(row: list[float], score: float) -> None:
    assert MODEL.scores(np.array([row], np.float32)).tolist() == [pytest.approx(score)]


def test_a_regression_finds_what_tells_two_kinds_apart() -> None:
    fitting = pytest.importorskip("training.html.fitting", reason="needs LightGBM")
    rng = np.random.default_rng(1)
    right = (np.arange(600) % 3 > 0).astype(np.float64)
    rows = rng.normal(size=(600, 3)).astype(np.float32)
    rows[:, 1] += 3 * right
    rows[:200, 2] = np.nan
    model = fitting.regression(rows, right, np.ones(600))
    assert ((model.scores(rows) > 0) == (right > 0)).mean() > 0.9
    assert abs(model.weight[1]) > 5 * abs(model.weight[[0, 2]]).max()
