use super::walk::Walk;
use crate::source::Cursor;

/// Checks the extensions of a schema that say something about its type.
pub(super) fn check(walk: &mut Walk, at: &Cursor<'_>) {
    if let Some(flags) = at.get("x-flags") {
        self::flags(walk, at, &flags);
    }
    if let Some(aliases) = at.get("x-aliases") {
        texts(walk, "x-aliases", &aliases);
    }
    if let Some(aliases) = at.get("x-enum-aliases") {
        spellings(walk, at, &aliases);
    }
}

fn flags(walk: &mut Walk, at: &Cursor<'_>, flags: &Cursor<'_>) {
    if at.str("type") != Some("integer") {
        walk.ignored(flags, "`x-flags` names the bits of an integer: `type: integer` is missing".to_owned());
    }
    if flags.node().as_map().is_none() {
        walk.ignored(flags, format!("`x-flags` must be a mapping from names to bits, not {}", flags.node().kind()));
    }
    for (name, bits) in flags.entries() {
        if bits_of(&bits).is_none() {
            walk.ignored(&bits, format!("`{name}` must be a whole number from 1: the bits it stands for"));
        }
    }
}

/// The bits that a flag stands for.
pub(crate) fn bits_of(at: &Cursor<'_>) -> Option<i64> {
    at.node().as_number()?.as_i64().filter(|bits| *bits > 0)
}

fn texts(walk: &mut Walk, name: &str, at: &Cursor<'_>) {
    if at.node().as_list().is_none() {
        walk.ignored(at, format!("`{name}` must be a list of texts, not {}", at.node().kind()));
    }
    for item in at.items().filter(|item| item.as_str().is_none()) {
        walk.ignored(&item, format!("`{name}` must be a list of texts; {} is ignored", item.node().kind()));
    }
}

fn spellings(walk: &mut Walk, at: &Cursor<'_>, aliases: &Cursor<'_>) {
    if aliases.node().as_map().is_none() {
        walk.ignored(aliases, format!("`x-enum-aliases` must be a mapping from values to lists of texts, not {}", aliases.node().kind()));
    }
    let values: Vec<&str> = at.get("enum").iter().flat_map(Cursor::items).filter_map(|value| value.as_str()).collect();
    for (value, list) in aliases.entries() {
        if !values.contains(&value) {
            walk.ignored(&list, format!("`{value}` is none of the values"));
        }
        texts(walk, value, &list);
    }
}
