"""A run whose processes hardly work, for tests that start and kill many: ``light.py OUT JOBS FORMAT SHARD PATH...``."""

import sys
from pathlib import Path
from types import SimpleNamespace

from cleaner.article import Article
from cleaner.batch import run, run_folder
from cleaner.batch.records import CleanedDocument, RemovedBlock
from cleaner.model import Block, Kind
from cleaner.render.output_formats import OutputFormat
from cleaner.storage.run_files import Failure


def work(settings, _repeats=None):
    """Articles of one line; a page that says ``bad`` fails."""
    from cleaner.render.output_formats import encode_article

    def clean(item):
        document = item.document
        if isinstance(document, Failure):
            return document
        text = document.read()
        text = text if isinstance(text, str) else text.decode()
        if "bad" in text:
            return Failure(document.path, "PageError", "bad")
        article = Article(id=document.id, source=document.path, kind=Kind.TEXT, blocks=(Block(index=0, text=text),))
        row = RemovedBlock(
            id=document.id, index=0, label="other", judge="none", rule=None, why="none", score=None, at=0, text=text
        )
        return CleanedDocument(
            id=document.id, article=encode_article(article, settings.form), removed=(row,), characters=len(text), kept=0
        )

    return clean


def plain_rules():
    """A rulebook that is there at once."""
    return SimpleNamespace(load=lambda _: SimpleNamespace(digest="none"))


def main(out, jobs, form, shard, *paths):
    run._PRELOAD = "light"
    run._make_worker = work
    run.Rulebook = plain_rules()
    run_folder._MIN_CHECKPOINT_SECONDS = 0.01
    settings = run.RunSettings(form=OutputFormat(form), shard_size=int(shard) or None, jobs=int(jobs), repeats=False)
    run.run_batch(paths, Path(out), settings, resume=run_folder.ResumeMode.SAME)


if __name__ == "__main__":
    # The processes have to find this module by its name.
    import light

    light.main(*sys.argv[1:])
