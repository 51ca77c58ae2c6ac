"""Compiles the extension modules of ``cleaner/compiled`` for a wheel or an editable installation.

Without a C compiler, or if compiling fails, the package is one of Python alone: slower, with the same results. The
environment variable ``CLEANER_COMPILED`` says ``required`` where that must not happen, as in releases, and ``no`` where
nothing is to be compiled.
"""

from __future__ import annotations

import os
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDER = Path("cleaner", "compiled")
_FLAGS = [] if os.name == "nt" else ["-O3", "-g0", "-ffp-contract=off"]
"""Products and sums are rounded one by one, as numpy does: where they are fused (arm64), last bits would differ."""


class CompiledModules(BuildHookInterface[Any]):
    """The build hook; hatchling finds it by ``[tool.hatch.build.targets.wheel.hooks.custom]``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Compile, and give the wheel the tag of this platform; or say why the wheel is one of Python alone."""
        wanted = os.environ.get("CLEANER_COMPILED", "")
        folder = Path(self.root, _FOLDER)
        if wanted == "no" or not is_compiled(Path(self.root)):
            for old in folder.glob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"):
                old.unlink()
        if wanted == "no":
            return
        try:
            if not is_compiled(Path(self.root)):
                compile_modules(Path(self.root))
        except BaseException as error:  # setuptools raises SystemExit, compilers anything
            if wanted == "required" or isinstance(error, KeyboardInterrupt):
                raise
            self.app.display_warning(
                f"cleaner: the extension modules in {_FOLDER} could not be compiled, so Python code does their work: slower, "
                f"with the same results. With a C compiler (on Debian: apt-get install gcc), install again. It was: {error}"
            )
            return
        build_data["artifacts"] += [f"/{_FOLDER.as_posix()}/*{sysconfig.get_config_var('EXT_SUFFIX')}"]
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def is_compiled(root: Path) -> bool:
    """Whether each extension module is there and no older than its source, as where another extra is installed."""
    sources = sorted((root / _FOLDER).glob("*.pyx"))
    compiled = [source.with_suffix(sysconfig.get_config_var("EXT_SUFFIX")) for source in sources]
    return all(
        module.exists() and module.stat().st_mtime >= source.stat().st_mtime
        for source, module in zip(sources, compiled, strict=True)
    )


def compile_modules(root: Path) -> None:
    """Compile each ``.pyx`` file to an extension module beside it. Raises what Cython, setuptools and the compiler raise."""
    import lxml
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    modules = [
        Extension(".".join((*_FOLDER.parts, file.stem)), [str(file.relative_to(root))], extra_compile_args=_FLAGS)
        for file in sorted((root / _FOLDER).glob("*.pyx"))
    ]
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(root)
        try:
            extensions = cythonize(modules, build_dir=scratch, include_path=lxml.get_include(), quiet=True)
            for extension in extensions:
                extension.include_dirs += lxml.get_include()
            command = Distribution({"name": "cleaner", "ext_modules": extensions}).get_command_obj("build_ext")
            command.inplace, command.build_temp = True, scratch
            command.ensure_finalized()
            command.run()
        finally:
            os.chdir(before)


if __name__ == "__main__":
    # After a change of a .pyx file; the extra dev has what this needs.
    compile_modules(Path(__file__).resolve().parent)
