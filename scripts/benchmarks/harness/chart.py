"""A chart of times as SVG: one line for each row, one mark for each program, a logarithmic axis."""
import math
from xml.sax.saxutils import escape

from measuring import OURS

# Colours that can be told apart without seeing red and green (M. Okabe, K. Ito, 2008), and shapes.
STYLES = {
    OURS: ("#0072b2", "circle"), "msolve": ("#d55e00", "square"), "msolve -l 44": ("#e69f00", "square"),
    "Singular": ("#009e73", "triangle"), "Macaulay2": ("#cc79a7", "diamond"), "mathicgb": ("#56b4e9", "diamond"),
    "giac": ("#000000", "triangle")}
LEFT, RIGHT, LINE, WIDTH = 130, 100, 18, 900


def mark(shape, x, y, color):
    r = 4.5
    points = {
        "square": [(-r, -r), (r, -r), (r, r), (-r, r)], "triangle": [(0, -r - 1), (r + 1, r), (-r - 1, r)],
        "diamond": [(0, -r - 1.5), (r + 1.5, 0), (0, r + 1.5), (-r - 1.5, 0)]}
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r + 0.5}" fill="{color}"/>'
    text = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in points[shape])
    return f'<polygon points="{text}" fill="{color}"/>'


def text(x, y, words, anchor="start", weight="normal"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">{escape(words)}</text>'


def chart(sections):
    """The sections: pairs of a title and rows. A program that failed stands beyond the right end."""
    times = [cell.cpu for _, rows in sections for row in rows for cell in row.cells.values() if cell.counts]
    if not times:
        return None
    low = math.floor(math.log10(max(min(times), 0.001)))
    high = math.ceil(math.log10(max(times + [10.0**low * 10])))

    def x(seconds):
        share = (math.log10(max(seconds, 10.0**low)) - low) / (high - low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    parts, y = [], 24
    position = LEFT
    used = [name for name in STYLES if any(name in row.cells for _, rows in sections for row in rows)]
    for name in used:
        color, shape = STYLES[name]
        parts += [mark(shape, position, y - 4, color), text(position + 9, y, name)]
        position += 26 + 7.5 * len(name)
    top = y + 14
    y = top + 8
    for title, rows in sections:
        y += LINE
        parts.append(text(8, y, title, weight="bold"))
        for row in rows:
            y += LINE
            parts.append(text(LEFT - 10, y + 4, row.name, "end"))
            parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#eee"/>')
            beyond = WIDTH - RIGHT + 22
            for name in reversed(list(row.cells)):
                cell, (color, shape) = row.cells[name], STYLES[name]
                if cell.counts:
                    parts.append(mark(shape, x(cell.cpu), y, color))
                elif cell.failure != "not installed":
                    parts.append(mark(shape, beyond, y, color))
                    beyond += 13
        y += 8
    bottom = y + 6
    axis = []
    for power in range(low, high + 1):
        at = x(10.0**power)
        axis.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{top}" y2="{bottom}" stroke="#ccc"/>')
        axis.append(text(at, bottom + 16, f"{10.0**power:g} s", "middle"))
    axis.append(text(WIDTH - RIGHT + 22, bottom + 16, "no answer"))
    size = f'width="{WIDTH}" height="{bottom + 28}" viewBox="0 0 {WIDTH} {bottom + 28}"'
    return "\n".join(
        [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">',
         '<rect width="100%" height="100%" fill="white"/>'] + axis + parts + ["</svg>"]) + "\n"
