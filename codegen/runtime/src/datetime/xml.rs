//! Points in time and days as XML has them.

use super::{Date, DateTime, Parts};
use crate::xml::{FromXml, Reader, Slot, ToXml, Writer, XmlError};

impl FromXml for DateTime {
    fn blank() -> Self {
        Self { text: String::new(), number: false }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        *self = Self::from(trimmed(reader)?);
        Ok(())
    }
}

impl ToXml for DateTime {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        // XML has neither numbers of seconds nor a space between date and time.
        let whole = self.number.then(|| self.unix_seconds()).flatten();
        let parts = whole.and_then(|seconds| Parts::of_unix(seconds, self.nanosecond().unwrap_or_default()));
        match (parts, self.text.split_once(' ')) {
            (Some(parts), _) => writer.plain(slot, &format!("{parts}Z")),
            (None, Some((date, time))) if self.parts().is_some() => writer.text(slot, &format!("{date}T{time}")),
            _ => writer.text(slot, &self.text),
        }
    }
}

impl FromXml for Date {
    fn blank() -> Self {
        Self { text: String::new() }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        self.text = trimmed(reader)?;
        Ok(())
    }
}

impl ToXml for Date {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.text(slot, &self.text);
    }
}

/// The element's text without whitespace around it.
fn trimmed(reader: &mut Reader<'_>) -> Result<String, XmlError> {
    let text = reader.text()?;
    let inside = text.trim_ascii();
    Ok(if inside.len() == text.len() { text.into_owned() } else { inside.to_owned() })
}
