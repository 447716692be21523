"""pip, conda and the lock install the same packages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

PROJECT = Path(__file__).resolve().parent.parent
METADATA = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
CONDA = yaml.safe_load((PROJECT / "environment.yml").read_text())
BY_PIP = next(entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict))
BY_CONDA = [entry for entry in CONDA["dependencies"] if isinstance(entry, str)]


def bounds(requirements: list[str]) -> dict[str, SpecifierSet]:
    return {parsed.name: parsed.specifier for parsed in map(Requirement, requirements)}


def declared() -> dict[str, SpecifierSet]:
    return bounds([*METADATA["dependencies"], *METADATA["optional-dependencies"]["dev"]])


def test_conda_users_get_the_same_packages_with_the_same_bounds() -> None:
    listed = bounds([entry for entry in [*BY_CONDA, *BY_PIP] if entry != "-e ."])
    assert listed.pop("python") == SpecifierSet(METADATA["requires-python"])
    assert listed.pop("pip") == SpecifierSet("")
    assert listed == declared()


def test_conda_users_get_the_project_itself() -> None:
    assert "-e ." in BY_PIP


def test_no_package_comes_from_both_conda_and_pip() -> None:
    assert not bounds(BY_CONDA).keys() & bounds([entry for entry in BY_PIP if entry != "-e ."]).keys()


def test_the_lock_pins_every_package_within_its_bounds() -> None:
    pins = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", (PROJECT / "requirements.lock").read_text(), re.MULTILINE))
    outside = {name: pins.get(name) for name, bound in declared().items() if not bound.contains(pins.get(name, "0"))}
    assert outside == {}
