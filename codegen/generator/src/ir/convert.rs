use super::{Ident, Presence, TypeId};

/// A type that is made from another: what is sent, from what was read. What neither knows goes along.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The source, a struct.
    pub from: TypeId,
    /// The target, a struct.
    pub to: TypeId,
    /// Something that must be sent may be missing.
    pub fallible: bool,
    /// Where the fields of the target come from, in their order; `None` for those that are left out.
    pub fields: Vec<Option<Taken>>,
}

/// A field of the source.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its name.
    pub field: Ident,
    /// Whether it is always there.
    pub presence: Presence,
    /// What is done to its value.
    pub change: Change,
}

/// What is done to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Same,
    /// It is converted.
    Convert {
        /// To what.
        to: TypeId,
        /// That may fail.
        fallible: bool,
    },
    /// Each entry of the list is converted.
    Each {
        /// To what.
        to: TypeId,
        /// That may fail.
        fallible: bool,
    },
}
