//! Lists of words in one text.

use std::ops::{Deref, DerefMut};

use super::{FromXml, Reader, Slot, ToXml, Writer, XmlError};

/// Values that stand in one text, with whitespace between them (`xs:list`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tokens<T>(pub Vec<T>);

impl<T> Default for Tokens<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for Tokens<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T> Deref for Tokens<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Tokens<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T: FromXml> FromXml for Tokens<T> {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        reader.words(&mut |reader| {
            self.0.push(T::blank());
            self.0.last_mut().map_or(Ok(()), |value| value.read(reader))
        })
    }
}

impl<T: ToXml> ToXml for Tokens<T> {
    fn write(&self, writer: &mut Writer, slot: Slot) {
        writer.words(slot, &mut |writer| {
            for (index, value) in self.0.iter().enumerate() {
                writer.word(index == 0, value);
            }
        });
    }
}
