from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from cleaner.classifier import block_scores, label_model, line_network, page_input, threshold
from cleaner.classifier.label_model import KEPT, LABELS, LabelModel
from cleaner.classifier.label_trees import LabelTrees, compute_softmax
from cleaner.classifier.line_network import MAX_DEVIATION, LineNetwork
from cleaner.classifier.linear_model import LinearModel
from cleaner.classifier.text_tokens import Tokens, hash_texts
from cleaner.labels import Group, Label
from cleaner.model import Block, Lean, Verdict

MAX_WEIGHTS = 6_000_000


def test_trees_answer_by_comparisons():
    forest = LabelTrees(
        {
            "columns": np.array([[0, 1], [1, 1]]),
            "borders": np.array([[0.5, 10.0], [5.0, np.inf]], dtype=np.float32),
            "leaves": np.array([[[0, 0], [1, 10], [2, 20], [3, 30]], [[0, 0], [-1, 5], [7, 7], [7, 7]]], dtype=np.int8),
            "scale": np.array([1.0, 0.5]),
            "bias": np.array([0.5, 0.0]),
        }
    )
    rows = np.array([[0, 0], [1, 0], [0, 11], [1, 11]], dtype=np.float32)
    assert forest.compute_scores(rows).tolist() == [[0.5, 0], [1.5, 10], [2, 22.5], [3, 32.5]]


@pytest.fixture
def network():
    random = np.random.default_rng(5)
    shapes = {
        "input": (3, 4),
        "down": (4, 6),
        "down_state": (2, 6),
        "up": (4, 6),
        "up_state": (2, 6),
        "middle": (8, 4),
        "output": (4, 5),
    }
    tables = {f"{name}_table": random.normal(size=shape) for name, shape in shapes.items()}
    biases = {f"{name}_bias": random.normal(size=shape[1]) for name, shape in shapes.items()}
    return LineNetwork({**tables, **biases, "mean": np.ones(3), "deviation": np.full(3, 2.0)})


def test_a_network_sees_the_lines_above_and_below(network):
    rows = np.random.default_rng(1).normal(size=(6, 3)).astype(np.float32)
    scores = network.compute_scores(rows)
    for changed in (0, 5):
        other = rows.copy()
        other[changed] += 1
        assert (abs(network.compute_scores(other) - scores).max(1) > 0).all()


def test_a_network_takes_values_far_from_the_mean_for_less(network):
    far, limit = (network.compute_scores(np.full((1, 3), 1 + 2 * away, np.float32)) for away in (900, MAX_DEVIATION))
    np.testing.assert_array_equal(far, limit)


def test_scores_do_not_depend_on_how_many_lines_are_computed_at_once(network, monkeypatch):
    rows = np.random.default_rng(2).normal(size=(50, 3)).astype(np.float32)
    scores = network.compute_scores(rows)
    monkeypatch.setattr(line_network, "_LINES_AT_ONCE", 7)
    np.testing.assert_allclose(network.compute_scores(rows), scores, atol=1e-6)
    assert network.compute_scores(rows[:0]).shape == (0, 5)


def test_a_linear_model_adds_up_its_tokens():
    table = np.zeros((4, 2), dtype=np.int8)
    table[1], table[2] = (8, 0), (0, 4)
    model = LinearModel({"table": table, "scale": np.array([1.0, 2.0]), "bias": np.array([0.0, 1.0])})
    tokens = Tokens(np.array([1, 2, 5], dtype=np.uint32), np.array([0, 3, 3]))
    scores = model.score_tokens(tokens)
    assert scores[0] == pytest.approx([16 / np.sqrt(7), 8 / np.sqrt(7) + 1])
    assert scores[1].tolist() == [0, 1], "a block without tokens has the bias alone"


def test_probabilities_add_up_to_one():
    shares = compute_softmax(np.array([[0, 0], [1000, 0]], dtype=np.float32))
    assert shares.tolist() == [[0.5, 0.5], [1, 0]]


def test_words_count_by_their_letters():
    tokens = hash_texts(["Read MORE 12", "read more 99", "read more 9", "x"])
    first, second, third = (
        set(tokens.tokens.hashes[a:b].tolist())
        for a, b in zip(tokens.tokens.starts[:3], tokens.tokens.starts[1:4], strict=True)
    )
    assert first == second != third


def test_labels_are_those_of_verdicts():
    names = {label.value for label in Label if label.group is not Group.BODY}
    assert set(LABELS) == names | {"body", "description"}
    assert {Label(name).group for name in LABELS[KEPT:]} == {Group.ABOUT, Group.REMOVED}


def test_weights_of_other_features_are_refused():
    arrays = dict(np.load(Path(label_model.__file__).parents[1] / "data" / "weights" / "html-labels.npz"))
    arrays["version"] = np.array(label_model.VERSION + 1)
    with pytest.raises(ValueError, match="train again"):
        LabelModel(arrays)


def test_weights_are_small():
    folder = Path(label_model.__file__).parents[1] / "data" / "weights"
    assert {file.name for file in folder.iterdir()} == {"html-labels.npz", "text-labels.npz"}
    assert sum(file.stat().st_size for file in folder.iterdir()) < MAX_WEIGHTS


def test_leans_order_the_thresholds():
    chances, sizes = np.linspace(0, 1, 11, dtype=np.float32), np.full(11, 500)
    recall, balanced, precision = (threshold.choose_threshold(chances, sizes, lean) for lean in Lean)
    assert recall < balanced < precision


def test_a_page_whose_likeliest_text_is_unsure_gets_a_lower_threshold():
    chances = np.array([0.1, 0.4, 0.3, 0.05], dtype=np.float32)
    best = (500 * 0.4 + 300 * 0.3) / 800
    assert threshold.choose_threshold(chances, np.full(4, 500), Lean.BALANCED) == pytest.approx(0.8 * best)


def test_what_is_dropped_already_does_not_count_for_the_threshold():
    chances = np.array([0.9, 0.4], dtype=np.float32)
    assert threshold.choose_threshold(chances, np.array([0, 500]), Lean.BALANCED) == pytest.approx(0.32)


def test_certainty_is_weighted_by_characters():
    chances = np.array([1.0, 0.5], dtype=np.float32)
    assert block_scores.measure_certainty(chances, np.array([300, 100])) == pytest.approx(0.75)


def test_a_dump_with_new_verdicts_is_measured_as_one_that_had_them_before():
    texts = (
        "Bridge closed",
        "By Ann Lee",
        "The old bridge over the harbour was closed last week.",
        "Share",
        "Tags: ferry",
    )
    bare = [Block(index=index, text=text) for index, text in enumerate(texts)]
    labels = (Label.TITLE, Label.BYLINE, None, Label.SHARE, Label.TAGS)
    judged = [
        replace(block, verdict=Verdict(label, "test", "because") if label else None)
        for block, label in zip(bare, labels, strict=True)
    ]
    renewed, anew = (
        page_input.renew_dump_page(page_input.measure_dump_page(bare), judged),
        page_input.measure_dump_page(judged),
    )
    assert not np.array_equal(page_input.measure_dump_page(bare).features, anew.features)
    np.testing.assert_array_equal(renewed.features, anew.features)
