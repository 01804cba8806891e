//! What ARCHITECTURE.md promises and no compiler checks: dependencies, the fence around unsafe code, sizes of files, and that
//! what the documents name exists.

use crate::files;
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A name and what it stands for.
type Test = (&'static str, fn() -> Result<(), Failed>);

/// Lines beyond which a source file needs a plan.
const MOST_LINES: usize = 1000;
/// Files that are longer, each with the plan.
const LONG_FILES: &[(&str, &str)] = &[];
/// Where unsafe code may stand in `src/`.
const UNSAFE: &[&str] = &["src/jit/", "src/baseline/run.rs", "src/baseline/stub.rs"];

/// One test for each promise.
pub fn trials() -> Vec<Trial> {
    let tests: [Test; 6] = [
        ("the runtime does not know LLVM", runtime_without_llvm),
        ("files are short", files_are_short),
        ("unsafe code is fenced", unsafe_is_fenced),
        ("documents name what exists", documents_name_what_exists),
        ("every folder is described", every_folder_is_described),
        ("every pass has its text tests", every_pass_has_text_tests),
    ];
    tests.into_iter().map(|(name, test)| Trial::test(format!("architecture/{name}"), test)).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> Result<String, Failed> {
    let path = root().join(path);
    std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()).into())
}

/// All source files below `src/`, `runtime/`, `tests/` and `benches/`, by their paths in the repository.
fn sources() -> Vec<(String, PathBuf)> {
    ["src", "runtime", "tests", "benches"]
        .iter()
        .flat_map(|folder| files::below(&root().join(folder), &["rs", "sld"]))
        .map(|path| (files::name(root(), &path), path))
        .collect()
}

fn all_or(complaints: Vec<String>) -> Result<(), Failed> {
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}

/// The packages of a lock file with the packages that each depends on.
fn packages(lock: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut packages = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let quoted = |line: &'static str| package.lines().find_map(move |l| l.strip_prefix(line)?.strip_suffix('"'));
        let dependencies = package.split_once("dependencies = [").map_or("", |(_, list)| list);
        // A name may be followed by its version, where there are several.
        let names = dependencies.lines().filter_map(|l| l.trim().strip_prefix('"')?.split(['"', ' ']).next());
        if let Some(name) = quoted("name = \"") {
            packages.entry(name).or_insert_with(Vec::new).extend(names);
        }
    }
    packages
}

/// Everything that a package depends on, tests included, and itself.
fn tree<'a>(packages: &BTreeMap<&'a str, Vec<&'a str>>, of: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::from([of]);
    let mut work = vec![of];
    while let Some(name) = work.pop() {
        for &dependency in packages.get(name).into_iter().flatten() {
            if found.insert(dependency) {
                work.push(dependency);
            }
        }
    }
    found
}

fn runtime_without_llvm() -> Result<(), Failed> {
    let lock = read("Cargo.lock")?;
    let packages = packages(&lock);
    let is_llvm = |name: &&&str| name.contains("llvm") || **name == "inkwell";
    if !tree(&packages, "kestrel").iter().any(|name| is_llvm(&name)) {
        return Err("LLVM was not found among the compiler's packages, so this test sees nothing".into());
    }
    all_or(tree(&packages, "kestrel-runtime").iter().filter(is_llvm).map(|name| format!("depends on {name}")).collect())
}

fn files_are_short() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for (name, path) in sources() {
        let lines = read(&path)?.lines().count();
        let listed = LONG_FILES.iter().any(|(long, _)| *long == name);
        if lines > MOST_LINES && !listed {
            complaints.push(format!("{name} has {lines} lines"));
        } else if lines <= MOST_LINES && listed {
            complaints.push(format!("{name} is short by now"));
        }
    }
    all_or(complaints)
}

fn unsafe_is_fenced() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for path in files::below(&root().join("src"), &["rs"]) {
        let name = files::name(root(), &path);
        let text = read(&path)?;
        let has = text.lines().any(|line| {
            let code = line.split("//").next().unwrap_or_default();
            ["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern"].iter().any(|form| code.contains(form))
        });
        if has && !UNSAFE.iter().any(|fence| name.starts_with(fence)) {
            complaints.push(format!("{name} has unsafe code"));
        }
    }
    all_or(complaints)
}

/// What stands in backquotes in a text, outside of displayed code.
fn quoted(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.lines().flat_map(|line| line.split('`').skip(1).step_by(2))).collect()
}

/// Whether something in backquotes is meant as a path in the repository; `NAME` stands for any.
fn is_path(text: &str) -> bool {
    const FOLDERS: &[&str] = &["src/", "runtime/", "tests/", "benches/", "docs/", "examples/", "scripts/"];
    FOLDERS.iter().any(|folder| text.starts_with(folder))
        && !text.contains("NAME")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c))
}

/// Whether something in backquotes is the bare name of a source file.
fn is_file_name(text: &str) -> bool {
    text.ends_with(".rs") && text.chars().all(|c| c.is_ascii_alphanumeric() || "/._".contains(c))
}

fn documents_name_what_exists() -> Result<(), Failed> {
    let mut documents = vec!["README.md".into(), "ARCHITECTURE.md".into(), "CONTRIBUTING.md".into()];
    documents.extend(["benches/README.md".into(), "tests/README.md".into()]);
    documents.extend(files::below(&root().join("docs"), &["md"]));
    let known = sources();
    let mut complaints = Vec::new();
    let mut seen = 0;
    for document in &documents {
        let text = read(document)?;
        for name in quoted(&text) {
            let exists = if is_path(name) {
                root().join(name).exists()
            } else if is_file_name(name) {
                known.iter().any(|(path, _)| path == name || path.ends_with(&format!("/{name}")))
            } else {
                continue;
            };
            seen += 1;
            if !exists {
                complaints.push(format!("{}: there is no {name}", document.display()));
            }
        }
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let folder = document.parent().unwrap_or(Path::new(""));
            if !link.contains("://") && !root().join(folder).join(link).exists() {
                complaints.push(format!("{}: a link leads to {link}, which does not exist", document.display()));
            }
        }
    }
    if seen < 100 {
        return Err(format!("only {seen} names of files were found in the documents").into());
    }
    all_or(complaints)
}

/// Folders of a folder, by name.
fn folders(of: &str) -> Result<Vec<String>, Failed> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root().join(of))? {
        let entry = entry?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn every_folder_is_described() -> Result<(), Failed> {
    let text = read("ARCHITECTURE.md")?;
    let names = quoted(&text);
    let mut complaints = Vec::new();
    for parent in ["src", "runtime/src"] {
        for folder in folders(parent)? {
            let path = format!("{parent}/{folder}/");
            if !names.iter().any(|name| name.starts_with(&path)) {
                complaints.push(format!("ARCHITECTURE.md does not name {path}"));
            }
        }
    }
    all_or(complaints)
}

fn every_pass_has_text_tests() -> Result<(), Failed> {
    const HELPERS: &[&str] = &["mod", "copy", "fold"];
    let tested = folders("tests/text")?;
    let passes = files::below(&root().join("src/cps/opt"), &["rs"]);
    let missing = passes.iter().filter_map(|path| path.file_stem()?.to_str()).filter(|name| {
        let is_pass = !HELPERS.contains(name);
        is_pass && !tested.iter().any(|folder| folder == name)
    });
    all_or(missing.map(|name| format!("tests/text/{name} does not exist")).collect())
}
