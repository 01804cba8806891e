//! Properties and case of characters (R7RS 6.6), from Unicode data that the standard library lacks: simple case mappings, folding, decimal digits.

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

const CASE: CaseMapperBorrowed<'static> = CaseMapper::new();

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
}
