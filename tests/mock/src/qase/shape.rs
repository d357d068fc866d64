//! What can be said about a resource.

use crate::store::{Collection, Filter};
use serde_json::Value;

/// Words and the numbers lists show for them; of two words for a number the first is read back.
pub(super) type Codes = &'static [(&'static str, i64)];

/// A kind of entity.
pub(super) struct Resource {
    pub(super) collection: Collection,
    /// For messages.
    pub(super) noun: &'static str,
    pub(super) scope: Scope,
    pub(super) key: Key,
    pub(super) single: Single,
    /// What a fresh one looks like, key and times aside.
    pub(super) blank: fn() -> Value,
    pub(super) times: Times,
    pub(super) filters: &'static [Filter],
    pub(super) writes: &'static [Write],
    /// Words in single reads, numbers in lists.
    pub(super) codes: &'static [(&'static str, Codes)],
    /// Fields that lists do not show.
    pub(super) single_only: &'static [&'static str],
    /// Fields that single reads do not show.
    pub(super) list_only: &'static [&'static str],
    /// Fields that today's service no longer shows.
    pub(super) reference_only: &'static [&'static str],
    /// Fields that it shows besides, where nothing else was written.
    pub(super) today: fn() -> Value,
}

/// Whether things belong to a project or to the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Project,
    Account,
    /// To the account, at a path that names a project all the same.
    AccountByProject,
}

/// What names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// `id`, counted per project.
    Number,
    /// `id`; a UUID names the same.
    NumberOrUuid,
    /// `hash`, 40 hex digits.
    Hash,
    /// `id`, a UUID.
    Uuid,
    /// `hash`; the create answer gives a number all the same, and both are taken.
    HashOrNumber,
    /// `code`, chosen by the caller.
    Code,
}

impl Key {
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Number | Self::NumberOrUuid | Self::Uuid => "id",
            Self::Hash | Self::HashOrNumber => "hash",
            Self::Code => "code",
        }
    }
}

/// How a single read shows its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Single {
    Object,
    ArrayOfOne,
}

/// Which time stamps an entity has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    None,
    CreatedUpdated,
    /// `created_at` and `updated_at`, with an offset.
    CreatedUpdatedAt,
    /// A field in `2019-12-12 12:12:12` form, set on creation.
    At(&'static str),
}

/// A member of a request body and where it goes.
pub(super) struct Write {
    pub(super) member: &'static str,
    pub(super) into: Destination,
    /// The collection that must have what the member names by number.
    pub(super) must_exist: Option<Collection>,
}

/// Where a body member goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    Field(&'static str),
    /// Kept, but shown nowhere.
    Hidden(&'static str),
    /// Case numbers, shown as objects with an assignee.
    Assignments,
    /// A word, shown with a capital letter.
    Outcome,
    /// Step outcomes: a later write changes only steps that are there.
    Steps,
    /// Values of custom fields by number, shown as a list.
    CustomFields,
    /// Titles of tags, shown as objects.
    Tags,
    /// Hashes of uploaded files, shown as the files.
    Files,
    /// Steps of a case, whose files are shown as such.
    CaseSteps,
    /// Parameters of a case, shared or its own.
    Parameters,
    /// UUIDs of authors, shown with what they said.
    Reviewers,
    /// What a review proposes; its title is that of the review.
    Proposal,
    /// Unix seconds, shown as a moment.
    Moment(&'static str),
    /// A number that stands for one of these words, shown as the word.
    Word(&'static str, &'static [&'static str]),
}
