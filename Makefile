# Thin: each target calls cargo or a script. `make help` lists them.
.PHONY: help setup build run test bench compare format lint ci

FILE ?=
ARGS ?=

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

setup: ## install what is missing (LLVM 19 development packages)
	@scripts/setup.sh

build: setup ## release build
	cargo build --release --locked

run: build ## run FILE=path.scm [ARGS=…], or the tour of examples
	@if [ -n "$(FILE)" ]; then target/release/kestrel "$(FILE)" $(ARGS); else scripts/tour.sh; fi

test: setup ## all tests
	cargo test --workspace --locked

bench: setup ## criterion benchmarks: compiler stages and run times in-process
	cargo bench --locked

compare: build ## Kestrel against the installed peers: ARGS="--runs 5 --programs fib,tak"
	benches/compare.py $(ARGS)

format: ## format the sources
	cargo fmt --all

lint: setup ## what CI insists on
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

ci: ## what CI runs
	.ci/run
