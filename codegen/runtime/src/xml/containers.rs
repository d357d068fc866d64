//! What holds other values: options, patches, boxes, lists, references.

use super::{FieldsVisitor, FromXml, QName, Reader, Slot, Table, ToXml, ValuesVisitor, Writer, XmlError};
use crate::Patch;

impl<T: FromXml> FromXml for Option<T> {
    #[inline]
    fn blank() -> Self {
        None
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        // A list and a choice know themselves what a nil element is to them.
        if T::is_list() {
            return self.get_or_insert_with(T::blank).read(reader);
        }
        if T::choices().is_empty() && reader.null()? {
            *self = None;
            return Ok(());
        }
        self.insert(T::blank()).read(reader)
    }

    #[inline]
    fn accept_absent(&mut self) -> bool {
        *self = None;
        true
    }

    fn is_list() -> bool {
        T::is_list()
    }

    #[inline]
    fn repeats(&self) -> Option<usize> {
        match self {
            Some(value) => value.repeats(),
            None => T::is_list().then_some(0),
        }
    }

    fn arms(&self) -> &'static [QName] {
        T::choices()
    }

    fn begin_items(&mut self, nil: bool) {
        *self = (!nil).then(T::blank);
    }

    fn read_item(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        self.get_or_insert_with(T::blank).read_item(reader)
    }

    fn group(&self) -> Option<&'static Table> {
        T::table()
    }

    fn fields(&mut self, visit: &mut FieldsVisitor<'_>) -> Result<(), XmlError> {
        self.get_or_insert_with(T::blank).fields(visit)
    }
}

impl<T: ToXml> ToXml for Option<T> {
    #[inline]
    fn write(&self, writer: &mut Writer, slot: Slot) {
        match self {
            Some(value) => value.write(writer, slot),
            None => writer.nil(slot),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[inline]
    fn is_nil(&self) -> bool {
        self.is_none()
    }

    fn values(&self, visit: &mut ValuesVisitor<'_>) {
        if let Some(value) = self {
            value.values(visit);
        }
    }
}

impl<T: FromXml> FromXml for Patch<T> {
    #[inline]
    fn blank() -> Self {
        Self::Absent
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        if reader.null()? {
            *self = Self::Null;
            return Ok(());
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

    fn begin_items(&mut self, nil: bool) {
        *self = if nil { Self::Null } else { Self::Value(T::blank()) };
    }

    fn read_item(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        match self {
            Self::Value(list) => list.read_item(reader),
            Self::Absent | Self::Null => {
                self.begin_items(false);
                self.read_item(reader)
            }
        }
    }
}

impl<T: ToXml> ToXml for Patch<T> {
    #[inline]
    fn write(&self, writer: &mut Writer, slot: Slot) {
        match self {
            Self::Value(value) => value.write(writer, slot),
            Self::Absent | Self::Null => writer.nil(slot),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    #[inline]
    fn is_nil(&self) -> bool {
        !matches!(self, Self::Value(_))
    }
}

impl<T: FromXml> FromXml for Box<T> {
    #[inline]
    fn blank() -> Self {
        Self::new(T::blank())
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        (**self).read(reader)
    }

    #[inline]
    fn accept_absent(&mut self) -> bool {
        (**self).accept_absent()
    }

    fn is_list() -> bool {
        T::is_list()
    }

    #[inline]
    fn repeats(&self) -> Option<usize> {
        (**self).repeats()
    }

    fn choices() -> &'static [QName] {
        T::choices()
    }

    fn arms(&self) -> &'static [QName] {
        (**self).arms()
    }

    fn begin_items(&mut self, nil: bool) {
        (**self).begin_items(nil);
    }

    fn read_item(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        (**self).read_item(reader)
    }

    fn table() -> Option<&'static Table> {
        T::table()
    }

    fn fields(&mut self, visit: &mut FieldsVisitor<'_>) -> Result<(), XmlError> {
        (**self).fields(visit)
    }
}

macro_rules! passed_on {
    ($type:ty) => {
        impl<T: ToXml + ?Sized> ToXml for $type {
            #[inline]
            fn write(&self, writer: &mut Writer, slot: Slot) {
                (**self).write(writer, slot);
            }

            #[inline]
            fn is_absent(&self) -> bool {
                (**self).is_absent()
            }

            #[inline]
            fn is_nil(&self) -> bool {
                (**self).is_nil()
            }

            fn values(&self, visit: &mut ValuesVisitor<'_>) {
                (**self).values(visit);
            }
        }
    };
}

passed_on!(Box<T>);
passed_on!(&T);

impl<T: FromXml> FromXml for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        self.push(T::blank());
        let read = self.last_mut().map_or(Ok(()), |entry| entry.read(reader));
        if read.is_err() {
            self.pop();
        }
        read
    }

    #[inline]
    fn accept_absent(&mut self) -> bool {
        self.clear();
        true
    }

    fn is_list() -> bool {
        true
    }

    #[inline]
    fn repeats(&self) -> Option<usize> {
        Some(self.len())
    }

    fn arms(&self) -> &'static [QName] {
        T::choices()
    }
}

impl<T: ToXml> ToXml for Vec<T> {
    #[inline]
    fn write(&self, writer: &mut Writer, slot: Slot) {
        self.as_slice().write(writer, slot);
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: ToXml> ToXml for [T] {
    #[inline]
    fn write(&self, writer: &mut Writer, slot: Slot) {
        for entry in self {
            entry.write(writer, slot);
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}
