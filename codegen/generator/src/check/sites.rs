use crate::source::{Cursor, Sources};

/// Methods a path may have, as keywords of OpenAPI.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation and where it stands.
#[derive(Clone, Debug)]
pub struct Site<'s> {
    /// The path as written, such as `/case/{code}`.
    pub path: &'s str,
    /// The method as a keyword, such as `get`.
    pub method: &'static str,
    /// The path item below the key of the path; it may be a mere `$ref`.
    pub entry: Cursor<'s>,
    /// The path item itself, which may be shared by paths and stand in another file.
    pub item: Cursor<'s>,
    /// The operation.
    pub operation: Cursor<'s>,
}

impl Site<'_> {
    /// `GET /case/{code}`.
    pub fn title(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }
}

/// All operations of the document, in file order; path items are looked up where a `$ref` puts them elsewhere.
pub fn operations(sources: &Sources) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    let Some(paths) = sources.document().and_then(|document| document.get("paths")) else { return sites };
    for (path, entry) in paths.entries().filter(|(path, _)| !path.starts_with("x-")) {
        let Ok(item) = entry.follow() else { continue };
        // What stands beside a `$ref` adds to the path item.
        let items = if item.spot() == entry.spot() { vec![&item] } else { vec![&entry, &item] };
        for item in items {
            for (name, operation) in item.entries() {
                let method = METHODS.iter().find(|method| **method == name);
                if let (Some(method), Some(_)) = (method, operation.node().as_map()) {
                    sites.push(Site { path, method, entry: entry.clone(), item: item.clone(), operation });
                }
            }
        }
    }
    sites
}
