//! The programs of examples/ print what tests/examples/NAME.out says, under each tier.

use crate::files;
use libtest_mimic::{Failed, Trial};
use std::path::Path;
use std::process::{Command, Stdio};

/// One test for each example and tier.
pub fn trials() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut trials = Vec::new();
    for path in files::below(&root, &["scm"]) {
        for tier in ["baseline", "llvm", "auto"] {
            let name = format!("examples/{} {tier}", files::name(&root, &path));
            let path = path.clone();
            trials.push(Trial::test(name, move || test(&path, tier)));
        }
    }
    trials
}

fn test(path: &Path, tier: &str) -> Result<(), Failed> {
    let name = path.file_stem().unwrap_or_default();
    let expected = std::fs::read_to_string(files::folder("examples").join(name).with_extension("out"))?;
    let outcome =
        Command::new(env!("CARGO_BIN_EXE_kestrel")).args(["--tier", tier]).arg(path).stdin(Stdio::null()).output()?;
    let stdout = String::from_utf8_lossy(&outcome.stdout);
    if outcome.status.success() && stdout == expected {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&outcome.stderr);
    Err(format!("{}\n--- stdout\n{stdout}\n--- stderr\n{stderr}", outcome.status).into())
}
