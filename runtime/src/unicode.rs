//! Properties and case of characters and strings (R7RS 6.6 and 6.7), all from one version of the Unicode data: that of ICU4X. Rust's own tables lack
//! simple mappings, folding and decimal digits, and may be of another version.

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_locale_core::LanguageIdentifier;
use icu_properties::props::{Alphabetic, BinaryProperty, GeneralCategory, Lowercase, Uppercase, WhiteSpace};
use icu_properties::{CodePointMapData, CodePointSetData};

const CASE: CaseMapperBorrowed<'static> = CaseMapper::new();
/// No language: the mappings that hold for all but a few (Turkish, Lithuanian, …).
const ANY: LanguageIdentifier = LanguageIdentifier::UNKNOWN;

/// Simple upper case.
pub fn upcase(c: char) -> char {
    if c.is_ascii() { c.to_ascii_uppercase() } else { CASE.simple_uppercase(c) }
}

/// Simple lower case.
pub fn downcase(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { CASE.simple_lowercase(c) }
}

/// Simple case folding.
pub fn foldcase(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { CASE.simple_fold(c) }
}

/// Full case folding.
pub fn fold_string(s: &str) -> String {
    if s.is_ascii() { s.to_ascii_lowercase() } else { CASE.fold_string(s).into_owned() }
}

/// Full upper case: `ß` becomes `SS`.
pub fn upcase_string(s: &str) -> String {
    if s.is_ascii() { s.to_ascii_uppercase() } else { CASE.uppercase_to_string(s, &ANY).into_owned() }
}

/// Full lower case; a sigma at the end of a word becomes `ς`.
pub fn downcase_string(s: &str) -> String {
    if s.is_ascii() { s.to_ascii_lowercase() } else { CASE.lowercase_to_string(s, &ANY).into_owned() }
}

fn has<P: BinaryProperty>(c: char) -> bool {
    CodePointSetData::new::<P>().contains(c)
}

/// Property Alphabetic.
pub fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { has::<Alphabetic>(c) }
}

/// Property White_Space.
pub fn is_whitespace(c: char) -> bool {
    if c.is_ascii() { c == ' ' || ('\t'..='\r').contains(&c) } else { has::<WhiteSpace>(c) }
}

/// Property Uppercase.
pub fn is_upper_case(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { has::<Uppercase>(c) }
}

/// Property Lowercase.
pub fn is_lower_case(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { has::<Lowercase>(c) }
}

/// Whether this combines with the character before it (general categories Mn, Mc and Me).
pub fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    !c.is_ascii() && matches!(CodePointMapData::new().get(c), NonspacingMark | SpacingMark | EnclosingMark)
}

/// Whether this is a decimal digit (general category Nd).
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::DecimalNumber
}

/// The value of a decimal digit. Decimal digits stand in runs of ten, from zero up; several runs may follow each other directly.
pub fn digit_value(c: char) -> Option<u32> {
    if !is_digit(c) {
        return None;
    }
    let mut before = 0;
    while char::from_u32(c as u32 - before - 1).is_some_and(is_digit) {
        before += 1;
    }
    Some(before % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_mappings_stay_one_character() {
        assert_eq!((upcase('ß'), upcase('ÿ'), upcase('µ')), ('ß', 'Ÿ', 'Μ'));
        assert_eq!((downcase('Σ'), downcase('İ'), foldcase('ς')), ('σ', 'i', 'σ'));
        assert_eq!(fold_string("Straße"), "strasse");
        assert_eq!(upcase('ᾳ'), 'ᾼ');
    }

    #[test]
    fn digits() {
        assert_eq!(digit_value('7'), Some(7));
        assert_eq!(digit_value('٣'), Some(3));
        assert_eq!(digit_value('\u{1d7ff}'), Some(9));
        assert_eq!(digit_value('\u{1d7ce}'), Some(0));
        assert_eq!(digit_value('½'), None);
        assert_eq!(digit_value('a'), None);
        assert_eq!(digit_value('Ⅷ'), None);
    }
    #[test]
    fn full_mappings_have_special_cases() {
        assert_eq!(upcase_string("straße ŉ ﬁ ΐ"), "STRASSE ʼN FI \u{399}\u{308}\u{301}");
        assert_eq!(downcase_string("ΑΣ ΑΣΑ Σ ΑΣ. ΑΣ'Α İ"), "ας ασα σ ας. ασ'α i̇");
        assert_eq!(fold_string("ΑΣ ςﬀ İ"), "ασ σff i̇");
    }

    /// The tables must agree with each other: a character that is not of lower case has no simple lower case but itself, and so on.
    #[test]
    fn properties_agree_with_mappings() {
        for c in '\0'..=char::MAX {
            let (up, down) = (upcase(c), downcase(c));
            assert!(down == c || !is_lower_case(c), "{c:?}");
            assert!(up == c || !is_upper_case(c), "{c:?}");
            assert_eq!(foldcase(up), foldcase(foldcase(up)), "{c:?}");
            let (full_up, full_down) = (upcase_string(&c.to_string()), downcase_string(&c.to_string()));
            assert!(full_up == up.to_string() || full_up.chars().count() > 1, "{c:?}");
            assert!(full_down == down.to_string() || full_down.chars().count() > 1, "{c:?}");
            if is_digit(c) {
                assert!(!is_alphabetic(c) && digit_value(c).is_some_and(|n| n < 10), "{c:?}");
            }
        }
    }
}
