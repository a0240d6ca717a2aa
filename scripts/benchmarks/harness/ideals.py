"""Minimal primes and real solutions: AllMinima and others, one thread each."""
import json
import re
from collections import Counter

from installation import ROOT, TOOL, msolve
from measuring import OURS, measure, run
from systems import System, adjacent_minors, named

# The systems of W. Decker, G.-M. Greuel and G. Pfister's comparison (1999), and gradients of ReLU networks.
RESOURCES = ROOT / "Tests" / "TestSupport" / "Resources"


class Programs:
    def __init__(self, system, limits, folder):
        self.limits, self.path = limits, system.write(folder)
        self.ideal, self.variables = ", ".join(system.polynomials), ",".join(system.variables)
        self.result = folder / "solutions"

    def ours(self, *command):
        words = [TOOL, command[0], self.path, "--threads", "1", "--format", "json"]
        done = run(words + list(command[1:]), self.limits)
        return done, json.loads(done.output)

    def minimal_primes(self):
        done, result = self.ours("decompose")
        return done, lambda: Counter((x["dimension"], x["degree"]) for x in result["components"])

    def real_solutions(self):
        done, result = self.ours("solve")
        return done, lambda: len(result["realSolutions"])

    def singular(self):
        program = (f'LIB "primdec.lib"; ring r=0,({self.variables}),dp; ideal i={self.ideal}; list l=minAssGTZ(i);'
                   'int k; for(k=1;k<=size(l);k++){ideal g=std(l[k]); print("C "+string(dim(g))+":"+string(mult(g)));'
                   "kill g;} quit;")
        done = run(["Singular", "-q"], self.limits, program)
        return done, lambda: tally(done.output)

    def macaulay(self):
        program = (f"R=QQ[{self.variables}]; I=ideal({self.ideal}); scan(minimalPrimes I, "
                   'p -> print("C "|toString(dim p)|":"|toString(degree p))); exit 0\n')
        done = run(["M2", "--silent", "--no-prompts"], self.limits, program)
        return done, lambda: tally(done.output)

    def msolve(self):
        done = run([msolve(), "-t", "1", "-f", self.path, "-o", self.result], self.limits)
        return done, lambda: count_solutions(self.result.read_text())


def tally(output):
    return Counter((int(a), int(b)) for a, b in re.findall(r"C (-?\d+):(\d+)", output))


def count_solutions(text):
    """Solutions are lists of coordinates, each a list of two bounds, after the dimension."""
    depth, count = 0, 0
    for character in text[text.index(","):]:
        depth += {"[": 1, "]": -1}.get(character, 0)
        if character == "[" and depth == 3:
            count += 1
    return count


def decomposed(quick):
    if quick:
        files = ["dgp_wang2", "dgp_chemistry", "relu_L2_0004", "relu_L2_0896"]
        return [adjacent_minors(2, 5)] + [System.read(RESOURCES / f"{name}.ms") for name in files]
    files = [path for path in sorted(RESOURCES.glob("*.ms")) if re.match("dgp|relu|perm|comm|syI", path.stem)]
    return [adjacent_minors(2, n) for n in (5, 6, 7)] + [adjacent_minors(3, 3)] + [System.read(x) for x in files]


def tables(options, folder):
    title, rows = "Minimal primes", []
    for system in decomposed(options.quick):
        programs = Programs(system, options.limits, folder)
        rows.append(measure(
            system.name,
            {OURS: programs.minimal_primes, "Singular": programs.singular, "Macaulay2": programs.macaulay},
            options.rounds))
        options.tell(title, rows[-1])
    yield title, rows
    title, rows = "Real solutions", []
    quick, full = "katsura5 cyclic5 eco7 noon4", "katsura6 katsura7 katsura8 katsura9 cyclic5 cyclic6 cyclic7 eco8 eco9 eco10 noon4 noon5 noon6"
    for system in named(quick if options.quick else full):
        programs = Programs(system, options.limits, folder)
        rows.append(measure(
            system.name, {OURS: programs.real_solutions, "msolve": programs.msolve}, options.rounds))
        options.tell(title, rows[-1])
    yield title, rows
