"""Writes of finding: lists and drawings that an operator imports, and the words by which everything is found."""

from app.explore.service.imported import (
    BACKDROP_ATTRIBUTION,
    MAP_SCRIPT,
    MAP_SCRIPT_KEY,
    Status,
    save_backdrop,
    save_gazetteer,
    save_map_script,
)
from app.explore.service.indexing import index, rebuild_index
from app.explore.service.words import sweep_words

__all__ = [
    "BACKDROP_ATTRIBUTION",
    "MAP_SCRIPT",
    "MAP_SCRIPT_KEY",
    "Status",
    "index",
    "rebuild_index",
    "save_backdrop",
    "save_gazetteer",
    "save_map_script",
    "sweep_words",
]
