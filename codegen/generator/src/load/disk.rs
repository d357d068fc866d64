use super::encoding::{self, Undecodable};
use crate::config::Language;
use crate::diagnostic::{Diagnostic, Tag};
use crate::source::Location;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes one file may have.
const MAX_BYTES: u64 = 64 << 20;

const DOCUMENTS: [&str; 3] = ["openapi.yaml", "openapi.yml", "openapi.json"];

/// The files of an API that stand in fixed places.
pub(super) struct Found {
    pub(super) document: PathBuf,
    pub(super) language: Language,
    pub(super) settings: Option<PathBuf>,
    /// Name of the file or folder given.
    pub(super) name: String,
}

/// Finds the document and settings of an API.
pub(super) fn find(path: &Path) -> Result<Found, Box<Diagnostic>> {
    let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    let absolute = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !kind.is_dir() {
        return Ok(Found { document: path.to_owned(), language: language(path), settings: None, name });
    }
    let settings = Some(path.join("sdk.toml")).filter(|path| path.exists());
    let openapi = DOCUMENTS.iter().map(|name| path.join(name)).filter(|path| path.exists());
    let mut documents = openapi.chain(wsdl(path));
    match (documents.next(), documents.next()) {
        (Some(document), None) => Ok(Found { language: language(&document), document, settings, name }),
        (None, _) => {
            let message = format!("the folder `{}` holds no description of an API", shown(path));
            let help = "name it `openapi.yaml`, `openapi.yml` or `openapi.json`, or `service.wsdl`";
            Err(Box::new(Diagnostic::new(Tag::UnreadableFile, message, Location::Path(shown(path))).help(help)))
        }
        (Some(one), Some(other)) => {
            let message = format!("the folder `{}` holds two descriptions of an API", shown(path));
            let help = format!("remove `{}` or `{}`", shown(&one), shown(&other));
            Err(Box::new(Diagnostic::new(Tag::UnreadableFile, message, Location::Path(shown(path))).help(help)))
        }
    }
}

/// The WSDL files that a folder could be about, at most two: `service.wsdl`, or else any.
fn wsdl(folder: &Path) -> Vec<PathBuf> {
    let usual = folder.join("service.wsdl");
    if usual.exists() {
        return vec![usual];
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut all: Vec<PathBuf> = entries.filter(|path| is_wsdl(path)).collect();
    all.sort();
    all.truncate(2);
    all
}

fn language(path: &Path) -> Language {
    if is_wsdl(path) { Language::Wsdl } else { Language::OpenApi }
}

fn is_wsdl(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("wsdl"))
}

/// Reads a file as text, without its byte order mark.
pub(super) fn read(path: &Path) -> Result<String, Box<Diagnostic>> {
    text(bytes(path)?, path)
}

/// Reads an XML file as text, in the encoding it declares.
pub(super) fn read_xml(path: &Path) -> Result<String, Box<Diagnostic>> {
    encoding::decode(bytes(path)?).map_err(|why| match why {
        Undecodable::NotUtf8(bytes) => text(bytes, path).err().unwrap_or_else(|| refused(path, "UTF-8")),
        Undecodable::Refused(name) => refused(path, &name),
    })
}

fn refused(path: &Path, encoding: &str) -> Box<Diagnostic> {
    let message = format!("`{}` is written in the encoding `{encoding}`", shown(path));
    let diagnostic = Diagnostic::new(Tag::NotUtf8, message, Location::Path(shown(path)));
    Box::new(diagnostic.help("save it as UTF-8, and change the XML declaration to `encoding=\"utf-8\"`"))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !kind.is_file() {
        let message = format!("`{}` is not a file", shown(path));
        return Err(Box::new(Diagnostic::new(Tag::UnreadableFile, message, Location::Path(shown(path)))));
    }
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("`{}` is larger than {} MiB", shown(path), MAX_BYTES >> 20);
        return Err(Box::new(Diagnostic::new(Tag::FileLimit, message, Location::Path(shown(path)))));
    }
    Ok(bytes)
}

fn text(mut bytes: Vec<u8>, path: &Path) -> Result<String, Box<Diagnostic>> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count() + 1;
        let message = format!("`{}` is not UTF-8 text", shown(path));
        let diagnostic = Diagnostic::new(Tag::NotUtf8, message, Location::Path(format!("{}:{line}", shown(path))));
        Box::new(match error.as_bytes() {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => diagnostic.help("it looks like UTF-16: save it as UTF-8"),
            _ => diagnostic.help("save it as UTF-8"),
        })
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Box<Diagnostic> {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        kind => format!("cannot be read: {kind}"),
    };
    Box::new(Diagnostic::new(Tag::UnreadableFile, format!("`{}` {why}", shown(path)), Location::Path(shown(path))))
}

/// A path as messages print it: as given, with `/`.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}
