"""The search worker run by node, beside lunr.js itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from house.building import PROJECT

NO_FILTERS = {name: [] for name in ("what", "grade", "authority", "framework", "theme")} | dict.fromkeys(
    ("area", "from", "to"), ""
)

ASK_EACH = """async queries => {
    const { ask } = await import(document.querySelector("script[data-worker]").src);
    const filters = { what: [], grade: [], authority: [], framework: [], theme: [], area: "", from: "", to: "" };
    const answers = [];
    for (const query of queries) answers.push(await ask({ query, filters, skip: 0, count: 20 }).catch(String));
    return answers;
}"""
"""In a browser: what the worker of the open page answers to each of some queries, or how it fails."""


def in_worker(node_modules: Path, files: Mapping[str, bytes], task: str, given: Any) -> dict[str, Any]:
    """What `task` of worker.mjs gives, and which files were fetched for it."""
    held = {place: body.decode() for place, body in files.items() if "search/" in place}
    ran = subprocess.run(
        [
            "node",
            PROJECT / "tests/house/worker.mjs",
            PROJECT / "templates/assets/search-worker.js",
            node_modules / "lunr/lunr.js",
        ],
        input=json.dumps({"files": held, "task": task, "given": given}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    answered: dict[str, Any] = json.loads(ran.stdout)
    return answered


def answers(node_modules: Path, files: Mapping[str, bytes], *questions: dict[str, Any]) -> list[dict[str, Any]]:
    """What the worker answers to each question; what a question leaves out is nothing."""
    asked = [{"query": "", "filters": NO_FILTERS, "skip": 0, "count": 20, "facets": False} | each for each in questions]
    said: list[dict[str, Any]] = in_worker(node_modules, files, "answers", asked)["result"]
    return said
