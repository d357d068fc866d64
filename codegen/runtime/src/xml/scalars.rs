//! Booleans, numbers, strings, dates, bytes, secrets.

use super::{FromXml, Reader, Slot, ToXml, Writer, XmlError};
use crate::{Base64, Secret};

impl FromXml for String {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        *self = reader.text()?.into_owned();
        Ok(())
    }
}

impl ToXml for String {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.text(slot, self);
    }
}

impl ToXml for str {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.text(slot, self);
    }
}

impl FromXml for Secret {
    fn blank() -> Self {
        Self::from("")
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        *self = Self::from(&*reader.text()?);
        Ok(())
    }
}

impl ToXml for Secret {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.secret(slot, self);
    }
}

impl FromXml for bool {
    fn blank() -> Self {
        false
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        reader.parsed("boolean", &mut |text| {
            *self = matches!(text, "true" | "1");
            *self || matches!(text, "false" | "0")
        })
    }
}

impl ToXml for bool {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.plain(slot, if *self { "true" } else { "false" });
    }
}

macro_rules! whole_numbers {
    ($($type:ty: $expected:literal),*) => {$(
        impl FromXml for $type {
            fn blank() -> Self {
                0
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
                reader.parsed($expected, &mut |text| text.parse().map(|number| *self = number).is_ok())
            }
        }

        impl ToXml for $type {
            fn write(&self, writer: &mut Writer, slot: Slot) {
                writer.plain(slot, itoa::Buffer::new().format(*self));
            }
        }
    )*};
}

whole_numbers!(i32: "integer of 32 bits", i64: "integer of 64 bits", u64: "unsigned integer of 64 bits");

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl FromXml for $type {
            fn blank() -> Self {
                0.0
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
                reader.parsed("number", &mut |text| {
                    let parsed = match text {
                        "INF" | "+INF" => Some(<$type>::INFINITY),
                        "-INF" => Some(<$type>::NEG_INFINITY),
                        "NaN" => Some(<$type>::NAN),
                        // The standard library reads more words than XML has.
                        _ if text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) => text.parse().ok(),
                        _ => None,
                    };
                    parsed.map(|number| *self = number).is_some()
                })
            }
        }

        impl ToXml for $type {
            fn write(&self, writer: &mut Writer, slot: Slot) {
                match *self {
                    <$type>::INFINITY => writer.plain(slot, "INF"),
                    <$type>::NEG_INFINITY => writer.plain(slot, "-INF"),
                    number => writer.plain(slot, &format!("{number:?}")),
                }
            }
        }
    )*};
}

floats!(f32, f64);

impl FromXml for Base64 {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        reader.parsed("base64 text", &mut |text| {
            // Long texts mostly come in lines.
            let lines = text.bytes().any(|byte| byte.is_ascii_whitespace());
            let joined = if lines { &*text.split_ascii_whitespace().collect::<String>() } else { text };
            Self::decode(joined).map(|bytes| *self = bytes).is_some()
        })
    }
}

impl ToXml for Base64 {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.plain(slot, &self.encode());
    }
}
