//! Free-form JSON from and to text and plain types.

use std::fmt;
use std::str::FromStr;

use super::{FromJson, JsonError, Number, Object, Reader, ToJson, Value, Writer};

impl Value {
    /// Reads a document.
    ///
    /// # Errors
    /// The text is no JSON, or nested more than 127 deep.
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        super::from_str(text)
    }
}

impl FromStr for Value {
    type Err = JsonError;

    fn from_str(text: &str) -> Result<Self, JsonError> {
        Self::parse(text)
    }
}

/// JSON without whitespace.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::to_string(self))
    }
}

impl FromJson for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        *self = match reader.peek() {
            Some(b'"') => Self::String(reader.str()?.into_owned()),
            Some(b'-' | b'0'..=b'9') => Self::Number(Number::known(reader.number("number")?.0)),
            Some(b't' | b'f') => Self::Bool(reader.bool()?),
            Some(b'n') => reader.null().map(|()| Self::Null)?,
            Some(b'[') => {
                let mut elements = Vec::new();
                elements.read(reader)?;
                Self::Array(elements)
            }
            Some(b'{') => {
                let mut object = Object::new();
                object.read(reader)?;
                Self::Object(object)
            }
            _ => return Err(reader.mismatch("value")),
        };
        Ok(())
    }
}

impl ToJson for Value {
    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.bool(*value),
            Self::Number(number) => writer.raw(number.as_str()),
            Self::String(text) => writer.str(text),
            Self::Array(elements) => elements.write(writer),
            Self::Object(object) => object.write(writer),
        }
    }
}

impl FromJson for Object {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        let mut members: Vec<(String, Value)> = Vec::new();
        reader.members(&mut |reader, key| {
            let mut value = Value::Null;
            value.read(reader)?;
            members.push((key.into_owned(), value));
            Ok(())
        })?;
        *self = members.into_iter().collect();
        Ok(())
    }
}

impl ToJson for Object {
    fn write(&self, writer: &mut Writer) {
        writer.begin('{');
        for (name, value) in self.iter() {
            writer.key(name);
            value.write(writer);
        }
        writer.end('}');
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(elements: Vec<T>) -> Self {
        Self::Array(elements.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! from_numbers {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            /// NaN and the infinities become `null`.
            fn from(number: $type) -> Self {
                Number::new(&super::to_string(&number)).map_or(Self::Null, Self::Number)
            }
        }
    )*};
}

from_numbers!(i32, i64, u32, u64, f32, f64);
