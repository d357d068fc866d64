//! What fields are compared with.

use super::{Boolean, Date, Field, Number, Text};
use std::fmt::Write as _;
use tms_runtime::DateTime;

/// What a field of type `T` can be compared with.
///
/// | field | operand |
/// |---|---|
/// | [`Number`] | integers, `f32` and `f64` (for what is not finite, the server has no word), and other fields that are numbers |
/// | [`Text`] | `&str`, `String`, `&String` |
/// | [`Boolean`] | `bool` |
/// | [`Date`] | [`DateTime`](crate::DateTime) and [`Date`](crate::Date), owned or not; as text, `&str`, `String`, `&String` |
pub trait Operand<T>: sealed::Sealed {
    #[doc(hidden)]
    fn write(&self, text: &mut String);
}

macro_rules! operands {
    ($type:ty: $($operand:ty),+; |$value:ident, $text:ident| $write:expr) => {$(
        impl sealed::Sealed for $operand {}
        impl Operand<$type> for $operand {
            fn write(&self, $text: &mut String) {
                let $value = self;
                $write;
            }
        }
    )+};
}

operands! { Number: i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64; |value, text| {
    // Writing to a string does not fail.
    let _ = write!(text, "{value}");
} }

/// What can stand in a list of numbers: a number, but no other field.
pub trait Constant: Operand<Number> {}

macro_rules! constants {
    ($($operand:ty),+) => {$(impl Constant for $operand {})+};
}

constants!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64);

operands! { Number: Field<Number>; |value, text| text.push_str(value.name) }
operands! { Boolean: bool; |value, text| text.push_str(if *value { "true" } else { "false" }) }
operands! { Text: &str, String, &String; |value, text| quote(value, text) }
operands! { Date: DateTime, &DateTime, tms_runtime::Date, &tms_runtime::Date; |value, text| quote(value.as_str(), text) }

macro_rules! dates_as_text {
    ($($operand:ty),+) => {$(
        impl Operand<Date> for $operand {
            fn write(&self, text: &mut String) {
                quote(self, text);
            }
        }
    )+};
}

dates_as_text!(&str, String, &String);

/// In quotes, those within doubled.
fn quote(value: &str, text: &mut String) {
    text.push('\'');
    text.push_str(&value.replace('\'', "''"));
    text.push('\'');
}

mod sealed {
    pub trait Sealed {}
}
