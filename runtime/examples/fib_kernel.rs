//! Measures the addition kernel: fib(10000) by repeated addition, without any Scheme code around it.
//! `cargo run --release -p kestrel-runtime --example fib_kernel`

use kestrel_runtime::control::Options;
use kestrel_runtime::number::{self, arith};
use kestrel_runtime::{Ctx, Value};
use std::time::{Duration, Instant};

const N: usize = 10_000;
const RUNS: usize = 50;

/// Additions between two collections, which keep the memory that they use in the cache, as a nursery does.
const STRETCH: usize = 100;

/// fib(N), and the time that the additions took, without the collections.
fn fib(ctx: &mut Ctx) -> (Value, Duration) {
    let (mut a, mut b) = (Value::fixnum(0), Value::fixnum(1));
    let mut time = Duration::ZERO;
    for _ in 0..N / STRETCH {
        let start = Instant::now();
        for _ in 0..STRETCH {
            let sum = number::answer(arith::add(ctx, a, b));
            (a, b) = (b, sum);
        }
        time += start.elapsed();
        let (root_a, root_b) = (ctx.root(a), ctx.root(b));
        ctx.collect();
        (a, b) = (root_a.get(), root_b.get());
    }
    (a, time)
}

fn main() {
    let mut ctx = Ctx::new(Options::default());
    let mut times: Vec<Duration> = Vec::new();
    let mut digits = 0;
    for _ in 0..RUNS {
        let (answer, time) = fib(&mut ctx);
        times.push(time);
        digits = number::write(answer, 10).len();
    }
    times.sort();
    println!("fib({N}), {digits} digits: median {:?}, least {:?}", times[RUNS / 2], times[0]);
}
