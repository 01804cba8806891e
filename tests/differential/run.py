#!/usr/bin/env python3
"""Runs random programs under every tier of Kestrel and every installed peer, and compares what they print.

The programs come from generate.py, one for each seed from --seed on. A program whose outputs differ between tiers, or between Kestrel and most of
the peers, is made smaller as long as it still differs, and stored with all outputs in --save. Exit status 1 if there was one.
"""

import argparse
import collections
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import generate
from forms import mentions, text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TIERS = {
    "baseline-O0": ["--tier", "baseline", "-O0"],
    "baseline-O1": ["--tier", "baseline", "-O1"],
    "baseline-O2": ["--tier", "baseline", "-O2"],
    "llvm-O0": ["--tier", "llvm", "-O0"],
    "llvm-O1": ["--tier", "llvm", "-O1"],
    "llvm-O2": ["--tier", "llvm", "-O2"],
    "auto-O2": ["--tier", "auto", "--hot=2", "-O2"],
    "later-O2": ["--tier", "auto", "--hot=25", "-O2"],
    "eval": ["--tier", "auto", "-O2", str(ROOT / "tests" / "support" / "evaluate.scm")],
    "stress": ["--tier", "llvm", "-O2", "--gc-stress", "--verify-heap"],
    "stress-baseline": ["--tier", "baseline", "-O0", "--gc-stress", "--verify-heap"],
}
DEFAULT_TIERS = "baseline-O0,baseline-O2,llvm-O2,auto-O2"
# Seconds of processor time that one program may take.
TIME_LIMIT = 30
# Outputs tried while a program is made smaller.
SHRINK_TRIALS = 1500
COMMON = (HERE / "common.scm").read_text()
LIBRARIES = "(scheme base) (scheme case-lambda) (scheme char) (scheme cxr) (scheme inexact) (scheme lazy) (scheme write)"
IMPORTS = f"(import {LIBRARIES})\n"
KESTREL_IMPORTS = f"(import {LIBRARIES} (scheme complex) (scheme eval))\n"
# Between the forms for all and those for Kestrel alone.
OWN = ["out", ["quote", "own"], "0"]
OWN_COMMON = """
(define (show name x) (display name) (display " ") (write x) (newline))
(define (try thunk)
  (show 'try (guard (e ((error-object? e) (list 'error (error-object-message e) (error-object-irritants e))) (#t (list 'raised e))) (call-with-values thunk list)))
  (show 'notes notes))
"""


# Peers ------------------------------------------------------------------------------------------------------------

def prelude(*names):
    return "".join((HERE / "prelude" / f"{name}.scm").read_text() for name in names)


def with_map(body):
    """For peers whose own `map` and `for-each` want lists of one length."""
    return re.sub(r"(?<=[( ])(map|for-each)(?=[ )])", r"\1*", body)


def guile(body):
    imports = IMPORTS.replace("(scheme base)", "(except (scheme base) call/cc dynamic-wind guard string-for-each string-map)")
    return imports + prelude("guile") + body


# Name: the command before the program's file, the file's ending, the text around the body.
PEERS = {
    "chez": (["scheme", "--quiet", "--script"], ".ss", lambda body: prelude("chez", "r7rs") + with_map(body)),
    "guile": (["guile", "--no-auto-compile", "--r7rs", "-s"], ".scm", guile),
    "gambit": (["gsi", "-:d-"], ".scm", lambda body: prelude("gambit", "r7rs") + with_map(body)),
    "chibi": (["chibi-scheme"], ".scm", lambda body: IMPORTS + body),
}
# What a peer cannot run: programs that mention one of these.
LACKS = {"gambit": {"define-syntax", "let-syntax", "letrec-syntax", "unicode"}}


def installed():
    return [name for name, (command, _, _) in PEERS.items() if shutil.which(command[0])]


# Programs: the forms for all, OWN, the forms for Kestrel alone ---------------------------------------------------

def program(seed, size):
    forms, own = generate.program(seed, size)
    return forms + [OWN] + own


def parts(forms):
    at = forms.index(OWN)
    return forms[:at], forms[at:]


def body(forms):
    return COMMON + "\n" + "\n".join(map(text, forms)) + "\n"


def kestrel_text(forms):
    shared, own = parts(forms)
    return KESTREL_IMPORTS + body(shared) + OWN_COMMON + "\n".join(map(text, own)) + "\n"


# Runs -------------------------------------------------------------------------------------------------------------

class Runner:
    def __init__(self, options, folder):
        self.kestrel = options.kestrel
        self.tiers = options.tiers
        self.peers = options.peers
        self.folder = folder
        self.pool = ThreadPoolExecutor(options.jobs)

    def commands(self, forms, chosen):
        """For each executor its command; writes the files."""
        file = self.folder / "kestrel.scm"
        file.write_text(kestrel_text(forms))
        commands = {tier: [self.kestrel, *TIERS[tier], str(file)] for tier in self.tiers if tier in chosen}
        shared, _ = parts(forms)
        for peer in self.peers:
            if peer in chosen and not mentions(shared, LACKS.get(peer, ())):
                command, ending, wrap = PEERS[peer]
                file = self.folder / (peer + ending)
                file.write_text(wrap(body(shared)))
                commands[peer] = [*command, str(file)]
        return commands

    def outputs(self, forms, chosen=None):
        """What each executor prints; an abnormal end is part of it."""
        commands = self.commands(forms, chosen or self.tiers + self.peers)
        return dict(zip(commands, self.pool.map(run, commands.values())))


def run(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", preexec_fn=limit)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "(does not end)\n"
    return done.stdout + (f"(status {done.returncode})\n{done.stderr[:2000]}" if done.returncode else "")


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT + 5))


def failed(output):
    return "(status " in output or "(does not end)" in output


class Verdict:
    """What is wrong, or None; who is needed to see it; the peers that differ from most."""

    def __init__(self, outputs):
        tiers = {name: output for name, output in outputs.items() if name in TIERS}
        peers = {name: output for name, output in outputs.items() if name in PEERS}
        self.wrong, self.needed, self.odd = None, [], []
        first, output = next(iter(tiers.items()))
        other = next((name for name in tiers if tiers[name] != output), None)
        if other:
            self.wrong, self.needed = "the tiers differ", [first, other]
            return
        if failed(output):
            self.wrong, self.needed = "Kestrel ends with an error", [first]
            return
        if not peers:
            return
        shared = output.split("own 0\n")[0]
        answers = collections.Counter(peers.values())
        answer, votes = answers.most_common(1)[0]
        if shared in answers and answers[shared] == votes:
            answer = shared
        self.odd = [name for name in peers if peers[name] != answer]
        if shared != answer and (shared not in answers or votes * 2 > len(peers)):
            self.wrong, self.needed = "Kestrel differs from the peers", [first, *(name for name in peers if peers[name] == answer)]


# Smaller programs -------------------------------------------------------------------------------------------------

def smaller(forms):
    """Programs with some forms left out, or one expression replaced by a part of it."""
    size = len(forms) // 2
    while size > 0:
        for i in range(len(forms) - size, -1, -size):
            yield forms[:i] + forms[i + size:]
        size //= 2
    for i, form in enumerate(forms):
        for other in simpler(form):
            yield forms[:i] + [other] + forms[i + 1:]


def simpler(form):
    if isinstance(form, str):
        return
    for part in form[1:]:
        yield part
    for i, part in enumerate(form):
        if i > 0:
            yield form[:i] + form[i + 1:]
        if i > 0 and isinstance(part, list):
            yield form[:i] + ["1"] + form[i + 1:]
        for other in simpler(part):
            yield form[:i] + [other] + form[i + 1:]


def shrink(runner, forms, verdict):
    """The smallest program found for which the same is wrong. Without a tier's abnormal end before, there must be none after."""
    failures = {name for name, output in runner.outputs(forms, verdict.needed).items() if failed(output)}
    tried = set()
    while True:
        for candidate in smaller(forms):
            if OWN not in candidate or text(candidate) in tried:
                continue
            tried.add(text(candidate))
            if len(tried) > SHRINK_TRIALS:
                return forms
            outputs = runner.outputs(candidate, verdict.needed)
            if Verdict(outputs).wrong == verdict.wrong and {name for name, output in outputs.items() if failed(output)} <= failures:
                forms = candidate
                break
        else:
            return forms


def report(runner, seed, forms, wrong, save):
    save.mkdir(parents=True, exist_ok=True)
    outputs = runner.outputs(forms)
    file = save / f"seed-{seed}.txt"
    file.write_text(f"seed {seed}: {wrong}\n\n{kestrel_text(forms)}\n\n" + "\n".join(f"--- {name}\n{output}" for name, output in outputs.items()))
    print(f"seed {seed}: {wrong}; see {file}")
    print("\n".join("    " + text(form) for form in forms))


# Command line -----------------------------------------------------------------------------------------------------

def default_kestrel():
    built = [path for path in (ROOT / "target" / kind / "kestrel" for kind in ("release", "debug")) if path.exists()]
    return str(max(built, key=lambda path: path.stat().st_mtime)) if built else "kestrel"


def names(known):
    def read(value):
        chosen = [] if value in ("", "none") else value.split(",")
        for name in chosen:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(known)}")
        return chosen
    return read


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="how many programs (100)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the first program's seed (the time)")
    parser.add_argument("--size", type=int, default=2, help="random results, scenes, and scenes for Kestrel alone in each program (2)")
    parser.add_argument("--peers", type=names(PEERS), default=installed(), help=f"{','.join(PEERS)}, or none (those installed)")
    parser.add_argument("--tiers", type=names(TIERS), default=DEFAULT_TIERS.split(","), help=f"of {','.join(TIERS)} ({DEFAULT_TIERS})")
    parser.add_argument("--kestrel", default=default_kestrel(), help="the binary (the one of target/ built last)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (2)")
    parser.add_argument("--save", type=Path, default=ROOT / "target" / "differential", help="folder for programs that differ")
    parser.add_argument("--no-shrink", action="store_true", help="store programs that differ as they are")
    parser.add_argument("--print", action="store_true", help="only print the first program")
    options = parser.parse_args()
    if options.print:
        print(kestrel_text(program(options.seed, options.size)))
        return 0
    print(f"{options.count} programs from seed {options.seed} on; {', '.join(options.tiers + options.peers)}", flush=True)
    bad, odd = 0, collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(options, Path(folder))
        for seed in range(options.seed, options.seed + options.count):
            if seed > options.seed and (seed - options.seed) % 100 == 0:
                print(f"{seed - options.seed} done", flush=True)
            forms = program(seed, options.size)
            verdict = Verdict(runner.outputs(forms))
            for peer in verdict.odd:
                odd[peer].append(seed)
            if verdict.wrong:
                bad += 1
                if not options.no_shrink:
                    forms = shrink(runner, forms, verdict)
                report(runner, seed, forms, verdict.wrong, options.save)
                sys.stdout.flush()
    for peer, seeds in odd.items():
        print(f"{peer} differs from the others at the seeds {', '.join(map(str, seeds))}")
    print(f"{bad} programs of {options.count} went wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
