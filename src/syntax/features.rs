//! `cond-expand`: feature requirements.

use super::object::Stx;
use super::{Expander, deeper};
use kestrel_runtime::prim::system::FEATURES;
use kestrel_runtime::symbol;

impl Expander<'_> {
    /// The forms of the first clause whose requirement holds.
    pub(super) fn cond_expand(&mut self, form: Stx) -> Vec<Stx> {
        const SHAPE: &str = "(cond-expand (requirement form …) … (else form …))";
        let Some(clauses) = self.syntax().list(form) else {
            self.bad_form(form, SHAPE);
            return Vec::new();
        };
        for &clause in &clauses[1..] {
            let parts = self.syntax().list(clause).unwrap_or_default();
            let Some(&requirement) = parts.first() else {
                self.error_with(clause, "bad clause in `cond-expand`", |d| {
                    d.with_note(format!("it has the shape {SHAPE}"))
                });
                return Vec::new();
            };
            match self.holds(requirement) {
                Some(true) => return parts[1..].to_vec(),
                Some(false) => {}
                None => return Vec::new(),
            }
        }
        Vec::new()
    }

    fn holds(&mut self, requirement: Stx) -> Option<bool> {
        deeper(|| {
            if let Some(name) = self.syntax().symbol(requirement) {
                return Some(name == self.names.otherwise || FEATURES.contains(&symbol::name(name).unwrap_or("")));
            }
            let parts = self.syntax().list(requirement).unwrap_or_default();
            let keyword = parts.first().and_then(|&k| self.world.syntax.symbol(k)).and_then(symbol::name);
            match (keyword, &parts[..]) {
                (Some("and"), [_, all @ ..]) => {
                    for &part in all {
                        if !self.holds(part)? {
                            return Some(false);
                        }
                    }
                    Some(true)
                }
                (Some("or"), [_, any @ ..]) => {
                    for &part in any {
                        if self.holds(part)? {
                            return Some(true);
                        }
                    }
                    Some(false)
                }
                (Some("not"), [_, part]) => self.holds(*part).map(|b| !b),
                (Some("library"), [_, name]) => {
                    let (at, _) = self.locate(*name);
                    let name = self.library_name(*name)?;
                    self.library_exists(&name, at)
                }
                _ => {
                    self.error_with(requirement, "bad feature requirement", |d| {
                        d.with_note("a requirement is a feature, (library name), (and …), (or …), (not …) or else")
                    });
                    None
                }
            }
        })
    }
}
