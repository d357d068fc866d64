//! What the emitted tables expand to. The types themselves, with their docs, are emitted as text.
//!
//! Every function is `#[inline]`: a type that a program does not use costs it nothing to build.

/// Reads and writes a struct by the wire names of its fields; a `!` behind a field makes it required. A field that may come under
/// further names is written under the one it came with, under the first if it is new. The struct has a further field
/// `extra: Extra`.
///
/// ```text
/// object! { Case { "id" => id!, "title" => title!, "description" | "text" => description } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_object {
    ($type:ident { $($name:literal $(| $alias:literal)* => $field:ident $(! $(@ $never:tt)?)?),* $(,)? }) => {
        const _: () = {
            const TABLE: &$crate::json::Table = &$crate::json::Table::new(&[
                $($crate::json::Field::new(concat!("\"", $name, "\":"))
                    .aliases(&[$(concat!("\"", $alias, "\":")),*])
                    $($($never)? .required())?),*
            ]);

            impl $crate::json::FromJson for $type {
                #[inline]
                fn blank() -> Self {
                    Self {
                        $($field: $crate::json::FromJson::blank(),)*
                        extra: ::core::default::Default::default(),
                    }
                }

                #[inline]
                fn read(
                    &mut self,
                    reader: &mut $crate::json::Reader<'_>,
                ) -> ::core::result::Result<(), $crate::json::JsonError> {
                    reader.object(TABLE, &mut [$(&mut self.$field),*], &mut self.extra)
                }
            }

            impl $crate::json::ToJson for $type {
                #[inline]
                fn write(&self, writer: &mut $crate::json::Writer) {
                    writer.object(TABLE, &[$(&self.$field),*], &self.extra);
                }
            }
        };
        $crate::__tms_serde!($type);
    };
}

/// Reads and writes an open enum of words whose further variant is `Unknown(String)`, and converts it from and to text. A word
/// may be read in further spellings; it is written in the first.
///
/// ```text
/// words! { Severity { Undefined = "undefined", Blocker = "blocker" | "Blocker" } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_words {
    ($type:ident { $($variant:ident = $word:literal $(| $spelling:literal)*),* $(,)? }) => {
        $crate::__tms_word_texts! { $type { $($variant = $word $(| $spelling)*),* } }

        impl $crate::json::FromJson for $type {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(::std::string::String::new())
            }

            #[inline]
            fn read(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::JsonError> {
                *self = Self::from(&*reader.str()?);
                if let Self::Unknown(_) = self {
                    reader.note_oddity();
                }
                ::core::result::Result::Ok(())
            }
        }

        impl $crate::json::ToJson for $type {
            #[inline]
            fn write(&self, writer: &mut $crate::json::Writer) {
                writer.str(self.as_str());
            }
        }
        $crate::__tms_serde!($type);
    };
}

/// Makes a struct around an `i64`, whose constants are emitted with it, a set of flags. Unknown bits are kept.
///
/// ```text
/// flags! { Permissions { READ, UPDATE } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_flags {
    ($type:ident { $($flag:ident),* $(,)? }) => {
        impl $type {
            /// No flag at all.
            #[inline]
            #[must_use]
            pub const fn empty() -> Self {
                Self(0)
            }

            /// The flags of a number, known and unknown.
            #[inline]
            #[must_use]
            pub const fn from_bits(bits: i64) -> Self {
                Self(bits)
            }

            /// The number.
            #[inline]
            #[must_use]
            pub const fn bits(self) -> i64 {
                self.0
            }

            /// Whether there is no flag.
            #[inline]
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Whether all of these flags are there.
            #[inline]
            #[must_use]
            pub const fn contains(self, flags: Self) -> bool {
                self.0 & flags.0 == flags.0
            }

            /// The bits that have no name.
            #[inline]
            #[must_use]
            pub const fn unknown(self) -> i64 {
                self.0 & !(0 $(| Self::$flag.0)*)
            }

            /// Adds these flags.
            #[inline]
            pub fn insert(&mut self, flags: Self) {
                self.0 |= flags.0;
            }

            /// Removes these flags.
            #[inline]
            pub fn remove(&mut self, flags: Self) {
                self.0 &= !flags.0;
            }
        }

        impl ::core::ops::BitOr for $type {
            type Output = Self;

            #[inline]
            fn bitor(self, flags: Self) -> Self {
                Self(self.0 | flags.0)
            }
        }

        impl ::core::ops::BitOrAssign for $type {
            #[inline]
            fn bitor_assign(&mut self, flags: Self) {
                self.insert(flags);
            }
        }

        impl ::core::convert::From<i64> for $type {
            #[inline]
            fn from(bits: i64) -> Self {
                Self(bits)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let known = [$((stringify!($flag), self.contains(Self::$flag))),*];
                $crate::json::macros::flags_fmt(&known, self.unknown(), f)
            }
        }

        impl $crate::json::FromJson for $type {
            #[inline]
            fn blank() -> Self {
                Self(0)
            }

            #[inline]
            fn read(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::JsonError> {
                $crate::json::FromJson::read(&mut self.0, reader)
            }
        }

        impl $crate::json::ToJson for $type {
            #[inline]
            fn write(&self, writer: &mut $crate::json::Writer) {
                $crate::json::ToJson::write(&self.0, writer);
            }
        }
        $crate::__tms_serde!($type);
    };
}

/// `READ | UPDATE | 0x8`, or `(none)`.
#[doc(hidden)]
pub fn flags_fmt(known: &[(&str, bool)], unknown: i64, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    let names = known.iter().filter(|(_, set)| *set).map(|(name, _)| (*name).to_owned());
    let rest = (unknown != 0).then(|| format!("{unknown:#x}"));
    let all: Vec<String> = names.chain(rest).collect();
    f.write_str(if all.is_empty() { "(none)".to_owned() } else { all.join(" | ") }.as_str())
}

/// Reads and writes a union whose arms are told apart by their structure; its further variant is `Unknown(Value)`.
///
/// ```text
/// union! { ResultSteps { List(Vec<ResultStep>), ByPosition(BTreeMap<String, Word>) } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_union {
    ($type:ident { $($variant:ident($arm:ty)),* $(,)? }) => {
        impl $crate::json::FromJson for $type {
            #[inline]
            fn blank() -> Self {
                Self::Unknown($crate::json::Value::Null)
            }

            #[inline]
            fn read(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::JsonError> {
                let mut trial = reader.trial();
                $(
                    let mut arm = <$arm as $crate::json::FromJson>::blank();
                    if reader.try_arm(&mut trial, &mut arm) {
                        *self = Self::$variant(arm);
                    }
                )*
                if !reader.settle(trial) {
                    let mut value = $crate::json::Value::Null;
                    $crate::json::FromJson::read(&mut value, reader)?;
                    *self = Self::Unknown(value);
                }
                ::core::result::Result::Ok(())
            }
        }

        $crate::__tms_write_arms!($type { $($variant)* });
        $crate::__tms_serde!($type);
    };
}

/// Reads and writes a union whose arms are told apart by a member, which the arms hold themselves; its further variant is
/// `Unknown(Value)`, for unknown tags and for what has no tag.
///
/// ```text
/// tagged! { Pet by "petType" { Cat("cat", "CAT2"), Dog("dog") } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_tagged {
    ($type:ident by $tag:literal { $($variant:ident($($word:literal),+ $(,)?)),* $(,)? }) => {
        impl $crate::json::FromJson for $type {
            #[inline]
            fn blank() -> Self {
                Self::Unknown($crate::json::Value::Null)
            }

            #[inline]
            fn read(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::json::JsonError> {
                match reader.tag($tag).as_deref() {
                    $(::core::option::Option::Some($($word)|+) => {
                        let mut arm = $crate::json::FromJson::blank();
                        $crate::json::FromJson::read(&mut arm, reader)?;
                        *self = Self::$variant(arm);
                    })*
                    _ => {
                        let mut value = $crate::json::Value::Null;
                        $crate::json::FromJson::read(&mut value, reader)?;
                        reader.note_oddity();
                        *self = Self::Unknown(value);
                    }
                }
                ::core::result::Result::Ok(())
            }
        }

        $crate::__tms_write_arms!($type { $($variant)* });
        $crate::__tms_serde!($type);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tms_write_arms {
    ($type:ident { $($variant:ident)* }) => {
        impl $crate::json::ToJson for $type {
            #[inline]
            fn write(&self, writer: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant(arm) => $crate::json::ToJson::write(arm, writer),)*
                    Self::Unknown(value) => $crate::json::ToJson::write(value, writer),
                }
            }

            #[inline]
            fn is_absent(&self) -> bool {
                false
            }
        }
    };
}

/// Nothing: the feature `serde` is off.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_serde {
    ($type:ident) => {};
}

/// `serde::{Serialize, Deserialize}` by way of the type's own JSON.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_serde {
    ($type:ident) => {
        impl $crate::json::bridge::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::json::bridge::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::bridge::serialize(self, serializer)
            }
        }

        impl<'de> $crate::json::bridge::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::json::bridge::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::json::bridge::deserialize(deserializer)
            }
        }
    };
}

#[doc(hidden)]
pub use crate::{__tms_flags as flags, __tms_object as object, __tms_tagged as tagged, __tms_union as union, __tms_words as words};
