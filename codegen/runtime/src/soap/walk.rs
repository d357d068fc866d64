//! The way through an envelope to the values in its body.

use super::SoapVersion;
use crate::error::excerpt;
use crate::xml::{QName, Reader, XmlError};

/// Characters of a foreign name an error shows at most.
const NAME: usize = 100;

/// What is in the way.
pub(super) enum Trouble {
    /// The service says that the call failed.
    Fault,
    /// This is no envelope: the document element, or why there is none.
    NoEnvelope(String),
    /// No XML, or a value that does not fit.
    Xml(XmlError),
    /// Something is not where it should be.
    Place { path: String, reason: String, offset: usize },
}

impl From<XmlError> for Trouble {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

/// How far a reader has come to the values of one name, which stand in elements of known names.
pub(super) struct Walk {
    /// The body's child first, the values last; as many as `depth` says.
    names: [QName; 3],
    depth: usize,
    /// Elements of these names around the reader.
    level: usize,
    levels: [Level; 3],
}

/// What was seen among the elements of one level.
#[derive(Default)]
struct Level {
    found: usize,
    /// The first element that is not looked for.
    other: Option<String>,
    /// Where the element around them begins.
    offset: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    Container,
    Value,
}

/// Whether the element the reader is in is this part of an envelope.
fn is_part(reader: &Reader<'_>, name: &str) -> bool {
    reader.local() == name && SoapVersion::of(reader.namespace()).is_some()
}

/// Goes into the body.
fn open(reader: &mut Reader<'_>) -> Result<(), Trouble> {
    reader.root()?;
    if !is_part(reader, "Envelope") {
        let (name, namespace) = (short(reader.local()), short(reader.namespace()));
        return Err(Trouble::NoEnvelope(match reader.local() {
            "Envelope" => format!("an envelope of the unknown namespace `{namespace}`"),
            _ => format!("the element `{name}`"),
        }));
    }
    while reader.child()? {
        if is_part(reader, "Body") {
            reader.begin_path();
            return Ok(());
        }
        reader.skip()?;
    }
    Err(reader.data("the envelope has no Body").into())
}

/// Whether a text begins like an envelope, up to its body.
pub(super) fn is_envelope(text: &str) -> bool {
    open(&mut Reader::new(text)).is_ok()
}

/// A reader in the fault of an envelope, if there is one.
pub(super) fn fault(text: &str) -> Option<Reader<'_>> {
    let mut reader = Reader::new(text);
    open(&mut reader).ok()?;
    while reader.child().ok()? {
        if is_part(&reader, "Fault") {
            return Some(reader);
        }
        reader.skip().ok()?;
    }
    None
}

impl Walk {
    /// To the elements of the last name, which stand in those of the names before; the first is the body's child.
    pub(super) fn to(way: &[QName]) -> Self {
        let mut names = [QName("", ""); 3];
        let depth = way.len().min(names.len());
        names[..depth].copy_from_slice(&way[..depth]);
        Self { names, depth, level: 0, levels: Default::default() }
    }

    /// Goes into the body.
    pub(super) fn begin(&mut self, reader: &mut Reader<'_>) -> Result<(), Trouble> {
        open(reader)?;
        self.levels[0].offset = reader.offset();
        Ok(())
    }

    /// How many values there were, the one the reader is in included.
    pub(super) fn found(&self) -> usize {
        self.depth.checked_sub(1).map_or(0, |last| self.levels[last].found)
    }

    /// Goes into the element that the values stand in; `false`: there was none, and the document is read to its end.
    pub(super) fn approach(&mut self, reader: &mut Reader<'_>) -> Result<bool, Trouble> {
        self.go(reader, Goal::Container)
    }

    /// Goes into the next value; `false`: there was none, and the document is read to its end.
    pub(super) fn next(&mut self, reader: &mut Reader<'_>) -> Result<bool, Trouble> {
        self.go(reader, Goal::Value)
    }

    fn go(&mut self, reader: &mut Reader<'_>, goal: Goal) -> Result<bool, Trouble> {
        loop {
            let is_last = self.level + 1 == self.depth;
            if is_last && goal == Goal::Container {
                return Ok(true);
            }
            if !reader.child()? {
                if self.leave()? {
                    continue;
                }
                return finish(reader).map(|()| false);
            }
            if self.level == 0 && is_part(reader, "Fault") {
                return Err(Trouble::Fault);
            }
            if !self.is_next(reader)? {
                reader.skip()?;
                continue;
            }
            let level = &mut self.levels[self.level];
            level.found += 1;
            if is_last {
                return Ok(true);
            }
            if level.found > 1 {
                return Err(reader.data("the element may come only once").into());
            }
            if !reader.null()? {
                self.level += 1;
                self.levels[self.level].offset = reader.offset();
            }
        }
    }

    /// Whether the element the reader is in is the next one on the way.
    fn is_next(&mut self, reader: &Reader<'_>) -> Result<bool, Trouble> {
        let name = self.names[self.level];
        if self.depth == 0 {
            return Ok(false);
        }
        if reader.is(name) {
            return Ok(true);
        }
        if reader.local() == name.1 {
            // Passing it over would make an answer empty that is not.
            let namespace = |uri: &str| if uri.is_empty() { "no namespace".to_owned() } else { format!("the namespace `{}`", short(uri)) };
            let (expected, found) = (namespace(name.0), namespace(reader.namespace()));
            return Err(reader.data(format!("expected the element in {expected}, found it in {found}")).into());
        }
        self.levels[self.level].other.get_or_insert_with(|| short(reader.local()));
        Ok(false)
    }

    /// Goes on around the element that has just ended; `false`: that was the body.
    fn leave(&mut self) -> Result<bool, Trouble> {
        let Level { found, other, .. } = &self.levels[self.level];
        // Without the body's child there is no answer; an element full of other things than its entries is no list.
        let is_wrong = self.level == 0 || (self.level == 2 && other.is_some());
        if self.depth > 0 && *found == 0 && is_wrong {
            return Err(self.missing());
        }
        let Some(outer) = self.level.checked_sub(1) else { return Ok(false) };
        self.level = outer;
        Ok(true)
    }

    /// The error of a value that must be there, but is not.
    pub(super) fn missing(&self) -> Trouble {
        let deepest = (0..self.depth).find(|level| self.levels[*level].found == 0).unwrap_or_default();
        let Level { other, offset, .. } = &self.levels[deepest];
        let names = self.names[..deepest].iter().map(|name| name.1);
        let path = std::iter::once("Body").chain(names).collect::<Vec<_>>().join("/");
        let expected = self.names[deepest].1;
        let reason = match other {
            Some(other) => format!("expected `{expected}`, got `{other}`"),
            None => format!("missing element `{expected}`"),
        };
        Trouble::Place { path, reason, offset: *offset }
    }
}

/// Reads what follows the body.
fn finish(reader: &mut Reader<'_>) -> Result<(), Trouble> {
    while reader.child()? {
        if is_part(reader, "Body") {
            return Err(reader.data("the element may come only once").into());
        }
        reader.skip()?;
    }
    Ok(reader.finish()?)
}

fn short(name: &str) -> String {
    excerpt::of(name.as_bytes(), NAME)
}
