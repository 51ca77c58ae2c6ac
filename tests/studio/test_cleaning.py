"""The processes that clean pages for several callers."""

import threading

from cleaner.page.decode import read_page
from cleaner.rulebook import Rulebook
from cleaner.studio.cleaning import CleaningService, Rules, make_tasks
from cleaner.worker_pool import WorkLimits
from tests.studio.served import HARBOUR

PAGE = read_page((HARBOUR / "ferry.html").read_bytes())


def test_a_caller_does_not_wait_for_all_pages_in_the_background():
    service = CleaningService(jobs=1, limits=WorkLimits(), max_waiting=1)
    rules = Rules((), Rulebook.load().digest)
    done = []
    begun = threading.Event()

    def clean_in_background():
        for result in service.clean_many(make_tasks([PAGE] * 60, rules), in_background=True):
            done.append(result)
            begun.set()

    thread = threading.Thread(target=clean_in_background)
    thread.start()
    begun.wait()
    (article,) = service.clean_many(make_tasks([PAGE], rules))
    assert len(done) < 60
    thread.join()
    assert all(result.text == article.text for result in done)
    service.close()
