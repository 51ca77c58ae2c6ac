from bench import growth
from bench.growth import InputCost, Task


def test_an_input_is_as_large_as_the_limits_allow():
    assert growth._fit_limits(InputCost(size=1_000, blocks=1, seconds=0.1)) == growth.LARGEST
    assert growth._fit_limits(InputCost(size=1_000, blocks=1_000, seconds=0.1)) == 0.95 * growth.MAX_BLOCKS


def test_the_worst_is_what_takes_most_at_the_limits(monkeypatch):
    """Few blocks and a large input cost more than many blocks, although these are slow."""
    rates = {"html.page": (1e-6, 0.001), "text.page": (5e-6, 0.5), "text.lines": (1e-7, 0.001)}

    def time_tasks(tasks):
        return {
            task: InputCost(task.size, int(rates[task.name][1] * task.size), rates[task.name][0] * task.size)
            for task in tasks
        }

    monkeypatch.setattr(growth.composed, "load_recipes", lambda: rates)
    monkeypatch.setattr(growth, "time_tasks", time_tasks)
    (task, cost), *others = growth.find_worst(2)
    assert task == Task("html.page", growth.LARGEST)
    assert 9 < cost.seconds < 10
    assert [task.name for task, _ in others] == ["text.lines"]


def test_an_input_that_is_refused_has_its_reason():
    row = growth.format_worst([(Task("html.page", 5), "too many")]).splitlines()[-1]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == ["html.page", "5", "", "too many"]


def test_tasks_are_timed_in_a_process():
    (cost,) = growth.time_tasks([Task("text.page", 2_000, files=2)]).values()
    assert isinstance(cost, InputCost)
    assert cost.blocks > 2
    assert cost.seconds > 0
