"""The tour of the README, as a user would type it."""

import re
from pathlib import Path

import pytest
from conftest import safetensors

README = Path(__file__).parent.parent / "README.md"


def test_the_tour(tmp_path, monkeypatch):
    for package in ("numpy", "pandas", "sklearn", "torch", "matplotlib"):
        pytest.importorskip(package)
    monkeypatch.chdir(tmp_path)
    weights = {"0.weight": ([2, 1], [1.0, -1.0]), "0.bias": ([2], [0.5, 0.5]), "2.weight": ([1, 2], [1.0, 1.0])}
    Path("model.safetensors").write_bytes(safetensors(weights))
    monkeypatch.setenv("MPLBACKEND", "Agg")
    names: dict = {}
    blocks = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert len(blocks) >= 6
    for block in blocks:
        exec(block, names)
    assert names["landscape"].complete and names["landscape"].best.is_global
    assert names["place"].component.id == 1 and float(names["place"].gap_to_best) == 0
