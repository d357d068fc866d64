//! What the generator tells the author of a spec: every problem with its place, a stable code, and what to do about it.
//!
//! Style of messages: lower case, no full stop, no blame; the smallest span; one fault, one message. `label` says where or what
//! exactly, `note` adds a fact, `help` says what to do and what is allowed. Names from the spec stand in backticks.

mod context;
mod explain;
mod render;
mod report;
mod suggest;
mod tag;

pub use render::{render, render_styled};
pub use report::Report;
pub use suggest::{did_you_mean, listed};
pub use tag::{Level, Tag};

use crate::source::Location;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub(crate) tag: Tag,
    pub(crate) message: String,
    pub(crate) location: Location,
    pub(crate) label: Option<String>,
    pub(crate) also: Option<(Location, String)>,
    pub(crate) notes: Vec<String>,
    pub(crate) help: Vec<String>,
}

impl Diagnostic {
    /// A problem at a place. Its level follows from the tag.
    pub fn new(tag: Tag, message: impl Into<String>, location: Location) -> Self {
        Self { tag, message: message.into(), location, label: None, also: None, notes: Vec::new(), help: Vec::new() }
    }

    /// What stands behind the caret. Without one it says where in the API the place is (``in `GET /case`, answer 200``).
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// A second place, such as where a repeated name was first defined.
    #[must_use]
    pub fn also(mut self, location: Location, label: impl Into<String>) -> Self {
        self.also = Some((location, label.into()));
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds advice, if there is any.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help.extend(help);
        self
    }

    /// Its code.
    pub fn tag(&self) -> Tag {
        self.tag
    }

    /// What it says.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What it is about.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// How bad it is.
    pub fn level(&self) -> Level {
        self.tag.level()
    }
}
