#!/usr/bin/env python3
"""Compares Groebner bases and their cost with msolve, mathicgb and Singular, one thread each.

usage: groebner.py [--field gf|qq|both] [--repeat N] [--msolve PATH] [--peers msolve,msolve44,mathicgb,slimgb]
                   [--systems katsura8,...] [--time-limit SECONDS] [--memory-limit GIB] [--executable PATH] DIRECTORY

DIRECTORY holds the .ms files. Without --executable, groebner-bench is built first. All programs run in turn, N rounds; a figure is the median of the CPU seconds of
the whole process. A row counts only if the bases agree: the value of every element at one point modulo a prime
(mathicgb, which does not reduce tails: the number of elements). mathicgb works modulo 65521, where it is
compared with our time modulo 65521. Geometric means leave out rows in which we take less than 50 ms.
"""
import argparse
import math
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "groebner"))
import bases

DEFAULT = "katsura8,katsura9,katsura10,katsura11,cyclic7,cyclic8,eco10,eco11,eco12,noon6,noon7"
PRIME = 2147483647
SMALL_PRIME = 65521
POINT_PRIME = 1000000007


def fingerprint(elements, names, modulus):
    """Values at a point, each divided by the leading coefficient (the first one), in ascending order."""
    q = modulus or POINT_PRIME
    point = {name: 3 + 7 * i for i, name in enumerate(names)}
    powers, values = {}, []
    for element in elements:
        total, lead = 0, None
        for coefficient, exponents in bases.terms(element):
            if lead is None:
                lead = coefficient
            for item in exponents.items():
                if item not in powers:
                    powers[item] = pow(point[item[0]], item[1], q)
                coefficient = coefficient * powers[item] % q
            total += coefficient
        values.append(total * pow(lead, -1, q) % q)
    return sorted(values)


def split(text):
    text = re.sub(r"#.*", "", text)
    return [x for x in re.sub(r"[\s\[\]:]", "", text).split(",") if x]


class Bench:
    def __init__(self, options):
        self.options = options
        self.ours = options.executable
        if not self.ours:
            here = os.path.dirname(os.path.abspath(__file__))
            build = ["swift", "build", "-c", "release", "--product", "groebner-bench", "--package-path", here]
            subprocess.run(build, check=True)
            self.ours = os.path.join(here, ".build", "release", "groebner-bench")
        self.work = tempfile.mkdtemp()

    def run(self, command, **arguments):
        """CPU seconds and peak memory in MB of a child process, as GNU time tells.

        (The resource usage of a direct child would start with the memory of this interpreter.)
        """

        def limit():
            bytes = int(self.options.memory_limit * 2**30)
            resource.setrlimit(resource.RLIMIT_AS, (bytes, bytes))

        with tempfile.NamedTemporaryFile("r") as report:
            timed = ["/usr/bin/time", "-o", report.name, "-f", "%U %S %M"] + command
            try:
                process = subprocess.run(
                    timed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit,
                    timeout=self.options.time_limit, **arguments)
            except subprocess.TimeoutExpired:
                raise RuntimeError("time limit") from None
            if process.returncode != 0:
                raise RuntimeError(f"{command[0]} ended with {process.returncode}")
            user, system, memory = report.read().split()
            return float(user) + float(system), int(memory) / 1024

    def path(self, name):
        return os.path.join(self.work, name)

    def system(self, name, characteristic):
        names, _, polynomials = bases.read_system(os.path.join(self.options.directory, name + ".ms"))
        path = self.path(f"{name}.{characteristic}.ms")
        bases.write_system(path, names, characteristic, polynomials)
        return path, names, polynomials

    def run_ours(self, name, p):
        path, names, _ = self.system(name, p)
        seconds, memory = self.run([self.ours, path, "--output", self.path("ours")])
        return seconds, memory, lambda: fingerprint(split(open(self.path("ours")).read()), names, p)

    def run_msolve(self, name, p, option="2"):
        path, names, _ = self.system(name, p)
        out = self.path("msolve")
        seconds, memory = self.run([self.options.msolve, "-g", "2", "-l", option, "-f", path, "-o", out])
        return seconds, memory, lambda: fingerprint(split(open(out).read()), names, p)

    def run_msolve44(self, name, p):
        return self.run_msolve(name, p, "44")

    def run_slimgb(self, name, p):
        _, names, polynomials = self.system(name, p)
        program = (
            f"option(redSB); ring r=({p}),({','.join(names)}),dp; short=0; ideal i={polynomials};"
            f'ideal g=slimgb(i); write(":w {self.path("slimgb")}", string(g)); quit;'
        )
        with open(self.path("program"), "w") as file:
            file.write(program)
        seconds, memory = self.run(["Singular", "-q", self.path("program")], stdin=subprocess.DEVNULL)
        return seconds, memory, lambda: fingerprint(split(open(self.path("slimgb")).read()), names, p)

    def run_mathicgb(self, name, p):
        _, names, polynomials = self.system(name, p)
        letters = dict(zip(names, "abcdefghijklmnopqrstuvwxyz"))
        text = re.sub(r"[A-Za-z_]\w*", lambda m: letters[m.group()], polynomials)
        text = text.replace("*", "").replace("^", "").replace(" ", "").replace("\n", "")
        rows = text.split(",")
        with open(self.path("mgb.ideal"), "w") as file:
            ones = " ".join("1" for _ in names)
            file.write(f"{p} {len(names)} 1 {ones}\n{len(rows)}\n" + "\n".join(rows) + "\n")
        command = ["mgb", "gb", "mgb", "-reducer", "26", "-threadCount", "1", "-outputResult", "on"]
        seconds, memory = self.run(command, cwd=self.work)
        return seconds, memory, lambda: int(open(self.path("mgb.gb")).readline())

    def row(self, name, p, peers):
        runners = {"ours": self.run_ours} | {peer: getattr(self, "run_" + peer) for peer in peers}
        figures = {key: [] for key in runners}
        prints, failed = {}, set()
        for _ in range(self.options.repeat):
            for key, runner in runners.items():
                if key in failed:
                    continue
                try:
                    seconds, memory, result = runner(name, p)
                except (RuntimeError, FileNotFoundError, ValueError) as error:
                    print(f"  {name}: {key}: {error}", file=sys.stderr)
                    failed.add(key)
                    continue
                figures[key].append((seconds, memory))
                if key not in prints:
                    prints[key] = result()
        medians = {
            key: tuple(statistics.median(x[i] for x in values) for i in (0, 1))
            for key, values in figures.items()
            if values
        }
        agreeing = {
            key
            for key, value in prints.items()
            if value == (len(prints["ours"]) if key == "mathicgb" else prints["ours"])
        }
        return medians, agreeing

    def table(self, title, p, peers):
        peers = [peer for peer in peers if p == 0 or (peer == "mathicgb") == (p == SMALL_PRIME)]
        if p == 0:
            peers = [peer for peer in peers if peer == "msolve"]
        if not peers:
            return
        print(f"\n{title}: seconds and MB; ratio ours / peer")
        ratios = {peer: [] for peer in peers}
        memory_ratios = {peer: [] for peer in peers}
        for name in self.options.systems.split(","):
            medians, agreeing = self.row(name, p, peers)
            if "ours" not in medians:
                continue
            seconds, memory = medians["ours"]
            line = f"{name:10s} ours {seconds:8.3f} s {memory:6.0f} MB"
            for peer in peers:
                if peer not in medians:
                    continue
                if peer not in agreeing:
                    line += f" | {peer} DISAGREES"
                    continue
                other, other_memory = medians[peer]
                line += f" | {peer} {other:8.3f} s {other_memory:6.0f} MB, {seconds / other:5.2f} {memory / other_memory:5.2f}"
                if max(seconds, other) >= 0.05:
                    ratios[peer].append(seconds / other)
                    memory_ratios[peer].append(memory / other_memory)
            print(line, flush=True)
        for peer in peers:
            if ratios[peer]:
                print(f"geometric mean of ours / {peer}: time {mean(ratios[peer]):.3f}, memory {mean(memory_ratios[peer]):.3f}"
                      f" over {len(ratios[peer])} rows")


def mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("--field", choices=["gf", "qq", "both"], default="both")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--msolve", default=shutil.which("msolve") or "msolve")
    parser.add_argument("--peers", default="msolve,msolve44,mathicgb,slimgb")
    parser.add_argument("--systems", default=DEFAULT)
    parser.add_argument("--time-limit", type=float, default=600)
    parser.add_argument("--memory-limit", type=float, default=12)
    parser.add_argument("--executable")
    bench = Bench(parser.parse_args())
    peers = bench.options.peers.split(",")
    if bench.options.field != "qq":
        bench.table(f"GF({PRIME})", PRIME, peers)
        bench.table(f"GF({SMALL_PRIME})", SMALL_PRIME, peers)
    if bench.options.field != "gf":
        bench.table("Q", 0, peers)


main()
