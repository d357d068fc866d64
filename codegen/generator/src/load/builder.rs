use crate::diagnostic::{Diagnostic, Tag};
use crate::source::{Entry, FileId, Location, Map, Node, Pointer, Span, Spot, Value};
use std::collections::BTreeMap;

/// How deep values may be nested: what follows walks trees by recursion.
const MAX_DEPTH: usize = 128;
/// Values that YAML aliases may add to a document.
const MAX_ALIASED: usize = 1_000_000;

/// A file that was parsed.
pub(super) struct Parsed {
    pub(super) tree: Node,
    /// Faults that do not keep the rest from being used.
    pub(super) problems: Vec<Diagnostic>,
}

/// Names an anchored value; 0 is none.
type Anchor = usize;

/// Puts a tree together from the events of a parser, without recursion.
pub(super) struct Builder {
    file: FileId,
    frames: Vec<Frame>,
    root: Option<Node>,
    anchors: BTreeMap<Anchor, Size<Node>>,
    aliased: usize,
    problems: Vec<Diagnostic>,
}

struct Frame {
    start: usize,
    anchor: Anchor,
    holds: Holds,
    height: usize,
    count: usize,
}

enum Holds {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, merged: Vec<Node>, key: Option<(String, Span)> },
}

/// A value with its number of nodes and levels.
struct Size<T> {
    value: T,
    count: usize,
    height: usize,
}

impl Builder {
    pub(super) fn new(file: FileId) -> Self {
        Self { file, frames: Vec::new(), root: None, anchors: BTreeMap::new(), aliased: 0, problems: Vec::new() }
    }

    /// Where the innermost list or mapping begins that is not yet closed.
    pub(super) fn open(&self) -> Option<usize> {
        self.frames.last().map(|frame| frame.start)
    }

    /// Whether the next scalar is a key.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { holds: Holds::Map { key: None, .. }, .. }))
    }

    pub(super) fn key(&mut self, text: String, span: Span) {
        if let Some(Frame { holds: Holds::Map { key, .. }, .. }) = self.frames.last_mut() {
            *key = Some((text, span));
        }
    }

    pub(super) fn start_list(&mut self, start: usize, anchor: Anchor) -> Result<(), Box<Diagnostic>> {
        self.start(Frame { start, anchor, holds: Holds::List(Vec::new()), height: 0, count: 0 })
    }

    pub(super) fn start_map(&mut self, start: usize, anchor: Anchor) -> Result<(), Box<Diagnostic>> {
        let holds = Holds::Map { entries: Vec::new(), merged: Vec::new(), key: None };
        self.start(Frame { start, anchor, holds, height: 0, count: 0 })
    }

    fn start(&mut self, frame: Frame) -> Result<(), Box<Diagnostic>> {
        if self.wants_key() {
            let place = Location::text(self.file, Span { start: frame.start, end: frame.start + 1 });
            return Err(Box::new(Diagnostic::new(Tag::Syntax, "a key must be a text", place)));
        }
        if self.frames.len() >= MAX_DEPTH {
            return Err(too_deep(self.file, frame.start));
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Closes the innermost list or mapping.
    pub(super) fn end(&mut self, end: usize) -> Result<(), Box<Diagnostic>> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let span = Span { start: frame.start, end: end.max(frame.start) };
        let value = match frame.holds {
            Holds::List(items) => Value::List(items),
            Holds::Map { entries, merged, .. } => Value::Map(self.map(entries, merged)),
        };
        let size = Size { value: Node { value, span }, count: frame.count + 1, height: frame.height + 1 };
        self.put(size, frame.anchor)
    }

    pub(super) fn scalar(&mut self, value: Value, span: Span, anchor: Anchor) -> Result<(), Box<Diagnostic>> {
        self.put(Size { value: Node { value, span }, count: 1, height: 0 }, anchor)
    }

    /// Puts a copy of an anchored value.
    pub(super) fn alias(&mut self, anchor: Anchor, span: Span) -> Result<(), Box<Diagnostic>> {
        let limit = |message: &str| Box::new(Diagnostic::new(Tag::AliasLimit, message, Location::text(self.file, span)));
        let Some(Size { value, count, height }) = self.anchors.get(&anchor) else {
            return Err(limit("the alias stands inside the value it stands for"));
        };
        self.aliased += count;
        if self.aliased > MAX_ALIASED {
            return Err(limit("aliases make the document larger than a million values"));
        }
        if self.frames.len() + height > MAX_DEPTH {
            return Err(too_deep(self.file, span.start));
        }
        let copy = Size { value: value.clone(), count: *count, height: *height };
        if self.wants_key() {
            let text = copy.value.as_str().map(str::to_owned);
            return match text {
                Some(text) => {
                    self.key(text, span);
                    Ok(())
                }
                None => Err(Box::new(Diagnostic::new(Tag::Syntax, "a key must be a text", Location::text(self.file, span)))),
            };
        }
        self.put(copy, 0)
    }

    /// The finished tree.
    pub(super) fn finish(self) -> Option<Parsed> {
        let problems = self.problems;
        self.root.map(|tree| Parsed { tree, problems })
    }

    fn put(&mut self, size: Size<Node>, anchor: Anchor) -> Result<(), Box<Diagnostic>> {
        let Size { value: node, count, height } = size;
        if anchor != 0 {
            // The copy kept for aliases counts: anchors around anchors would multiply the document as well.
            self.aliased += count;
            if self.aliased > MAX_ALIASED {
                let place = Location::text(self.file, node.span);
                return Err(Box::new(Diagnostic::new(Tag::AliasLimit, "anchored values hold more than a million values", place)));
            }
            self.anchors.insert(anchor, Size { value: node.clone(), count, height });
        }
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.count += count;
        frame.height = frame.height.max(height);
        match &mut frame.holds {
            Holds::List(items) => items.push(node),
            Holds::Map { entries, merged, key } => match key.take() {
                Some((key, _)) if key == "<<" && node.as_map().is_some() => merged.push(node),
                Some((key, _)) if key == "<<" && is_list_of_maps(&node) => {
                    if let Value::List(items) = node.value {
                        merged.extend(items);
                    }
                }
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => {}
            },
        }
        Ok(())
    }

    fn map(&mut self, entries: Vec<Entry>, merged: Vec<Node>) -> Map {
        let (map, repeated) = Map::new(entries);
        let parent = self.pointer();
        for entry in repeated {
            let first = map.entry(&entry.key).map(|first| first.key_span);
            self.repeated(&parent, &entry, first);
        }
        if merged.is_empty() { map } else { with_merged(&map, merged) }
    }

    fn repeated(&mut self, parent: &Pointer, entry: &Entry, first: Option<Span>) {
        // A member of the root that is there twice concerns the document as a whole.
        let pointer = if parent.is_root() { Pointer::root() } else { parent.child(&entry.key) };
        let place = |span| Location::Text(Spot { file: self.file, pointer: pointer.clone() }, span);
        let message = format!("key `{}` is already there", entry.key);
        let mut diagnostic = Diagnostic::new(Tag::DuplicateKey, message, place(entry.key_span)).label("again here");
        if let Some(first) = first {
            diagnostic = diagnostic.also(place(first), "first here");
        }
        self.problems.push(diagnostic);
    }

    /// The pointer to what comes next.
    fn pointer(&self) -> Pointer {
        self.frames.iter().fold(Pointer::root(), |pointer, frame| match &frame.holds {
            Holds::List(items) => pointer.index(items.len()),
            Holds::Map { key: Some((key, _)), .. } => pointer.child(key),
            Holds::Map { key: None, .. } => pointer,
        })
    }
}

fn is_list_of_maps(node: &Node) -> bool {
    node.as_list().is_some_and(|items| items.iter().all(|item| item.as_map().is_some()))
}

/// YAML's merge key (`<<: *base`): members that are not there themselves come from the merged mappings, earlier ones first.
fn with_merged(map: &Map, merged: Vec<Node>) -> Map {
    let mut entries: Vec<Entry> = map.iter().cloned().collect();
    for node in merged {
        if let Value::Map(more) = node.value {
            entries.extend(more.iter().cloned());
        }
    }
    Map::new(entries).0
}

fn too_deep(file: FileId, start: usize) -> Box<Diagnostic> {
    let place = Location::text(file, Span { start, end: start + 1 });
    Box::new(Diagnostic::new(Tag::NestingLimit, format!("values are nested more than {MAX_DEPTH} deep"), place))
}
