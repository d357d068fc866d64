use super::pointer::percent_decoded;
use super::{Cursor, Location, Node, Part, Pointer, Position, RefError, Span, Spot, Value, XmlCursor, XmlTree};
use std::path::{Component, Path, PathBuf};

/// Names one file of a [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// One input file.
#[derive(Debug)]
pub struct File {
    /// Path as given by the user, with `/`; this is what is printed.
    pub name: String,
    /// Where it was read from.
    pub(crate) path: PathBuf,
    /// Its text, without byte order mark.
    pub text: String,
    /// What the text says; `None` while its syntax is broken.
    pub tree: Option<Node>,
    /// What it says, if it is XML; `None` while its syntax is broken.
    pub xml: Option<XmlTree>,
    /// Offsets at which lines begin.
    lines: Vec<usize>,
}

impl File {
    pub(crate) fn new(name: String, path: PathBuf, text: String) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, path, text, tree: None, xml: None, lines }
    }

    /// The line, from 1, that an offset is in, and where that line begins.
    fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset);
        (line, self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0))
    }
}

/// All input files of one API.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    document: Option<FileId>,
}

impl Sources {
    /// Takes a file in.
    pub(crate) fn add(&mut self, file: File) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    pub(crate) fn set_tree(&mut self, id: FileId, tree: Node) {
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            file.tree = Some(tree);
        }
    }

    pub(crate) fn set_xml(&mut self, id: FileId, tree: XmlTree) {
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            file.xml = Some(tree);
        }
    }

    pub(crate) fn set_document(&mut self, id: FileId) {
        self.document = Some(id);
    }

    /// A file by its id.
    pub fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    /// The file that was read from `path`.
    pub(crate) fn find(&self, path: &Path) -> Option<FileId> {
        let index = self.files.iter().position(|file| file.path == path)?;
        u32::try_from(index).ok().map(FileId)
    }

    /// The file that a reference written in `from` names, such as `../common.yaml`.
    pub(crate) fn referenced(&self, from: FileId, name: &str) -> Result<FileId, RefError> {
        if is_remote(name) {
            return Err(RefError::Remote);
        }
        let from = self.file(from).ok_or(RefError::NoFile)?;
        beside(&from.path, name).and_then(|path| self.find(&path)).ok_or(RefError::NoFile)
    }

    /// The file that an import of WSDL or XML Schema written in `from` names.
    pub(crate) fn imported(&self, from: FileId, location: &str) -> Result<FileId, RefError> {
        self.referenced(from, &location.trim().replace('\\', "/"))
    }

    /// All files with their ids, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// The root of the API document; `None` if it could not be read or parsed.
    pub fn document(&self) -> Option<Cursor<'_>> {
        self.root_of(self.document?)
    }

    /// The root element of the API document, if it is XML that could be read and parsed.
    pub fn wsdl(&self) -> Option<XmlCursor<'_>> {
        self.xml_root_of(self.document?)
    }

    /// The root element of any XML file.
    pub fn xml_root_of(&self, file: FileId) -> Option<XmlCursor<'_>> {
        XmlCursor::new(self, file, self.file(file)?.xml.as_ref()?, 0)
    }

    /// The element at a spot; of an attribute the element it stands in.
    pub fn xml_cursor(&self, spot: &Spot) -> Option<XmlCursor<'_>> {
        let tree = self.file(spot.file)?.xml.as_ref()?;
        XmlCursor::new(self, spot.file, tree, tree.find(&spot.pointer)?.0)
    }

    /// The root of any file.
    pub fn root_of(&self, file: FileId) -> Option<Cursor<'_>> {
        Some(Cursor::root(self, file, self.file(file)?.tree.as_ref()?))
    }

    /// The node at a spot, if there is one.
    pub fn cursor(&self, spot: &Spot) -> Option<Cursor<'_>> {
        spot.pointer.segments().try_fold(self.root_of(spot.file)?, |cursor, segment| cursor.step(&segment))
    }

    /// Line and column of a location. A pointer that leads nowhere counts as the nearest node above it.
    pub fn position(&self, location: &Location) -> Option<Position> {
        match location {
            Location::Path(_) => None,
            Location::File(file) => self.place(*file, Span::default()),
            Location::Text(spot, span) => self.place(spot.file, *span),
            Location::Node(spot, part) => self.place(spot.file, self.span_of(spot, *part).unwrap_or_default()),
        }
    }

    /// `file:line:column` of a location, as messages print it.
    pub fn describe(&self, location: &Location) -> String {
        let name = |id| self.file(id).map_or("", |file| file.name.as_str());
        match (location, self.position(location)) {
            (Location::Path(path), _) => path.clone(),
            (Location::File(file), _) => name(*file).to_owned(),
            (_, Some(at)) => format!("{}:{}:{}", name(at.file), at.line, at.column),
            (_, None) => String::new(),
        }
    }

    fn span_of(&self, spot: &Spot, part: Part) -> Option<Span> {
        let file = self.file(spot.file)?;
        if let Some(xml) = &file.xml {
            return xml.span_of(&spot.pointer, part);
        }
        let mut node = file.tree.as_ref()?;
        let mut key = None;
        let mut exact = true;
        for segment in spot.pointer.segments() {
            let Some(next) = node.step(&segment) else {
                exact = false;
                break;
            };
            key = node.as_map().and_then(|map| map.entry(&segment)).map(|entry| entry.key_span);
            node = next;
        }
        // A whole block is no good picture: its key says more.
        let block = match node.value {
            Value::List(_) | Value::Map(_) => !self.is_short(spot.file, node.span),
            _ => node.span.start == node.span.end,
        };
        Some(if part == Part::Key || !exact || block { key.unwrap_or(node.span) } else { node.span })
    }

    /// Whether a list or mapping stands in brackets on one line.
    fn is_short(&self, file: FileId, span: Span) -> bool {
        let text = self.file(file).and_then(|file| file.text.get(span.start..span.end)).unwrap_or_default();
        text.len() < 80 && text.starts_with(['[', '{']) && !text.contains('\n')
    }

    fn place(&self, id: FileId, span: Span) -> Option<Position> {
        let file = self.file(id)?;
        let start = floor(&file.text, span.start);
        let (line, line_start) = file.line(start);
        let marked = file.text.get(start..floor(&file.text, span.end).max(start))?;
        let end = start + marked.find(['\n', '\r']).unwrap_or(marked.len());
        let column = file.text.get(line_start..start)?.chars().count() + 1;
        Some(Position { file: id, span: Span { start, end }, line, column })
    }

    /// The spot of the root of a file.
    pub fn root_spot(file: FileId) -> Spot {
        Spot { file, pointer: Pointer::root() }
    }
}

/// Whether a reference names something on the web rather than a file.
pub(crate) fn is_remote(name: &str) -> bool {
    name.contains("://") || name.starts_with("//") || name.starts_with("urn:")
}

/// The path of a file named relative to another one, without `.` and `..` where they can be taken out. `None` for absolute paths.
pub(crate) fn beside(file: &Path, name: &str) -> Option<PathBuf> {
    let name = percent_decoded(name);
    if Path::new(&*name).is_absolute() {
        return None;
    }
    let mut path = PathBuf::new();
    for part in file.parent().unwrap_or(Path::new("")).join(&*name).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(path.components().next_back(), Some(Component::Normal(_))) => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    Some(path)
}

/// The last character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
