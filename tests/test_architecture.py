"""The shape of the house, held by tests: arrows, sizes, one place that builds."""

from __future__ import annotations

import ast
import subprocess
import sys
from configparser import ConfigParser
from importlib import metadata
from pathlib import Path

import pytest

from config.declared import declared

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("config", "nlp", "live", "overlays")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
OURS = {*PACKAGES, "tests", "run_live"}
MODULE_LINES, FUNCTION_LINES = 400, 60
#: Chosen by their address (asyncpg) or taken where there is one (rjieba, uvloop, winloop).
OPTIONAL = {"asyncpg", "rjieba", "uvloop", "winloop"}
#: Parts of a declared library that are packages of their own, in the version that it wants.
WITH_A_PARENT = {"pydantic_core", "markupsafe", "yarl"}


def plain(distribution: str) -> str:
    return distribution.lower().replace("_", "-")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Name the top-level packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_imports_point_one_way() -> None:
    command = "from importlinter.cli import lint_imports_command as check; check(['--no-cache', '--no-logo'])"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_part_of_live_has_its_place_in_the_layers() -> None:
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    layers = contracts["importlinter:contract:arrows"]["layers"]
    placed = {word.strip("()") for word in layers.split()}
    parts = {path.stem for path in (ROOT / "live").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert {f"live.{part}" for part in parts - {"__init__"}} - placed == set()


def test_nothing_imports_the_program_or_the_tests() -> None:
    assert [name_of(path) for path in SOURCES if imported(path) & {"run_live", "tests"}] == []


def test_every_library_in_use_is_declared() -> None:
    used = {name for path in SOURCES for name in imported(path)} - set(sys.stdlib_module_names) - OURS - OPTIONAL
    wanted = {plain(requirement.name) for requirement in declared(ROOT / "pyproject.toml", "run")}
    homes = metadata.packages_distributions()
    undeclared = {name for name in used - WITH_A_PARENT if not wanted & {plain(each) for each in homes.get(name, [])}}
    assert undeclared == set()


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert text.count("\n") <= MODULE_LINES
    assert {name: lines for name, lines in long.items() if lines > FUNCTION_LINES} == {}


def test_importing_every_module_opens_no_socket_and_no_file_for_writing() -> None:
    paths = [path for path in SOURCES if "migrations" not in path.parts]  # alembic runs these, nobody imports them
    modules = [name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]
    code = f"""
import sys
def forbid(event, arguments):
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "sqlite3.connect", "os.mkdir"):
        raise SystemExit(f"{{event}} {{arguments}} while importing {{module}}")
sys.addaudithook(forbid)
for module in {modules!r}:
    __import__(module)
"""
    done = subprocess.run([sys.executable, "-B", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_hook_of_the_test_above_bites() -> None:
    code = "import sys, socket\nsys.addaudithook(lambda e, a: sys.exit(3) if e == 'socket.bind' else None)\n"
    code += "socket.socket().bind(('127.0.0.1', 0))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 3
