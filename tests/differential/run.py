#!/usr/bin/env python3
"""Runs random programs under every tier of Kestrel and every installed peer, and compares what they print.

The programs come from generate.py, one for each seed from --seed on. A program whose outputs differ between tiers, or between Kestrel and most of
the peers, is made smaller as long as it still differs, and stored with all outputs in --save. Exit status 1 if there was one.
"""

import argparse
import collections
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import generate

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TIERS = {
    "baseline-O0": ["--tier", "baseline", "-O0"],
    "baseline-O2": ["--tier", "baseline", "-O2"],
    "llvm-O0": ["--tier", "llvm", "-O0"],
    "llvm-O2": ["--tier", "llvm", "-O2"],
    "auto-O2": ["--tier", "auto", "-O2"],
    "stress": ["--tier", "llvm", "-O2", "--gc-stress", "--verify-heap"],
}
DEFAULT_TIERS = "baseline-O0,baseline-O2,llvm-O2,auto-O2"
IMPORTS = "(import (scheme base) (scheme case-lambda) (scheme char) (scheme lazy) (scheme write))\n"
TIME_LIMIT = 60
# Outputs tried while a program is made smaller.
SHRINK_TRIALS = 400


# Peers ------------------------------------------------------------------------------------------------------------

def prelude(name):
    return (HERE / "prelude" / f"{name}.scm").read_text()


def with_map(body):
    """For peers whose own `map` wants lists of one length."""
    return body.replace("(map ", "(map* ")


def racket(body):
    return "(module program racket/base\n" + prelude("racket") + with_map(body) + ")\n"


# Name: the command before the program's file, the file's ending, the text around the body.
PEERS = {
    "chez": (["scheme", "--quiet", "--script"], ".ss", lambda body: prelude("chez") + with_map(body)),
    "guile": (["guile", "--no-auto-compile", "--r7rs", "-s"], ".scm", lambda body: IMPORTS + body),
    "gambit": (["gsi", "-:d-"], ".scm", lambda body: prelude("gambit") + body),
    "racket": (["racket"], ".rkt", racket),
    "chibi": (["chibi-scheme"], ".scm", lambda body: IMPORTS + body),
}


def installed():
    return [name for name, (command, _, _) in PEERS.items() if shutil.which(command[0])]


# Runs -------------------------------------------------------------------------------------------------------------

class Runner:
    def __init__(self, options, folder):
        self.kestrel = options.kestrel
        self.tiers = options.tiers
        self.peers = options.peers
        self.folder = folder
        self.pool = ThreadPoolExecutor(options.jobs)

    def commands(self, forms):
        """For each executor its command; writes the files."""
        body = generate.COMMON + "\n" + "\n".join(map(generate.text, forms)) + "\n"
        file = self.folder / "kestrel.scm"
        file.write_text(IMPORTS + body)
        commands = {tier: [self.kestrel, *TIERS[tier], str(file)] for tier in self.tiers}
        for peer in self.peers:
            command, ending, wrap = PEERS[peer]
            file = self.folder / (peer + ending)
            file.write_text(wrap(body))
            commands[peer] = [*command, str(file)]
        return commands

    def outputs(self, forms):
        """What each executor prints; an abnormal end is part of it."""
        commands = self.commands(forms)
        return dict(zip(commands, self.pool.map(run, commands.values())))


def run(command):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        return "(does not end)\n"
    return done.stdout + (f"(status {done.returncode})\n{done.stderr[:2000]}" if done.returncode else "")


def verdict(outputs, tiers, peers):
    """What is wrong, or None; and the peers that differ from the others."""
    own = {outputs[tier] for tier in tiers}
    if len(own) > 1:
        return "the tiers differ", []
    answers = collections.Counter(outputs[peer] for peer in peers)
    if not answers:
        failed = [tier for tier in tiers if "(status " in outputs[tier] or "(does not end)" in outputs[tier]]
        return ("Kestrel ends with an error" if failed else None), []
    answer, votes = answers.most_common(1)[0]
    odd = [peer for peer in peers if outputs[peer] != answer]
    if answer in own:
        return None, odd
    if any(peer for peer in peers if outputs[peer] in own) and votes * 2 <= len(peers):
        return None, odd
    return "Kestrel differs from the peers", odd


# Smaller programs -------------------------------------------------------------------------------------------------

def smaller(forms):
    """Programs with one form left out, or one expression replaced by a part of it."""
    for i in range(len(forms) - 1, -1, -1):
        yield forms[:i] + forms[i + 1:]
    for i, form in enumerate(forms):
        for other in simpler(form):
            yield forms[:i] + [other] + forms[i + 1:]


def simpler(form):
    if isinstance(form, str):
        return
    for part in form[1:]:
        yield part
    for i, part in enumerate(form):
        if i > 0 and isinstance(part, list):
            yield form[:i] + ["1"] + form[i + 1:]
        for other in simpler(part):
            yield form[:i] + [other] + form[i + 1:]


def shrink(runner, forms, wrong):
    """The smallest program found for which the same is wrong. A reference must still run it without an error."""
    trials = 0
    while True:
        for candidate in smaller(forms):
            trials += 1
            if trials > SHRINK_TRIALS:
                return forms
            outputs = runner.outputs(candidate)
            sound = [name for name, output in outputs.items() if "(status " not in output]
            same, _ = verdict(outputs, runner.tiers, runner.peers)
            if same == wrong and sound and (not runner.peers or any(name in runner.peers for name in sound)):
                forms = candidate
                break
        else:
            return forms


def report(runner, seed, forms, wrong, save):
    save.mkdir(parents=True, exist_ok=True)
    outputs = runner.outputs(forms)
    file = save / f"seed-{seed}.txt"
    program = generate.COMMON + "\n\n" + "\n".join(map(generate.text, forms))
    file.write_text(f"seed {seed}: {wrong}\n\n{IMPORTS}{program}\n\n" + "\n".join(f"--- {name}\n{output}" for name, output in outputs.items()))
    print(f"seed {seed}: {wrong}; see {file}")
    print("\n".join("    " + generate.text(form) for form in forms))


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
    parser.add_argument("--size", type=int, default=8, help="results that each program prints (8)")
    parser.add_argument("--peers", type=names(PEERS), default=installed(), help="chez,guile,gambit,racket,chibi, or none (those installed)")
    parser.add_argument("--tiers", type=names(TIERS), default=DEFAULT_TIERS.split(","), help=f"of {','.join(TIERS)} ({DEFAULT_TIERS})")
    parser.add_argument("--kestrel", default=default_kestrel(), help="the binary (the one of target/ built last)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (2)")
    parser.add_argument("--save", type=Path, default=ROOT / "target" / "differential", help="folder for programs that differ")
    parser.add_argument("--no-shrink", action="store_true", help="store programs that differ as they are")
    parser.add_argument("--print", action="store_true", help="only print the first program")
    options = parser.parse_args()
    if options.print:
        print(IMPORTS + generate.COMMON)
        print("\n".join(map(generate.text, generate.program(options.seed, options.size))))
        return 0
    print(f"{options.count} programs from seed {options.seed} on; {', '.join(options.tiers + options.peers)}", flush=True)
    bad, odd_ones = 0, collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(options, Path(folder))
        for seed in range(options.seed, options.seed + options.count):
            forms = generate.program(seed, options.size)
            outputs = runner.outputs(forms)
            wrong, odd = verdict(outputs, options.tiers, options.peers)
            odd_ones.update(odd)
            if wrong:
                bad += 1
                if not options.no_shrink:
                    forms = shrink(runner, forms, wrong)
                report(runner, seed, forms, wrong, options.save)
                sys.stdout.flush()
    for peer, count in odd_ones.items():
        print(f"{peer} differed from the other peers in {count} programs")
    print(f"{bad} programs of {options.count} went wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
