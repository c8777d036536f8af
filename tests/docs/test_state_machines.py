from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import TYPE_CHECKING

import live.domain
from live.domain.reservation import CHANGEABLE, HOLDING, ReservationState
from tests.docs.pages import inline, read, rows, section
from tests.docs.state_machines import PAGE, TABLES, names, redraw

if TYPE_CHECKING:
    from enum import Enum


def test_the_diagrams_are_the_ones_drawn_from_the_tables() -> None:
    text = read(PAGE)
    assert text == redraw(text), "run: python -m tests.docs.state_machines"


def test_every_table_of_transitions_is_drawn() -> None:
    tables = {
        f"{module}.{name}"
        for module in modules()
        for name, value in vars(importlib.import_module(module)).items()
        if name.endswith("TRANSITIONS") and isinstance(value, Mapping) and type(next(iter(value))).__module__ == module
    }
    assert set(names(read(PAGE))) == tables == set(TABLES)


def modules() -> list[str]:
    return [f"live.domain.{found.name}" for found in pkgutil.iter_modules(live.domain.__path__)]


def test_every_state_of_a_machine_has_its_place_in_its_table() -> None:
    for table in TABLES.values():
        states: type[Enum] = type(next(iter(table)))
        assert set(table) == set(states)


def test_the_table_of_reservations_says_which_states_hold_and_which_may_change() -> None:
    told = {
        ReservationState(inline(state)[0]): (holds, changes)
        for state, holds, changes, _ in rows(section(read(PAGE), "A reservation"))
    }
    yes = {True: "yes", False: "no"}
    assert told == {state: (yes[state in HOLDING], yes[state in CHANGEABLE]) for state in ReservationState}
