#!/bin/sh
# Runs the examples one after the other, with what each is, its answer and its time.
set -eu
cd "$(dirname "$0")/.."

show() {
    file=$1; shift
    printf '\n\033[1m%s\033[0m\n' "$file"
    sed -n '/^;;/{s/^;; *//;p;};/^;;/!q' "$file"
    echo
    start=$(date +%s%N)
    "${CARGO_TARGET_DIR:-target}/release/kestrel" "$file" "$@"
    end=$(date +%s%N)
    printf '\033[2m%d ms, whole process\033[0m\n' $(((end - start) / 1000000))
}

for name in queens generators amb match sudoku maze mandelbrot pi; do
    show "examples/$name.scm"
done
show examples/words.scm README.md
