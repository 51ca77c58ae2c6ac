"""WARC and WET files to articles with datatrove: on this machine, on Slurm, or on Ray.

    python examples/warc_datatrove.py local CRAWL OUT --tasks 8

CRAWL is a folder, or anything that fsspec opens, with .warc, .warc.gz or .wet.gz files; a task takes every n-th of
them. The same command again does the tasks that are not done yet: after a crash, a kill, or a lost node. OUT gets
articles/ (JSON lines, or Parquet), failed/ (pages that could not be cleaned, as they came, with the reason) and logs/
(what is done, and statistics: blocks left out by label, share of characters kept).
"""

from __future__ import annotations

import argparse

from datatrove.executor import LocalPipelineExecutor, RayPipelineExecutor, SlurmPipelineExecutor
from datatrove.executor.base import PipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter

from cleaner.batch import parquet_tables
from cleaner.integrations.datatrove import Clean, ReadWarc, row, table_row


def main() -> None:
    """Clean all files, or those that are left."""
    options = _parser().parse_args()
    EXECUTORS[options.on](pipeline(options), options).run()


def pipeline(options: argparse.Namespace) -> list[PipelineStep]:
    """Read, clean, write."""
    articles, failed = f"{options.out}/articles", f"{options.out}/failed"
    writers = {
        "jsonl": lambda: JsonlWriter(articles, adapter=row),
        "parquet": lambda: ParquetWriter(articles, adapter=table_row, schema=parquet_tables.article_schema()),
    }
    return [ReadWarc(options.crawl), Clean(options.rules, failures=JsonlWriter(failed)), writers[options.format]()]


def local(steps: list[PipelineStep], options: argparse.Namespace) -> PipelineExecutor:
    """All tasks on this machine."""
    return LocalPipelineExecutor(steps, tasks=options.tasks, workers=options.workers, logging_dir=f"{options.out}/logs")


def slurm(steps: list[PipelineStep], options: argparse.Namespace) -> PipelineExecutor:
    """Each task a job of an array, sent off by ``sbatch``; OUT is on a file system that all nodes share."""
    return SlurmPipelineExecutor(
        steps,
        tasks=options.tasks,
        workers=options.workers,
        time=options.time,
        partition=options.partition,
        mem_per_cpu_gb=3,
        job_name="cleaner",
        qos="",
        venv_path=options.venv,
        logging_dir=f"{options.out}/logs",
        slurm_logs_folder=f"{options.out}/logs/slurm",
    )


def ray(steps: list[PipelineStep], options: argparse.Namespace) -> PipelineExecutor:
    """Each task a task of Ray, on the cluster that RAY_ADDRESS names, or else on this machine."""
    import ray

    ray.init()
    return RayPipelineExecutor(
        steps, tasks=options.tasks, workers=options.workers, mem_per_cpu_gb=3, logging_dir=f"{options.out}/logs"
    )


EXECUTORS = {"local": local, "slurm": slurm, "ray": ray}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("on", choices=EXECUTORS)
    parser.add_argument("crawl", metavar="CRAWL")
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--rules", action="append", default=[], metavar="DIR", help="folders of rules of your own")
    parser.add_argument("--tasks", type=int, default=1, help="at most as many as there are files; default: 1")
    parser.add_argument("--workers", type=int, default=-1, help="tasks at the same time; default: all")
    parser.add_argument("--time", default="08:00:00", help="Slurm: limit of a task")
    parser.add_argument("--partition", default="cpu", help="Slurm: where to run")
    parser.add_argument("--venv", metavar="FILE", help="Slurm: the activate script of the environment on the nodes")
    return parser


if __name__ == "__main__":
    main()
