//! The files of a document.

use super::document::SpecError;
use serde_json::Value;
use std::path::Path;

/// A file that was read.
#[derive(Debug)]
pub(super) struct File {
    /// Where it is, from the folder of the document: `tags/build.yaml`.
    pub(super) name: String,
    /// What messages call it.
    pub(super) shown: String,
    pub(super) root: Value,
}

impl File {
    /// Parses YAML; JSON is a subset of it.
    pub(super) fn parse(name: &str, shown: &str, text: &str) -> Result<Self, SpecError> {
        let root = serde_yaml::from_str(text).map_err(|e| failure(shown, e.to_string()))?;
        Ok(Self { name: name.to_owned(), shown: shown.to_owned(), root })
    }

    fn read(folder: &Path, name: &str) -> Result<Self, SpecError> {
        let path = folder.join(name);
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|e| failure(&shown, e.to_string()))?;
        Self::parse(name, &shown, &text)
    }
}

/// The document of a folder, and every file it refers to, also by way of others.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<File>, SpecError> {
    let names = ["openapi.yaml", "openapi.yml", "openapi.json"];
    let Some(name) = names.into_iter().find(|name| folder.join(name).is_file()) else {
        return Err(failure(&folder.display().to_string(), "no openapi.yaml, openapi.yml or openapi.json in this folder".to_owned()));
    };
    let mut files = vec![File::read(folder, name)?];
    let mut next = 0;
    while let Some(file) = files.get(next) {
        let mut wanted = Vec::new();
        references(&file.root, &mut wanted);
        let named: Vec<_> = wanted.into_iter().map(|path| self::name(&file.name, path).map_err(|e| failure(&file.shown, e))).collect();
        for name in named {
            let name = name?;
            if files.iter().all(|file| file.name != name) {
                files.push(File::read(folder, &name)?);
            }
        }
        next += 1;
    }
    Ok(files)
}

/// File and fragment of a reference. The file is empty where the reference stays in its own.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The name of a file that another one refers to.
pub(super) fn name(from: &str, path: &str) -> Result<String, String> {
    if path.contains(':') || path.starts_with('/') {
        return Err(format!("reference to what is no file of this folder: {path}"));
    }
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop().ok_or_else(|| format!("reference to what is outside of this folder: {path}"))?),
            _ => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// The files that a tree refers to. What is shown as an example is data.
fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if key == "$ref" => found.extend(Some(split(text).0).filter(|path| !path.is_empty())),
                    _ if key == "example" => {}
                    _ => references(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

fn failure(file: &str, message: String) -> SpecError {
    SpecError::new(file, "#", message)
}
