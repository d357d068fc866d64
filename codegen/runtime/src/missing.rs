//! Why a value that was read cannot be sent.

use std::fmt;

/// A member that must be sent was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingMember {
    ty: &'static str,
    member: &'static str,
}

impl MissingMember {
    /// The member `member` of the type `ty`.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(ty: &'static str, member: &'static str) -> Self {
        Self { ty, member }
    }

    /// The type that cannot be made without it.
    #[must_use]
    pub fn ty(&self) -> &'static str {
        self.ty
    }

    /// Its name on the wire.
    #[must_use]
    pub fn member(&self) -> &'static str {
        self.member
    }
}

impl fmt::Display for MissingMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot do without `{}`, and the value it is made from does not have it: set it there first", self.ty, self.member)
    }
}

impl std::error::Error for MissingMember {}
