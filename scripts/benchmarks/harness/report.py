"""The report's tables in Markdown."""
import math

from measuring import OURS

COMMAND = "scripts/benchmarks/run"


def table(head, rows):
    """Columns of a Markdown table, all but the first flush right."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


# In rows where both take less, starting up is most of it.
SHORT = 0.05


def ratio(row, peer):
    """The peer's time over ours, if both count."""
    ours, theirs = row.cells[OURS], row.cells[peer]
    if not (ours.counts and theirs.counts) or max(ours.cpu, theirs.cpu) < SHORT:
        return None
    return theirs.cpu / max(ours.cpu, 0.001)


def mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def peers_section(title, rows):
    programs = list(rows[0].cells)
    lines = [f"## {title}", ""]
    body = [[row.name] + [row.cells[program].text for program in programs] + [memory(row)] for row in rows]
    lines += table(["system"] + programs + ["MiB"], body)
    notes = []
    for peer in programs[1:]:
        ratios = [value for value in (ratio(row, peer) for row in rows) if value]
        if ratios:
            notes.append(f"{peer} takes {mean(ratios):.2f} times as long as {OURS} in the geometric mean of "
                         f"{len(ratios)} rows ({min(ratios):.2f} to {max(ratios):.2f})")
    return lines + ["", "; ".join(notes) + "." if notes else "No row is long enough.", ""]


def memory(row):
    ours = row.cells[OURS]
    return "%.0f" % ours.memory if ours.memory else ""


def minima_section(rows):
    lines = [
        "## All local minima, and multi-start descent", "",
        f"The certified list of {OURS} (one thread), and how many of its minima, told apart by their losses, "
        "L-BFGS from random starts finds in as many CPU seconds, in ten and in a hundred times as many (start-up "
        "not counted; one descent at least; no longer than the time limit, shared by the three). `*` says that the global minimum is among "
        "them. Other ends are points of different loss that are no minima: descents that stopped at a kink, at a "
        "saddle point, or too early.", ""]
    body = []
    for row in rows:
        if row.failure:
            body.append([row.name, row.failure] + [""] * 6)
            continue
        cells = ["%d%s of %d in %.2g s" % (x["found"], "*" if x["global"] else "", row.losses, x["seconds"])
                 for x in row.found]
        last = row.found[-1]
        body.append([row.name, "%.3g" % row.cpu, str(row.components)] + cells
                    + ["%d" % last["starts"], "%d" % last["others"]])
    return lines + table(
        ["problem", f"{OURS}, s", "components", "found, 1×", "10×", "100×", "starts", "other ends"], body) + [""]


def engines_section(result):
    run = result["run"]
    lines = ["## The two engines", "",
             f"`allminima benchmark --rounds {result['rounds']} --threads {run['threads']}`: the same work on both, "
             "CPU milliseconds, median (least – greatest).", ""]

    def cell(row, engine):
        if "times" not in row:
            return "answers differ" if row["status"] == "differ" else "no answer"
        spread = row["times"][engine]["cpuSeconds"]
        return "%.3g (%.3g – %.3g)" % tuple(1000 * spread[key] for key in ("median", "least", "greatest"))

    body = [[f"{row['work']}: {row['name']}", cell(row, "flint"), cell(row, "swift"),
             "%.2f" % row["ratio"] if "ratio" in row else ""] for row in result["rows"]]
    ratios = [row["ratio"] for row in result["rows"] if "ratio" in row]
    note = f"Geometric mean of the ratios: {mean(ratios):.2f}." if ratios else "No row counts."
    return lines + table(["work", "FLINT", "Swift", "Swift/FLINT"], body) + ["", note, ""]


def noise(rows):
    """How far the runs of one program on one system lie apart, as a sentence."""
    cells = [cell for row in rows for cell in row.cells.values()]
    spreads = sorted(cell.greatest / cell.least - 1 for cell in cells
                     if cell.counts and cell.runs > 1 and cell.cpu >= SHORT)
    if not spreads:
        return ""
    middle, most = (spreads[int(share * (len(spreads) - 1))] for share in (0.5, 0.95))
    return (f" Between the slowest and the fastest run of a program on a system lie {100 * middle:.0f} % in the "
            f"median of {len(spreads)} cells, and {100 * most:.0f} % or less in 95 % of them.")


def heading(machine, versions, date, options, arguments, seconds, rows):
    listed = ", ".join(f"{name} {version}" for name, version in versions.items())
    return [
        "# Benchmarks", "",
        f"Written by `{' '.join([COMMAND] + arguments)}` on {date}, in {seconds / 60:.0f} minutes; the command "
        "installs what is missing and does all of it again.", "",
        f"Machine: {machine}. Programs: {listed}.", "",
        "Figures are CPU seconds (user and system) of the whole process, one thread each, medians of up to "
        f"{options.rounds} runs; the programs take turns. (Who takes more than 5 s runs once.) A figure counts only "
        "if the answer agrees. "
        f"Limits for each run: {options.limits.seconds:g} s, {options.limits.memory:g} GiB of address space; "
        f"`> {options.limits.seconds:g} s` and other failures stand in place of figures. MiB is the peak memory of "
        f"{OURS}. Means leave out rows in which both take less than {SHORT:g} s."
        + noise(rows), ""]
