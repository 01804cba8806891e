//! The integration tests: text in, text out for every stage; programs run under every tier; the crate as a library. See tests/README.md.

mod architecture;
mod arguments;
mod ast;
mod conformance;
mod dumps;
mod embed;
mod examples;
mod files;
mod libraries;
mod process;
mod random;
mod run;
mod scale;
mod text;

use libtest_mimic::Arguments;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = text::trials();
    trials.extend(scale::trials());
    trials.extend(architecture::trials());
    trials.extend(embed::trials());
    trials.extend(dumps::trials());
    trials.extend(examples::trials());
    trials.extend(libraries::trials());
    trials.extend(arguments::trials());
    trials.extend(conformance::trials());
    trials.extend(random::trials());
    trials.extend(run::trials());
    trials.extend(process::trials());
    libtest_mimic::run(&arguments, trials).exit();
}
