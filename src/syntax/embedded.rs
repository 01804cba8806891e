//! The texts of the built-in libraries, embedded by the build script.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of an embedded file, by its path below `runtime/scheme/`.
pub fn text(path: &str) -> Option<&'static str> {
    FILES.binary_search_by_key(&path, |f| f.0).ok().map(|i| FILES[i].1)
}

/// Paths of all embedded files, sorted.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|f| f.0)
}
