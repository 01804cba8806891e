//! Near names for misspelt ones: optimal string alignment distance, at most a third of the length.

/// Most names suggested.
const MOST: usize = 3;

/// The names nearest to `name` (nearest first, at most three); none if all are far.
pub fn near<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted: Vec<char> = name.chars().collect();
    let limit = (wanted.len() / 3).clamp(1, 3);
    if wanted.len() < 2 || wanted.len() > 64 {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = Vec::new();
    for candidate in names {
        if candidate == name || candidate.starts_with('%') || candidate.len().abs_diff(name.len()) > 4 * limit {
            continue;
        }
        let have: Vec<char> = candidate.chars().collect();
        if have.len().abs_diff(wanted.len()) > limit {
            continue;
        }
        let distance = distance(&wanted, &have);
        if distance <= limit {
            found.push((distance, candidate));
        }
    }
    found.sort_unstable();
    found.dedup();
    let nearest = found.first().map_or(0, |f| f.0);
    found.into_iter().filter(|f| f.0 == nearest).take(MOST).map(|f| f.1).collect()
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = [(0..=b.len()).collect::<Vec<_>>(), vec![0; b.len() + 1], vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        let (before, last, next) = ((i + 1) % 3, (i + 2) % 3, i % 3);
        rows[next][0] = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[last][j] + 1).min(rows[next][j - 1] + 1).min(rows[last][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[before][j - 2] + 1);
            }
            rows[next][j] = best;
        }
    }
    rows[a.len() % 3][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_misspelt_names_only() {
        let names = ["vector-ref", "vector-set!", "display", "list-ref", "car", "cdr", "%record-ref"];
        let of = |n| near(n, names.iter().copied());
        assert_eq!(of("vectr-ref"), ["vector-ref"]);
        assert_eq!(of("dipslay"), ["display"]);
        assert_eq!(of("cra"), ["car"]);
        assert!(of("frobnicate").is_empty());
        assert!(of("x").is_empty());
    }
}
