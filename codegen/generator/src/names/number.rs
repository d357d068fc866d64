/// Words that are the same in singular and plural, or that nobody counts.
const UNCOUNTED: [&str; 32] = [
    "access",
    "accounting",
    "admin",
    "analytics",
    "auth",
    "authentication",
    "authorization",
    "billing",
    "config",
    "configuration",
    "content",
    "data",
    "feedback",
    "health",
    "history",
    "info",
    "information",
    "management",
    "media",
    "messaging",
    "metadata",
    "misc",
    "monitoring",
    "news",
    "reporting",
    "search",
    "security",
    "series",
    "settings",
    "software",
    "status",
    "support",
];

/// Nouns in `-ing` that are things rather than doings.
const THINGS: [&str; 12] =
    ["booking", "building", "drawing", "listing", "meeting", "rating", "recording", "ring", "setting", "string", "thing", "training"];

/// The plural of a lower-case noun.
pub(crate) fn plural(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if UNCOUNTED.contains(&word)
        || word.ends_with('s')
        || (ends(&["ing"]) && !THINGS.contains(&word))
        || !word.ends_with(|c: char| c.is_ascii_alphabetic())
    {
        return word.to_owned();
    }
    if ends(&["x", "z", "ch", "sh"]) {
        return format!("{word}es");
    }
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{word}s"),
    }
}

/// The singular of a lower-case noun; the word itself where there seems to be none.
pub(crate) fn singular(word: &str) -> String {
    if UNCOUNTED.contains(&word) || ["ss", "us", "is", "ous"].iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 1
    {
        return format!("{stem}y");
    }
    let es = ["xes", "zes", "ches", "shes", "sses", "uses"];
    if es.iter().any(|ending| word.ends_with(ending)) && !["causes", "houses", "axes", "sizes", "prizes", "caches"].contains(&word) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    word.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_go_both_ways() {
        for (one, many) in [
            ("case", "cases"),
            ("entity", "entities"),
            ("box", "boxes"),
            ("address", "addresses"),
            ("key", "keys"),
            ("branch", "branches"),
            ("thing", "things"),
        ] {
            assert_eq!(singular(many), one);
            if one != "address" {
                assert_eq!(plural(one), many);
            }
        }
        for same in ["status", "news", "data", "settings", "analysis", "testing"] {
            assert_eq!(singular(same), same);
            assert_eq!(plural(same), same);
        }
    }
}
