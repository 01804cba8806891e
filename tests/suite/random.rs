//! Programs of tests/random: each makes random data from a seed and says what is wrong with Kestrel's answers.

use crate::{files, run};
use libtest_mimic::{Failed, Trial};
use std::path::Path;
use std::process::{Command, Stdio};

/// Data for each run, unless the environment variable [`COUNT`] says otherwise.
const DEFAULT_COUNT: u64 = 300;
/// How many data to try.
const COUNT: &str = "KESTREL_RANDOM_COUNT";
/// The seed; the same one unless this is set.
const SEED: &str = "KESTREL_RANDOM_SEED";

/// One test for each program and tier.
pub fn trials() -> Vec<Trial> {
    let root = files::folder("random");
    let mut trials = Vec::new();
    for path in files::below(&root, &["scm"]) {
        for (tier, level) in [("baseline", "-O0"), ("llvm", "-O2")] {
            let name = format!("random/{} {tier} {level}", files::name(&root, &path));
            let path = path.clone();
            trials.push(Trial::test(name, move || test(&path, tier, level)));
        }
    }
    trials
}

fn test(path: &Path, tier: &str, level: &str) -> Result<(), Failed> {
    let count = number(COUNT, DEFAULT_COUNT)?;
    let seed = number(SEED, 1)?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_kestrel"));
    command.arg("--tier").arg(tier).arg(level).arg(path).arg(seed.to_string()).arg(count.to_string());
    let outcome = run::execute(command, Stdio::null())?;
    if outcome.status == Some(0) && outcome.stdout == format!("{count} data\n") {
        return Ok(());
    }
    let status = outcome.status;
    Err(format!("seed {seed}, status {status:?}\n{:.3000}\n{:.1000}", outcome.stdout, outcome.stderr).into())
}

fn number(variable: &str, otherwise: u64) -> Result<u64, Failed> {
    match std::env::var(variable) {
        Ok(text) => text.parse().map_err(|_| format!("{variable} is not a number: {text}").into()),
        Err(_) => Ok(otherwise),
    }
}
