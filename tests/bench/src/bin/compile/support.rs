//! What stands in for the runtime under the baseline: plain types with serde, in a crate of their own, so that none of it is
//! measured.

/// The names that generated types import from the runtime.
pub mod codegen {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub use serde_json::Value;

    /// A point in time as text.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct DateTime(pub String);

    /// A day as text.
    #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Date(pub String);

    /// A member that may be left alone, be cleared, or be set.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum Patch<T> {
        /// Not sent.
        #[default]
        Absent,
        /// Sent as `null`.
        Null,
        /// Sent.
        Value(T),
    }

    impl<T> Patch<T> {
        /// Whether the member is left alone.
        pub fn is_absent(&self) -> bool {
            matches!(self, Self::Absent)
        }
    }

    impl<T> From<T> for Patch<T> {
        fn from(value: T) -> Self {
            Self::Value(value)
        }
    }

    impl<T: Serialize> Serialize for Patch<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Absent | Self::Null => serializer.serialize_none(),
                Self::Value(value) => value.serialize(serializer),
            }
        }
    }

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
        }
    }
}
