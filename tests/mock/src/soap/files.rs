//! The files of a document: the WSDL and what it imports.

use super::xml::{self, XSD};
use crate::spec::SpecError;
use roxmltree::{Document, Node};
use std::path::{Component, Path, PathBuf};

/// The namespace of WSDL 1.1.
pub(crate) const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";

/// One file.
#[derive(Debug)]
pub(crate) struct File {
    /// Relative to the folder of the WSDL, without `.` and `..` where that can be.
    pub(crate) path: PathBuf,
    /// For messages.
    pub(crate) shown: String,
    pub(crate) text: String,
}

/// All files, the WSDL first.
#[derive(Debug)]
pub(crate) struct Files(pub(crate) Vec<File>);

impl Files {
    /// Reads `service.wsdl`, or the only WSDL of a folder, and everything it imports by a relative path.
    pub(crate) fn load(folder: &Path) -> Result<Self, SpecError> {
        let main = find(folder)?;
        let mut files = Self(vec![read(folder, Path::new(&main))?]);
        let mut next = 0;
        while next < files.0.len() {
            let (shown, base) = (files.0[next].shown.clone(), files.0[next].path.clone());
            let text = files.0[next].text.clone();
            let document = xml::parse(&text).map_err(|message| SpecError::new(&shown, "", message))?;
            for (node, location) in imports(&document) {
                if location.contains("://") {
                    return Err(error(&shown, node, format!("`{location}` is on the network; the mock reads files")));
                }
                let path = join(&base, location);
                if files.0.iter().all(|file| file.path != path) {
                    let file = read(folder, &path).map_err(|e| error(&shown, node, e.to_string()))?;
                    files.0.push(file);
                }
            }
            next += 1;
        }
        Ok(files)
    }

    /// Where a file named by another one is.
    pub(crate) fn find(&self, from: usize, location: &str) -> Option<usize> {
        let path = join(&self.0[from].path, location);
        self.0.iter().position(|file| file.path == path)
    }

    /// Parses every file again; the caller keeps the trees as long as it reads them.
    pub(crate) fn parse(&self) -> Result<Vec<Document<'_>>, SpecError> {
        self.0.iter().map(|file| xml::parse(&file.text).map_err(|message| SpecError::new(&file.shown, "", message))).collect()
    }

    /// A mistake at a node.
    pub(crate) fn error(&self, file: usize, node: Node<'_, '_>, message: impl Into<String>) -> SpecError {
        error(&self.0[file].shown, node, message)
    }
}

fn error(shown: &str, node: Node<'_, '_>, message: impl Into<String>) -> SpecError {
    let at = node.document().text_pos_at(node.range().start);
    SpecError::new(shown, format!(":{}:{}", at.row, at.col), message)
}

fn find(folder: &Path) -> Result<String, SpecError> {
    let shown = folder.display().to_string();
    let entries = std::fs::read_dir(folder).map_err(|e| SpecError::new(&shown, "", e.to_string()))?;
    let names = entries.filter_map(Result::ok).filter_map(|e| e.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".wsdl")).collect();
    match names.iter().position(|name| name == "service.wsdl") {
        Some(index) => Ok(names.swap_remove(index)),
        None if names.len() == 1 => Ok(names.remove(0)),
        None => Err(SpecError::new(shown, "", "no service.wsdl in this folder, and not exactly one other *.wsdl")),
    }
}

fn read(folder: &Path, path: &Path) -> Result<File, SpecError> {
    let full = folder.join(path);
    let shown = full.display().to_string();
    let text = std::fs::read_to_string(&full).map_err(|e| SpecError::new(&shown, "", e.to_string()))?;
    Ok(File { path: path.to_owned(), shown, text: text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned) })
}

/// The nodes that name other files, and the names.
fn imports<'a, 'i>(document: &'a Document<'i>) -> impl Iterator<Item = (Node<'a, 'i>, &'a str)> {
    document.descendants().filter_map(|node| {
        let name = node.tag_name();
        let attribute = match (name.namespace()?, name.name()) {
            (WSDL, "import") => "location",
            (XSD, "import" | "include" | "redefine") => "schemaLocation",
            _ => return None,
        };
        Some((node, node.attribute(attribute)?))
    })
}

/// `location` as seen from the folder of `from`.
fn join(from: &Path, location: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in from.parent().unwrap_or(Path::new("")).join(location).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if path.file_name().is_some() => drop(path.pop()),
            other => path.push(other),
        }
    }
    path
}
