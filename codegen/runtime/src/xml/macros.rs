//! What the emitted tables expand to. The types themselves, with their docs, are emitted as text.
//!
//! Every function is `#[inline]`: a type that a program does not use costs it nothing to build.

/// Reads and writes a struct by the wire names of its fields. Behind a field, `!` makes it required and `?` one whose absence
/// is written as nil. The struct has a further field `extra: XmlExtra`.
///
/// ```text
/// record! {
///     Bug in crate::NAMESPACE {
///         "BugId" => bug_id!,
///         "Title" => title,
///         "Due" => due?,
///         "Old" in "urn:old" => old,
///         "Projects"["Project"] => projects,
///         @"lang" => lang,
///         choice => item,
///         group => more,
///     }
/// }
/// ```
///
/// The field of a `group` is an `Option<Box<T>>`, and `T` another struct with a table: its elements, which all must be optional
/// and have names of their own, stand directly among those of this struct.
///
/// A struct of character content and attributes has `text => value!` instead of elements.
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_record {
    ($type:ident in $namespace:literal { $($lines:tt)* }) => {
        $crate::__tms_record! { @ $type ($namespace) $($lines)* }
    };
    ($type:ident in $namespace:path { $($lines:tt)* }) => {
        $crate::__tms_record! { @ $type ($namespace) $($lines)* }
    };
    (@ $type:ident ($namespace:expr) $(
        $(@ $(@ $attribute:tt)?)? $($kind:ident)? $($name:literal)? $([$item:literal])? $(in $within:expr)?
            => $field:ident $(! $(@ $required:tt)?)? $(? $(@ $nillable:tt)?)?
    ),* $(,)?) => {
        const _: () = {
            const TABLE: &$crate::xml::Table = &$crate::xml::Table::new($namespace, &[$(
                $($crate::xml::Field::$kind())?
                $($crate::xml::Field::new(concat!("<", $name, ">")))?
                $($($attribute)? .attribute())?
                $(.array($item))?
                $(.within($within))?
                $($($required)? .required())?
                $($($nillable)? .nillable())?
            ),*]);

            impl $crate::xml::FromXml for $type {
                #[inline]
                fn blank() -> Self {
                    Self {
                        $($field: $crate::xml::FromXml::blank(),)*
                        extra: ::core::default::Default::default(),
                    }
                }

                #[inline]
                fn read(
                    &mut self,
                    reader: &mut $crate::xml::Reader<'_>,
                ) -> ::core::result::Result<(), $crate::xml::XmlError> {
                    reader.whole(self)?;
                    $($crate::__tms_settle! { $($kind)? => self.$field })*
                    ::core::result::Result::Ok(())
                }

                #[inline]
                fn table() -> ::core::option::Option<&'static $crate::xml::Table> {
                    ::core::option::Option::Some(TABLE)
                }

                #[inline]
                fn fields(
                    &mut self,
                    visit: &mut $crate::xml::FieldsVisitor<'_>,
                ) -> ::core::result::Result<(), $crate::xml::XmlError> {
                    visit(TABLE, &mut [$(&mut self.$field),*], &mut self.extra)
                }
            }

            impl $crate::xml::ToXml for $type {
                #[inline]
                fn write(&self, writer: &mut $crate::xml::Writer, slot: $crate::xml::Slot) {
                    writer.record(slot, TABLE, &[$(&self.$field),*], &self.extra);
                }

                #[inline]
                fn values(&self, visit: &mut $crate::xml::ValuesVisitor<'_>) {
                    visit(TABLE, &[$(&self.$field),*], &self.extra);
                }
            }
        };
    };
}

/// A group of which nothing has come is none.
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_settle {
    (group => $field:expr) => {
        if $field.as_ref().is_some_and(|group| $crate::xml::is_vacant(group)) {
            $field = ::core::option::Option::None;
        }
    };
    ($($kind:ident)? => $field:expr) => {};
}

/// Reads and writes an enum of which each variant is an element of its own.
///
/// ```text
/// choice! { Item in crate::NAMESPACE { Book = "book", Dvd = "dvd" in "urn:y" } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_choice {
    ($type:ident in $namespace:literal { $($arms:tt)* }) => {
        $crate::__tms_choice! { @ $type ($namespace) $($arms)* }
    };
    ($type:ident in $namespace:path { $($arms:tt)* }) => {
        $crate::__tms_choice! { @ $type ($namespace) $($arms)* }
    };
    (@ $type:ident ($namespace:expr) $($variant:ident = $name:literal $(in $within:expr)?),* $(,)?) => {
        const _: () = {
            const fn namespace(own: &[&'static str]) -> &'static str {
                match own {
                    [own, ..] => own,
                    [] => $namespace,
                }
            }

            const ARMS: &[$crate::xml::QName] = &[$($crate::xml::QName(namespace(&[$($within)?]), $name)),*];

            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Arm {
                $($variant),*
            }

            impl $crate::xml::FromXml for $type {
                #[inline]
                fn blank() -> Self {
                    $crate::__tms_first! { $(Self::$variant($crate::xml::FromXml::blank()),)* }
                }

                #[inline]
                fn read(
                    &mut self,
                    reader: &mut $crate::xml::Reader<'_>,
                ) -> ::core::result::Result<(), $crate::xml::XmlError> {
                    $(
                        if reader.is(ARMS[Arm::$variant as usize]) {
                            let mut value = $crate::xml::FromXml::blank();
                            $crate::xml::FromXml::read(&mut value, reader)?;
                            *self = Self::$variant(value);
                            return ::core::result::Result::Ok(());
                        }
                    )*
                    ::core::result::Result::Err(reader.no_arm(ARMS))
                }

                #[inline]
                fn choices() -> &'static [$crate::xml::QName] {
                    ARMS
                }

                #[inline]
                fn arms(&self) -> &'static [$crate::xml::QName] {
                    ARMS
                }
            }

            impl $crate::xml::ToXml for $type {
                #[inline]
                fn write(&self, writer: &mut $crate::xml::Writer, _: $crate::xml::Slot) {
                    match self {
                        $(Self::$variant(value) => writer.arm(ARMS[Arm::$variant as usize], value),)*
                    }
                }
            }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __tms_first {
    ($first:expr, $($rest:expr,)*) => {
        $first
    };
}

/// Reads and writes an open enum of words whose further variant is `Unknown(String)`, and converts it from and to text. A word
/// may be read in further spellings; it is written in the first.
///
/// ```text
/// xml_words! { Color { Red = "red", Blue = "blue" | "Blue" } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tms_xml_words {
    ($type:ident { $($variant:ident = $word:literal $(| $spelling:literal)*),* $(,)? }) => {
        $crate::__tms_word_texts! { $type { $($variant = $word $(| $spelling)*),* } }

        impl $crate::xml::FromXml for $type {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(::std::string::String::new())
            }

            #[inline]
            fn read(
                &mut self,
                reader: &mut $crate::xml::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::xml::XmlError> {
                let word = reader.text()?;
                // A word may stand in whitespace, but what is unknown is kept as it is.
                *self = match Self::from(word.trim_ascii()) {
                    Self::Unknown(_) => Self::Unknown(word.into_owned()),
                    known => known,
                };
                ::core::result::Result::Ok(())
            }
        }

        impl $crate::xml::ToXml for $type {
            #[inline]
            fn write(&self, writer: &mut $crate::xml::Writer, slot: $crate::xml::Slot) {
                writer.text(slot, self.as_str());
            }
        }
    };
}

#[doc(hidden)]
pub use crate::{__tms_choice as choice, __tms_record as record, __tms_xml_words as xml_words};
