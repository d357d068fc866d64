use crate::source::{Cursor, Sources};

/// Where files that hold parts of a document keep schemas.
const PLACES: [&str; 3] = ["schemas", "definitions", "$defs"];

/// All schemas that the document or another of its files gives a name.
pub(crate) fn schemas(sources: &Sources) -> Vec<(&str, Cursor<'_>)> {
    let mut named = Vec::new();
    for root in sources.files().filter_map(|(file, _)| sources.root_of(file)) {
        let components = root.get("components").and_then(|components| components.get("schemas"));
        let places = components.into_iter().chain(PLACES.iter().filter_map(|place| root.get(place)));
        named.extend(places.flat_map(|place| place.entries().collect::<Vec<_>>()));
    }
    named
}
