//! What holds other values: options, boxes, lists, maps, references.

use std::collections::BTreeMap;

use super::{FromJson, JsonError, Reader, ToJson, Writer};

impl<T: FromJson> FromJson for Option<T> {
    #[inline]
    fn blank() -> Self {
        None
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        if reader.is_null() {
            *self = None;
            return reader.null();
        }
        self.insert(T::blank()).read(reader)
    }

    #[inline]
    fn accept_absent(&mut self) -> bool {
        *self = None;
        true
    }

    #[inline]
    fn forgets_null(&self) -> bool {
        true
    }
}

impl<T: ToJson> ToJson for Option<T> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: FromJson> FromJson for Box<T> {
    #[inline]
    fn blank() -> Self {
        Self::new(T::blank())
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        (**self).read(reader)
    }

    #[inline]
    fn accept_absent(&mut self) -> bool {
        (**self).accept_absent()
    }

    #[inline]
    fn forgets_null(&self) -> bool {
        (**self).forgets_null()
    }
}

impl<T: ToJson + ?Sized> ToJson for Box<T> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        self.clear();
        let mut elements = reader.array()?;
        while reader.more(&mut elements)? {
            self.push(T::blank());
            if let Some(element) = self.last_mut() {
                element.read(reader).map_err(|error| elements.locate(error))?;
            }
        }
        Ok(())
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        self.as_slice().write(writer);
    }
}

impl<T: ToJson> ToJson for [T] {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        writer.begin('[');
        for element in self {
            writer.separate();
            element.write(writer);
        }
        writer.end(']');
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        self.clear();
        reader.members(&mut |reader, key| {
            let mut value = T::blank();
            value.read(reader)?;
            self.insert(key.into_owned(), value);
            Ok(())
        })
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        writer.begin('{');
        for (key, value) in self {
            writer.key(key);
            value.write(writer);
        }
        writer.end('}');
    }
}
