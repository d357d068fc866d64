//! What a struct was given beyond its fields.

use std::collections::BTreeMap;
use std::fmt;

use super::bits::Bits;
use super::object::name_of;
use super::{FromJson, JsonError, Reader, ToJson, Value, Writer, scan};

/// Bytes to begin with: most objects with unknown members have a few short ones.
const ROOM: usize = 96;

/// The members of a JSON object that its struct does not name, as raw text, so that they survive reading and writing back
/// byte for byte. Also remembers which of the struct's own members were an explicit `null`, or came under another name.
///
/// Sixteen bytes; allocates only when there is something to keep. A member of a known name that had the wrong type is kept
/// here too, and written back as long as its field is absent. [`set`](Self::set) adds members to send that the API takes and
/// the struct does not name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra {
    /// Fields below 32 that were an explicit `null`.
    nulls: u32,
    /// Tag of the table whose fields these are: moved into another struct, they must not name fields there.
    table: u32,
    more: Option<Box<More>>,
}

#[derive(Clone, Default, PartialEq, Eq)]
struct More {
    /// `"key":value,"key":value`: keys and values as they came.
    members: String,
    /// Fields from 32 that were an explicit `null`, counted from 32.
    nulls: Bits,
    /// Fields that came under another name of theirs, and which.
    aliases: Vec<(usize, usize)>,
}

impl Extra {
    /// The member of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.raw(name).map(value_of)
    }

    /// The member of that name, read as `T`.
    ///
    /// # Errors
    /// The member is there and is not what `T` holds.
    pub fn get_as<T: FromJson>(&self, name: &str) -> Result<Option<T>, JsonError> {
        self.raw(name).map(super::from_str).transpose()
    }

    /// The member of that name as it stands in the text.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.members().filter(|(key, _)| name_of(key) == name).last().map(|(_, value)| value)
    }

    /// Adds a member or replaces the one of that name.
    ///
    /// A member of a name the struct has a field for is only written while that field is absent.
    pub fn set(&mut self, name: &str, value: impl ToJson) {
        self.drop_members(&|other| other == name);
        self.push_named(name, &super::checked_text(&value));
    }

    /// Removes a member and returns it.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let value = self.get(name)?;
        self.drop_members(&|other| other == name);
        Some(value)
    }

    /// The members, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (String, Value)> {
        self.unique().into_iter().map(|(key, value)| (name_of(key).into_owned(), value_of(value)))
    }

    /// The members' names, in the order they came.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.unique().into_iter().map(|(key, _)| name_of(key).into_owned())
    }

    /// Whether there are no members beyond the struct's own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Forgets which of the struct's own members were an explicit `null`: absent fields are then left out when written.
    pub fn forget_nulls(&mut self) {
        self.nulls = 0;
        if let Some(more) = &mut self.more {
            more.nulls = Bits::default();
        }
        self.shrink();
    }

    fn text(&self) -> &str {
        self.more.as_ref().map_or("", |more| &more.members)
    }

    /// Keys (with their quotes) and values as they stand in the text, repeated ones too.
    pub(super) fn members(&self) -> Members<'_> {
        Members { text: self.text(), at: 0 }
    }

    /// As [`members`](Self::members), but of repeated names only the last.
    fn unique(&self) -> Vec<(&str, &str)> {
        let mut last = BTreeMap::new();
        for (index, (key, _)) in self.members().enumerate() {
            last.insert(name_of(key), index);
        }
        let is_last = |index: usize, key: &str| last.get(&name_of(key)) == Some(&index);
        self.members().enumerate().filter(|(index, (key, _))| is_last(*index, key)).map(|(_, member)| member).collect()
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.members().any(|(key, _)| name_of(key) == name)
    }

    /// Adds a member. `key` and `value` are JSON texts; the key has its quotes.
    pub(super) fn push_raw(&mut self, key: &str, value: &str) {
        let members = &mut self.more.get_or_insert_default().members;
        if members.is_empty() {
            members.reserve(ROOM.max(key.len() + value.len() + 2));
        }
        if !members.is_empty() {
            members.push(',');
        }
        members.push_str(key);
        members.push(':');
        members.push_str(value);
    }

    pub(super) fn push_named(&mut self, name: &str, value: &str) {
        let mut key = Writer::new();
        key.str(name);
        self.push_raw(&key.into_string(), value);
    }

    /// Of repeated members keeps the last; drops those with a name that `unwanted` accepts.
    pub(super) fn drop_members(&mut self, unwanted: &dyn Fn(&str) -> bool) {
        if self.is_empty() {
            return;
        }
        let mut kept = Self::default();
        for (key, value) in self.unique() {
            if !unwanted(&name_of(key)) {
                kept.push_raw(key, value);
            }
        }
        if let Some(more) = &mut self.more {
            more.members = kept.more.map(|kept| kept.members).unwrap_or_default();
        }
        self.shrink();
    }

    /// Gives back what an empty one does not need, so that equal ones look equal.
    fn shrink(&mut self) {
        if self.more.as_deref() == Some(&More::default()) {
            self.more = None;
        }
        if self.nulls == 0 && self.more.as_ref().is_none_or(|more| more.nulls == Bits::default() && more.aliases.is_empty()) {
            self.table = 0;
        }
    }

    /// Whether any field of the table with this tag came under another name of its.
    #[inline]
    pub(super) fn has_aliases(&self, table: u32) -> bool {
        self.table == table && self.more.as_ref().is_some_and(|more| !more.aliases.is_empty())
    }

    /// Which of its aliases field `index` of the table with this tag came under, if it did.
    pub(super) fn alias(&self, index: usize, table: u32) -> Option<usize> {
        let aliases = &self.more.as_ref().filter(|_| self.table == table)?.aliases;
        aliases.iter().find(|(field, _)| *field == index).map(|(_, alias)| *alias)
    }

    pub(super) fn note_alias(&mut self, index: usize, alias: usize, table: u32) {
        self.table = table;
        self.more.get_or_insert_default().aliases.push((index, alias));
    }

    /// Whether field `index` of the table with this tag was an explicit `null`.
    #[inline]
    pub(super) fn was_null(&self, index: usize, table: u32) -> bool {
        self.table == table
            && match index.checked_sub(32) {
                None => self.nulls >> index & 1 == 1,
                Some(index) => self.more.as_ref().is_some_and(|more| more.nulls.get(index)),
            }
    }

    #[inline]
    pub(super) fn note_null(&mut self, index: usize, table: u32) {
        self.table = table;
        match index.checked_sub(32) {
            None => self.nulls |= 1 << index,
            Some(index) => {
                self.more.get_or_insert_default().nulls.set(index);
            }
        }
    }

    /// Takes back what was noted of a field.
    pub(super) fn unnote(&mut self, index: usize) {
        match index.checked_sub(32) {
            None => self.nulls &= !(1 << index),
            Some(index) => {
                if let Some(more) = &mut self.more {
                    more.nulls.clear(index);
                }
            }
        }
        if let Some(more) = &mut self.more {
            more.aliases.retain(|(field, _)| *field != index);
        }
        self.shrink();
    }
}

fn value_of(text: &str) -> Value {
    let mut value = Value::Null;
    // Members are JSON: they have passed the reader's grammar, or were written by `checked_text`.
    match Reader::new(text).lossy().document(&mut value) {
        Ok(()) => value,
        Err(_) => Value::Null,
    }
}

/// Iterates over `"key":value,"key":value`.
pub(super) struct Members<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let colon = scan::string(bytes, self.at).ok()?.0;
        let end = scan::value(bytes, colon + 1, 0).ok()?;
        let member = (self.text.get(self.at..colon)?, self.text.get(colon + 1..end)?);
        self.at = end + 1;
        Some(member)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.members().map(|(key, value)| (name_of(key), RawText(value)))).finish()
    }
}

struct RawText<'a>(&'a str);

impl fmt::Debug for RawText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
