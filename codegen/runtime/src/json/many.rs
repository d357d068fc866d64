//! Lists that services write without brackets when there is one entry.

use super::{FromJson, JsonError, Reader, ToJson, Writer};
use std::ops::{Deref, DerefMut};

/// A list that is also read from a single entry that stands alone. It is written as a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Many<T>(Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for Many<T> {
    fn from(list: Vec<T>) -> Self {
        Self(list)
    }
}

impl<T> From<Many<T>> for Vec<T> {
    fn from(many: Many<T>) -> Self {
        many.0
    }
}

impl<T> FromIterator<T> for Many<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T> Deref for Many<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Many<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> IntoIterator for Many<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Many<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: FromJson> FromJson for Many<T> {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }

    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        if reader.peek() == Some(b'[') {
            return self.0.read(reader);
        }
        let mut alone = T::blank();
        alone.read(reader)?;
        reader.note_oddity();
        self.0 = vec![alone];
        Ok(())
    }
}

impl<T: ToJson> ToJson for Many<T> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Extra, Value};

    #[derive(Debug)]
    struct Holder {
        entries: Option<Many<i64>>,
        extra: Extra,
    }
    crate::json::macros::object! { Holder { "entries" => entries } }

    #[test]
    fn alone_or_in_a_list() {
        let table = [
            (r#"{"entries":[1,2]}"#, r#"{"entries":[1,2]}"#),
            (r#"{"entries":1}"#, r#"{"entries":[1]}"#),
            (r#"{"entries":[]}"#, r#"{"entries":[]}"#),
            (r#"{"entries":null}"#, r#"{"entries":null}"#),
            ("{}", "{}"),
            (r#"{"entries":{"odd":1}}"#, r#"{"entries":{"odd":1}}"#),
        ];
        for (text, expected) in table {
            let holder: Holder = json::from_slice(text.as_bytes()).expect("an object");
            assert_eq!(json::to_string(&holder), expected, "{text}");
        }
        for (text, path) in [("[1,true]", "$[1]"), ("true", "$"), ("null", "$")] {
            let error = json::from_slice::<Many<i64>>(text.as_bytes()).expect_err(text);
            assert_eq!(error.path(), path, "{text}: {error}");
        }
        let many: Many<Value> = vec![Value::Null].into();
        assert_eq!((many.len(), Vec::from(many)), (1, vec![Value::Null]));
    }
}
