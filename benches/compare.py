#!/usr/bin/env python3
"""Runs the programs of benches/programs under Kestrel and every installed peer, and prints the times side by side.

A row is an input file, NAME.in or NAME@VARIANT.in, given to the program NAME.scm (and NAME.c, where there is one) on
standard input; the answer must be NAME[@VARIANT].out, or what this script computes for generated data. Every peer gets
the same source without its import, behind a small prelude of its own (benches/prelude), compiled where the peer compiles.
Runs are interleaved: one run of every peer, then the next. Times are of the whole process, in milliseconds; the
number in brackets is the time relative to the base (Chez at optimize-level 2). Ratios of Kestrel are in the last column.
"""

import argparse
import csv
import hashlib
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
PRELUDES = HERE / "prelude"
ROOT = HERE.parent
WORK = ROOT / "target" / "compare"
DATA = WORK / "data"
BASE = "chez2"


# Programs ---------------------------------------------------------------------------------------------------------

def form_end(text, start):
    """The index after the form that starts at `start`; enough for import forms, which hold no strings."""
    depth = 0
    for i in range(start, len(text)):
        if text[i] == "(":
            depth += 1
        elif text[i] == ")":
            depth -= 1
            if depth == 0:
                return i + 1
    raise SystemExit("unbalanced import form")


def body(source):
    """A program without its import form."""
    text = source.read_text()
    start = text.index("(import ")
    return text[form_end(text, start):]


def skipped(source, peer):
    names = re.findall(r"^;; skip: (\w+)", source.read_text(), re.M)
    return any(peer.startswith(name) for name in names)


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def build(target, text, command):
    """Writes text to the source that `command` compiles, unless that was done before with the same text."""
    target.parent.mkdir(parents=True, exist_ok=True)
    stamp = target.with_suffix(target.suffix + ".stamp")
    wanted = digest(text, *map(str, command))
    if target.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    result = subprocess.run(command, capture_output=True, text=True, cwd=target.parent)
    if result.returncode != 0 or not target.exists():
        raise BuildError((result.stdout + result.stderr).strip())
    stamp.write_text(wanted)


class BuildError(Exception):
    """A peer could not compile a program."""


# Peers ------------------------------------------------------------------------------------------------------------

def prelude(name):
    return (PRELUDES / f"{name}.scm").read_text()


def kestrel(name, source):
    return [str(ROOT / "target" / "release" / "kestrel"), str(source)]


def chez(level):
    def prepare(name, source):
        text = ("(import (rename (chezscheme) (bytevector-copy! r6rs-bytevector-copy!)))\n(let ()\n"
                + prelude("chez") + body(source) + ")\n")
        folder = WORK / f"chez{level}"
        folder.mkdir(parents=True, exist_ok=True)
        program, compiled = folder / f"{name}.ss", folder / f"{name}.so"
        program.write_text(text)
        script = folder / f"{name}.compile.ss"
        script.write_text(f'(optimize-level {level})\n(compile-program "{program}" "{compiled}")\n')
        build(compiled, text, ["scheme", "--quiet", "--script", str(script)])
        return ["scheme", "--program", str(compiled)]
    return prepare


def gambit(name, source):
    text = ("(declare (standard-bindings) (extended-bindings) (block))\n(let ()\n"
            + prelude("gambit") + body(source) + ")\n")
    folder = WORK / "gambit"
    folder.mkdir(parents=True, exist_ok=True)
    program, compiled = folder / f"{name}.scm", folder / name
    program.write_text(text)
    build(compiled, text, ["gsc", "-exe", "-cc-options", "-O2", "-o", str(compiled), str(program)])
    return [str(compiled), "-:d-"]


def guile(name, source):
    text = source.read_text()
    folder = WORK / "guile"
    folder.mkdir(parents=True, exist_ok=True)
    program, compiled = folder / f"{name}.scm", folder / f"{name}.go"
    program.write_text(text)
    script = (f'(import (guile) (system base compile)) (compile-file "{program}" #:output-file "{compiled}" '
              '#:optimization-level 3)')
    build(compiled, text, ["guile", "--no-auto-compile", "--r7rs", "-c", script])
    return ["guile", "--no-auto-compile", "--r7rs", "-c", f'(import (guile)) (load-compiled "{compiled}")']


def racket(name, source):
    module = name.replace("@", "-")
    text = f"(module {module} racket/base\n" + prelude("racket") + body(source) + ")\n"
    folder = WORK / "racket"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / f"{module}.rkt"
    if not program.exists() or program.read_text() != text:
        program.write_text(text)
    build(folder / "compiled" / f"{module}_rkt.zo", text, ["raco", "make", str(program)])
    return ["racket", str(program)]


def clang():
    return next((c for c in ("clang-19", "clang", "cc") if shutil.which(c)), None)


def c(name, source):
    source = source.with_name(name.removesuffix("-tuned")).with_suffix(".c")
    if not source.exists():
        return None
    compiled = WORK / "c" / name
    compiled.parent.mkdir(parents=True, exist_ok=True)
    build(compiled, source.read_text(), [clang(), "-O2", "-o", str(compiled), str(source), "-lm"])
    return [str(compiled)]


# name: (what must be there, how to prepare a program: its command line, or None if there is no such version)
PEERS = {
    "kestrel": (lambda: (ROOT / "target" / "release" / "kestrel").exists(), kestrel),
    "chez2": (lambda: shutil.which("scheme"), chez(2)),
    "chez3": (lambda: shutil.which("scheme"), chez(3)),
    "gambit": (lambda: shutil.which("gsc"), gambit),
    "guile": (lambda: shutil.which("guile"), guile),
    "racket": (lambda: shutil.which("racket") and shutil.which("raco"), racket),
    "c": (clang, c),
}


# Generated data -----------------------------------------------------------------------------------------------------

STATIONS = """Abha Accra Adelaide Algiers Anadyr Ankara Athens Auckland Baku Bamako Banjul Bergen Bilbao Boise Busan
Cairo Chihuahua Da_Nang Dakar Darwin Dodoma Dunedin Erbil Fresno Gaborone Hanoi Harare Helsinki Honiara Jos Kumasi Lagos
Lviv Mek'ele Nuuk Oslo Palermo Quito Riga Yerevan""".replace("\n", " ").split()


class Dice:
    """A linear congruential generator, so that the files are the same everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % n


def tenths(n):
    return f"{'-' if n < 0 else ''}{abs(n) // 10}.{abs(n) % 10}"


def make_stations(path, rows):
    dice, statistics_of = Dice(7), {}
    with open(path, "w") as file:
        for _ in range(rows):
            i = dice.below(len(STATIONS))
            t = dice.below(401) - 200 + 10 * (i - 10)
            file.write(f"{STATIONS[i]};{tenths(t)}\n")
            s = statistics_of.setdefault(STATIONS[i], [t, 0, 0, t])
            s[:] = min(s[0], t), s[1] + t, s[2] + 1, max(s[3], t)
    lines = [f"{name}={tenths(s[0])}/{tenths((2 * s[1] + s[2]) // (2 * s[2]))}/{tenths(s[3])}"
             for name, s in sorted(statistics_of.items())]
    return "\n".join(lines)


def make_words(path, lines):
    dice, words, chars = Dice(3), 0, 0
    with open(path, "w") as file:
        for _ in range(lines):
            text = " ".join("abcdefghijklmnop"[dice.below(16):][:1 + dice.below(9)] for _ in range(dice.below(14)))
            words += len(text.split())
            chars += len(text) + 1
            file.write(text + "\n")
    return f"({lines} {words} {chars})"


GENERATED = {
    "words.txt": lambda path: make_words(path, 100_000),
    "stations-1m.txt": lambda path: make_stations(path, 1_000_000),
    "stations-10m.txt": lambda path: make_stations(path, 10_000_000),
}


def generated(name):
    """Makes a data file if it is not there; returns the answer that programs give for it."""
    DATA.mkdir(parents=True, exist_ok=True)
    answer = DATA / f"{name}.answer"
    if not answer.exists():
        print(f"making {name}", file=sys.stderr)
        answer.write_text(GENERATED[name](DATA / name))
    return answer.read_text()


# Rows ---------------------------------------------------------------------------------------------------------------

class Row:
    """An input, its program, and the answer to expect."""

    def __init__(self, path, scale):
        self.name = path.stem
        self.program = self.name.split("@")[0]
        self.source = PROGRAMS / f"{self.program}.scm"
        self.input = path.read_text()
        out = path.with_suffix(".out")
        self.expected = out.read_text().strip() if out.exists() else None
        found = re.search(r"@DATA@/([\w.-]+)", self.input)
        if found:
            self.expected = generated(found.group(1))
            self.input = self.input.replace("@DATA@", str(DATA))
        repetitions = re.match(r"\d+", self.input)
        if repetitions and scale != 1:
            count = max(1, round(int(repetitions.group()) * scale))
            self.input = str(count) + self.input[repetitions.end():]


def rows(wanted, scale):
    names = sorted(path.stem for path in PROGRAMS.glob("*.in"))
    if wanted:
        chosen = [n for n in names if n in wanted or n.split("@")[0] in wanted and "@10m" not in n]
        unknown = [w for w in wanted if not any(w in (n, n.split("@")[0]) for n in names)]
        if unknown:
            raise SystemExit(f"no such program: {', '.join(unknown)}")
    else:
        chosen = [n for n in names if "@10m" not in n]
    return [Row(PROGRAMS / f"{name}.in", scale) for name in chosen]


def run_once(command, text, clock, timeout):
    """Seconds, and the answer or what went wrong."""
    before = os.times()
    start = time.perf_counter()
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return timeout, None, "timed out"
    wall = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    seconds = wall if clock == "wall" else cpu
    if done.returncode != 0:
        lines = (done.stderr.strip() or done.stdout.strip() or f"status {done.returncode}").splitlines()
        return seconds, None, lines[0]
    return seconds, done.stdout.strip(), None


def measure(row, commands, args):
    """Times by peer, and problems by peer."""
    times, answers, problems = {peer: [] for peer in commands}, {}, {}
    for _ in range(args.runs):
        for peer, command in commands.items():
            if peer in problems:
                continue
            seconds, answer, problem = run_once(command, row.input, args.clock, args.timeout)
            if problem is None and row.expected is not None and answer != row.expected:
                problem = f"answers {answer[:60]!r} instead of {row.expected[:60]!r}"
            if problem:
                problems[peer] = problem
            else:
                times[peer].append(seconds)
                answers[peer] = answer
    if row.expected is None and len(set(answers.values())) > 1:
        problems["(all)"] = f"no expected answer, and the answers differ: {answers}"
    if args.bless and len(set(answers.values())) == 1 and len(answers) > 1 and "@DATA@" not in row.input:
        if row.expected is None:
            (PROGRAMS / f"{row.name}.out").write_text(next(iter(answers.values())) + "\n")
    return {peer: t for peer, t in times.items() if t and peer not in problems}, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", help="comma-separated program or row names; rows @10m only when named")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", help=f"comma-separated, of {', '.join(PEERS)}")
    parser.add_argument("--scale", type=float, default=1, help="multiplies the repetitions of each program")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall", help="cpu: user and system time")
    parser.add_argument("--csv", type=Path, default=WORK / "compare.csv")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for one run")
    parser.add_argument("--bless", action="store_true", help="write missing expected answers on which the peers agree")
    args = parser.parse_args()

    wanted = args.peers.split(",") if args.peers else list(PEERS)
    for peer in wanted:
        if peer not in PEERS:
            raise SystemExit(f"no such peer: {peer}")
    peers = [peer for peer in wanted if PEERS[peer][0]()]
    missing = [peer for peer in wanted if peer not in peers]
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)

    WORK.mkdir(parents=True, exist_ok=True)
    results, failures = {}, []
    width = 15
    print("".ljust(18) + "".join(peer.rjust(width) for peer in peers) + f"{'kestrel/' + BASE:>15}", flush=True)
    for row in rows(args.programs.split(",") if args.programs else None, args.scale):
        commands = {}
        for peer in peers:
            if skipped(row.source, peer):
                continue
            try:
                command = PEERS[peer][1](row.program, row.source)
            except BuildError as error:
                failures.append(f"{row.name}, {peer}: does not compile: {str(error)[:300]}")
                continue
            if command:
                commands[peer] = command
        times, problems = measure(row, commands, args)
        failures += [f"{row.name}, {peer}: {problem}" for peer, problem in problems.items()]
        medians = {peer: statistics.median(t) for peer, t in times.items()}
        results[row.name] = (medians, times)
        base = medians.get(BASE)
        cells = []
        for peer in peers:
            if peer not in medians:
                cells.append("failed" if peer in problems else "-")
            elif base:
                cells.append(f"{medians[peer] * 1000:.0f} ({medians[peer] / base:.2f})")
            else:
                cells.append(f"{medians[peer] * 1000:.0f}")
        ratio = f"{medians['kestrel'] / base:.2f}" if base and "kestrel" in medians else "-"
        print(row.name.ljust(18) + "".join(cell.rjust(width) for cell in cells) + ratio.rjust(15), flush=True)

    means = []
    for peer in peers:
        # A run shorter than the clock's tick says nothing.
        ratios = [m[peer] / m[BASE] for m, _ in results.values() if m.get(peer, 0) > 0 and m.get(BASE, 0) > 0]
        means.append(f"({math.exp(statistics.fmean(map(math.log, ratios))):.2f})" if ratios else "-")
    print("geometric mean".ljust(18) + "".join(mean.rjust(width) for mean in means))

    args.csv.parent.mkdir(parents=True, exist_ok=True)
    with open(args.csv, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "peer", "median_ms", "least_ms", "runs", f"relative_to_{BASE}"])
        for name, (medians, times) in results.items():
            for peer, median in medians.items():
                relative = f"{median / medians[BASE]:.4f}" if BASE in medians else ""
                writer.writerow([name, peer, f"{median * 1000:.2f}", f"{min(times[peer]) * 1000:.2f}",
                                 len(times[peer]), relative])
    for failure in failures:
        print(f"problem: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
