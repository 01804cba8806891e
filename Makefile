# Thin: each target calls cargo or a script. `make help` lists them.
.PHONY: help setup build run test bench compare differential check-memory format lint ci

FILE ?=
ARGS ?=

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

setup: ## install what is missing (LLVM 19 development packages)
	@scripts/setup.sh

build: setup ## release build
	cargo build --release --locked

run: build ## run FILE=path.scm [ARGS=…], or the tour of examples
	@if [ -n "$(FILE)" ]; then "$${CARGO_TARGET_DIR:-target}/release/kestrel" "$(FILE)" $(ARGS); else scripts/tour.sh; fi

test: setup ## all tests
	cargo test --workspace --locked

bench: setup ## criterion benchmarks: compiler stages and run times in-process
	cargo bench --locked

compare: build ## Kestrel against the installed peers: ARGS="--runs 5 --programs fib,tak"
	benches/compare.py $(ARGS)

differential: build ## random programs under every tier and the peers: ARGS="--count 300 --seed 1"
	tests/differential/run.py $(ARGS)

check-memory: ## the runtime's unit tests under valgrind, but for the slow ones on random numbers
	CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER="valgrind --quiet --error-exitcode=9 --leak-check=no" \
		cargo test -p kestrel-runtime --lib --locked -- --test-threads 1 --skip properties

format: ## format the sources
	cargo fmt --all

lint: setup ## what CI insists on
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

ci: ## what CI runs
	.ci/run
