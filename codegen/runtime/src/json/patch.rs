//! Three-state values.

use super::{FromJson, JsonError, Reader, ToJson, Writer};

/// A member that may be left alone, be cleared, or be set: in an update these are three different things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The member is not sent: the server leaves what it has.
    #[default]
    Absent,
    /// The member is sent as `null`: the server clears what it has.
    Null,
    /// The member is sent with this value.
    Value(T),
}

impl<T> Patch<T> {
    /// The value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `None` is [`Patch::Null`]: whoever passes an option has decided to send the member.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: FromJson> FromJson for Patch<T> {
    #[inline]
    fn blank() -> Self {
        Self::Absent
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        if reader.is_null() {
            *self = Self::Null;
            return reader.null();
        }
        let mut value = T::blank();
        value.read(reader)?;
        *self = Self::Value(value);
        Ok(())
    }

    #[inline]
    fn accept_absent(&mut self) -> bool {
        *self = Self::Absent;
        true
    }
}

impl<T: ToJson> ToJson for Patch<T> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Value(value) => value.write(writer),
            Self::Absent | Self::Null => writer.null(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}
