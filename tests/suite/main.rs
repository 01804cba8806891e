//! The integration tests: text in, text out for every stage, and programs run under every tier. See tests/README.md.

mod ast;
mod files;
mod run;
mod scale;
mod text;

use libtest_mimic::Arguments;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = text::trials();
    trials.extend(scale::trials());
    trials.extend(run::trials());
    libtest_mimic::run(&arguments, trials).exit();
}
