"""Gröbner bases (degrevlex): AllMinima and others, one thread each."""
import json
import re

from installation import TOOL, msolve
from measuring import OURS, measure, run
from systems import named

PRIME = 2147483647
SMALL_PRIME = 65521  # the greatest for which mathicgb is made
POINT_PRIME = 1000000007


def fingerprint(elements, variables, characteristic):
    """The values of the elements at a point modulo a prime, each divided by its leading coefficient, sorted."""
    q = characteristic or POINT_PRIME
    point = {name: 3 + 7 * i for i, name in enumerate(variables)}
    powers, values = {}, []
    for element in elements:
        total, leading = 0, None
        for term in re.findall(r"[+-]?[^+-]+", element):
            value, monomial = -1 if term[0] == "-" else 1, 1
            for factor in term.lstrip("+-").split("*"):
                if factor[0].isdigit():
                    top, _, bottom = factor.partition("/")
                    value = value * int(top) * pow(int(bottom or 1), -1, q) % q
                    continue
                if factor not in powers:
                    name, _, exponent = factor.partition("^")
                    powers[factor] = pow(point[name], int(exponent or 1), q)
                monomial = monomial * powers[factor] % q
            leading = leading or value
            total += value * monomial
        values.append(total * pow(leading, -1, q) % q)
    return sorted(values)


def split(text):
    text = re.sub(r"#.*", "", text)
    return [x for x in re.sub(r"[\s\[\]{}():]", "", text).split(",") if x]


class Programs:
    """How each program computes the basis of one system over one field."""

    def __init__(self, system, characteristic, limits, folder):
        self.system, self.characteristic = system, characteristic
        self.limits, self.folder = limits, folder
        self.path = system.write(folder, characteristic)
        self.result = folder / "basis"
        self.ideal = ", ".join(system.polynomials)
        self.variables = ",".join(system.variables)

    def fingerprint(self, elements):
        return fingerprint(elements, self.system.variables, self.characteristic)

    def from_file(self):
        return self.fingerprint(split(self.result.read_text()))

    def allminima(self):
        command = [TOOL, "groebner", self.path, "--threads", "1", "--format", "json", "--output", self.result]
        done = run(command, self.limits)
        return done, lambda: self.fingerprint(json.loads(self.result.read_text())["basis"])

    def msolve(self, linear_algebra="2"):
        command = [msolve(), "-t", "1", "-g", "2", "-l", linear_algebra, "-f", self.path, "-o", self.result]
        return run(command, self.limits), self.from_file

    def probabilistic_msolve(self):
        return self.msolve("44")

    def singular(self):
        program = (f"option(redSB); ring r=({self.characteristic}),({self.variables}),dp; short=0;"
                   f'ideal i={self.ideal}; ideal g=slimgb(i); write(":w {self.result}", string(g)); quit;')
        return run(["Singular", "-q"], self.limits, program), self.from_file

    def macaulay(self):
        field = f"ZZ/{self.characteristic}" if self.characteristic else "QQ"
        program = (f"R={field}[{self.variables}]; g=flatten entries gens gb ideal({self.ideal});"
                   f'"{self.result}" << toString g << close; exit 0\n')
        return run(["M2", "--silent", "--no-prompts"], self.limits, program), self.from_file

    def giac(self):
        program = f"threads:=1:;g:=gbasis([{self.ideal}],[{self.variables}],revlex):;g;"
        script = self.folder / "basis.cas"
        script.write_text(program + "\n")
        done = run(["giac", script], self.limits, folder=self.folder)
        return done, lambda: self.fingerprint(split(re.search(r"\[[^]]*\^[^]]*\]", done.output).group()))

    def mathicgb(self):
        """Modulo a small prime; it does not reduce the tails, so that only the number of elements is compared."""
        letters = dict(zip(self.system.variables, "abcdefghijklmnopqrstuvwxyz"))
        rows = [re.sub(r"[A-Za-z]\w*", lambda found: letters[found.group()], row)
                for row in self.system.polynomials]
        rows = [row.replace("*", "").replace("^", "") for row in rows]
        head = f"{self.characteristic} {len(letters)} 1 {' '.join('1' for _ in letters)}\n{len(rows)}\n"
        (self.folder / "mgb.ideal").write_text(head + "\n".join(rows) + "\n")
        command = ["mgb", "gb", "mgb", "-reducer", "26", "-threadCount", "1", "-outputResult", "on"]
        done = run(command, self.limits, folder=self.folder)
        return done, lambda: int((self.folder / "mgb.gb").read_text().split("\n", 1)[0])


def agree(program, ours, theirs):
    return theirs == (len(ours) if program == "mathicgb" else ours)


def tables(options, folder):
    """Titles with their rows; systems chosen so that most peers end."""
    words = ("katsura7 cyclic6 eco8 noon5", "katsura7 cyclic6", "katsura5 cyclic5 eco7 noon4") if options.quick else (
        "katsura9 katsura10 cyclic7 cyclic8 eco11 eco12 noon6 noon7",
        "katsura9 katsura10 cyclic7 cyclic8 eco11 noon7",
        "katsura6 katsura7 katsura8 katsura9 cyclic6 cyclic7 eco8 eco9 eco10 noon5 noon6")
    fields = [
        (f"Gröbner bases modulo {PRIME}", PRIME, words[0],
         lambda p: {"msolve": p.msolve, "msolve -l 44": p.probabilistic_msolve, "Singular": p.singular}),
        (f"Gröbner bases modulo {SMALL_PRIME}", SMALL_PRIME, words[1], lambda p: {"mathicgb": p.mathicgb}),
        ("Gröbner bases over Q", 0, words[2],
         lambda p: {"msolve": p.msolve, "giac": p.giac, "Singular": p.singular, "Macaulay2": p.macaulay})]
    for title, characteristic, systems, peers in fields:
        rows = []
        for system in named(systems):
            programs = Programs(system, characteristic, options.limits, folder)
            rows.append(measure(
                system.name, {OURS: programs.allminima} | peers(programs), options.rounds, agree))
            options.tell(title, rows[-1])
        yield title, rows
