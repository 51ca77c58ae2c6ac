import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classifier import feature_arrays


@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_distances_are_those_a_person_would_count(flags):
    found = feature_arrays.measure_distances(np.array(flags), limit=50)
    for index in range(len(flags)):
        back = next((step for step in range(index + 1) if flags[index - step]), 50)
        ahead = next((step for step in range(len(flags) - index) if flags[index + step]), 50)
        assert found[index].tolist() == [min(back, 50), min(ahead, 50)]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(0, 5))
def test_box_mean_is_the_mean_of_the_box(values, radius):
    found = feature_arrays.average_window(np.array(values, dtype=np.float32), radius)
    for index in range(len(values)):
        box = values[max(0, index - radius) : index + radius + 1]
        assert found[index] == pytest.approx(sum(box) / len(box), abs=1e-4)
