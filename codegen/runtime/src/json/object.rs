//! Structs as tables: the object reader and the object writer.

use std::borrow::Cow;

use super::bits::Bits;
use super::error::{Fault, JsonError};
use super::reader::Mark;
use super::{Extra, FromJson, Reader, ToJson, Writer, scan};

/// Fields after the expected one whose names are tried before a key is looked at properly.
const LOOKAHEAD: usize = 2;

/// The wire names of a struct, in the order of its fields.
#[derive(Debug)]
pub struct Table {
    fields: &'static [Field],
    /// No name needs an escape, so that a key can be compared and written as it stands.
    plain: bool,
    /// Tells this table's notes in an [`Extra`] from those of another struct.
    tag: u32,
}

/// One line of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name as it mostly stands in a text, with quotes and colon.
    key: &'static str,
    /// The name between the quotes.
    name: &'static str,
    /// Other names it is read under, in the form of `key`.
    aliases: &'static [&'static str],
    required: bool,
}

impl Field {
    /// An optional field. `key` is its name between quotes, with a colon: `"\"title\":"`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, name: inside(key), aliases: &[], required: false }
    }

    /// Lets the field be read under other names, each as `key` is; it is then written under the name it came with.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Makes the field one that is always written, and must be there if its type cannot be absent.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// A key's name.
const fn inside(key: &str) -> &str {
    let (_, rest) = key.split_at(1);
    let (name, _) = rest.split_at(rest.len() - 2);
    name
}

/// Whether the name of a key is written as it is.
const fn is_plain(key: &[u8]) -> bool {
    let mut plain = true;
    let mut at = 1;
    while at < key.len() - 2 {
        plain &= key[at] >= 0x20 && key[at] != b'"' && key[at] != b'\\';
        at += 1;
    }
    plain
}

impl Table {
    /// A table of these fields.
    #[must_use]
    pub const fn new(fields: &'static [Field]) -> Self {
        let mut plain = true;
        // FNV-1a over the keys.
        let mut tag: u32 = 0x811c_9dc5;
        let mut index = 0;
        while index < fields.len() {
            let key = fields[index].key.as_bytes();
            assert!(key.len() >= 3, "a key is a name between quotes, with a colon");
            let mut at = 1;
            while at < key.len() {
                tag = (tag ^ key[at] as u32).wrapping_mul(0x0100_0193);
                at += 1;
            }
            plain &= is_plain(key);
            let aliases = fields[index].aliases;
            at = 0;
            while at < aliases.len() {
                plain &= is_plain(aliases[at].as_bytes());
                at += 1;
            }
            index += 1;
        }
        Self { fields, plain, tag }
    }

    fn position(&self, name: &str, expected: usize) -> Option<usize> {
        let is_name = |index: &usize| self.fields[*index].name == name;
        (expected..self.fields.len()).find(is_name).or_else(|| (0..expected.min(self.fields.len())).find(is_name))
    }

    /// The field that has this name as alias, and which of its aliases that is.
    fn alias(&self, name: &str) -> Option<(usize, usize)> {
        let of = |field: &Field| field.aliases.iter().position(|alias| inside(alias) == name);
        self.fields.iter().enumerate().find_map(|(index, field)| Some((index, of(field)?)))
    }

    /// The key a field came with, if that was not its own.
    fn alias_key(&self, index: usize, extra: &Extra) -> Option<&'static str> {
        self.fields[index].aliases.get(extra.alias(index, self.tag)?).copied()
    }
}

/// What came before a member's value.
enum Key<'a> {
    Known(usize),
    /// A field, and which of its aliases this is.
    Alias(usize, usize),
    Unknown(&'a str),
}

/// What the object reader remembers of one object.
struct State {
    /// The field expected next.
    expected: usize,
    seen: Bits,
    /// Fields that came more than once, and whether `extra` holds the last value of theirs.
    repeated: Vec<(usize, bool)>,
}

impl State {
    #[cold]
    fn note_repeated(&mut self, index: usize, odd: bool) {
        match self.repeated.iter_mut().find(|repeated| repeated.0 == index) {
            Some(repeated) => repeated.1 = odd,
            None => self.repeated.push((index, odd)),
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads an object into the fields of a struct; `fields[i]` belongs to line `i` of the table.
    ///
    /// Unknown members go to `extra`, and so does (unless the reader is strict) a value of the wrong type whose field can be
    /// absent. Of a repeated member the last one wins.
    ///
    /// # Errors
    /// The next value is no object, a required member is absent, or a member's value does not fit.
    pub fn object(&mut self, table: &Table, fields: &mut [&mut dyn FromJson], extra: &mut Extra) -> Result<(), JsonError> {
        let mark = self.start_mark();
        self.open(b'{', "object")?;
        *extra = Extra::default();
        let mut state = State { expected: 0, seen: Bits::default(), repeated: Vec::new() };
        let mut first = true;
        while self.next_in(b'}', first)? {
            first = false;
            match self.key(table, state.expected)? {
                Key::Known(index) => self.member(table, index, fields, extra, &mut state)?,
                Key::Alias(index, alias) => {
                    self.member(table, index, fields, extra, &mut state)?;
                    extra.note_alias(index, alias, table.tag);
                }
                Key::Unknown(key) => {
                    self.oddities = self.oddities.saturating_add(1);
                    let value = self.raw().map_err(|error| error.in_member(name_of(key)))?;
                    extra.push_raw(key, value);
                }
            }
        }
        if !state.repeated.is_empty() {
            let outdated = |index: &(usize, bool), name: &str| !index.1 && table.fields[index.0].name == name;
            extra.drop_members(&|name| state.repeated.iter().any(|index| outdated(index, name)));
        }
        self.complete(table, fields, &state.seen, mark)
    }

    /// Where the object starts, behind the whitespace.
    fn start_mark(&mut self) -> Mark {
        self.peek();
        self.mark()
    }

    /// Passes a key and its colon.
    #[inline]
    fn key(&mut self, table: &Table, expected: usize) -> Result<Key<'a>, JsonError> {
        let Some(b'"') = self.peek() else { return Err(self.no_key()) };
        if table.plain {
            let rest = &self.bytes()[self.at..];
            // Nearly always; spelled out, since an iterator costs more than the comparison.
            if let Some(field) = table.fields.get(expected).filter(|field| rest.starts_with(field.key.as_bytes())) {
                self.at += field.key.len();
                return Ok(Key::Known(expected));
            }
            for (index, field) in table.fields.iter().enumerate().skip(expected + 1).take(LOOKAHEAD) {
                if rest.starts_with(field.key.as_bytes()) {
                    self.at += field.key.len();
                    return Ok(Key::Known(index));
                }
            }
        }
        self.unexpected_key(table, expected)
    }

    fn unexpected_key(&mut self, table: &Table, expected: usize) -> Result<Key<'a>, JsonError> {
        let start = self.at;
        let (end, escaped) = scan::string(self.bytes(), start)?;
        let key = &self.text[start..end];
        self.at = scan::colon(self.bytes(), end)?;
        let name = if escaped { name_of(key) } else { Cow::Borrowed(&key[1..key.len() - 1]) };
        if let Some(index) = table.position(&name, expected) {
            return Ok(Key::Known(index));
        }
        Ok(table.alias(&name).map_or(Key::Unknown(key), |(index, alias)| Key::Alias(index, alias)))
    }

    fn member(
        &mut self,
        table: &Table,
        index: usize,
        fields: &mut [&mut dyn FromJson],
        extra: &mut Extra,
        state: &mut State,
    ) -> Result<(), JsonError> {
        // A table and its fields are made by one macro, of one list.
        let Some(field) = fields.get_mut(index) else { return self.raw().map(drop) };
        state.expected = index + 1;
        let again = state.seen.set(index);
        if again {
            extra.unnote(index);
        }
        let null = self.is_null();
        let mark = self.mark();
        let odd = match field.read(self) {
            Ok(()) => {
                if null && field.forgets_null() {
                    extra.note_null(index, table.tag);
                }
                false
            }
            Err(error) => {
                self.keep_odd(table, index, *field, extra, mark, error)?;
                true
            }
        };
        if again {
            state.note_repeated(index, odd);
        }
        Ok(())
    }

    /// Keeps a value of the wrong type as raw text if its field can do without, else passes the error on.
    #[cold]
    fn keep_odd(
        &mut self,
        table: &Table,
        index: usize,
        field: &mut dyn FromJson,
        extra: &mut Extra,
        mark: Mark,
        error: JsonError,
    ) -> Result<(), JsonError> {
        let name = table.fields[index].name;
        if self.strict || !error.is_data() || !field.accept_absent() {
            return Err(error.in_member(name));
        }
        self.back_to(mark);
        let value = self.raw().map_err(|error| error.in_member(name))?;
        extra.push_named(name, value);
        Ok(())
    }

    /// Makes the fields that were not there absent.
    #[inline]
    fn complete(&self, table: &Table, fields: &mut [&mut dyn FromJson], seen: &Bits, mark: Mark) -> Result<(), JsonError> {
        for (index, (field, line)) in fields.iter_mut().zip(table.fields).enumerate() {
            if seen.get(index) {
                continue;
            }
            if !field.accept_absent() || (line.required && self.strict) {
                return Err(JsonError::new(Fault::Missing(line.name.to_owned()), mark.at));
            }
        }
        Ok(())
    }
}

/// A key's name, from the key as it stands in the text, with its quotes. Not for comparing keys that hold half surrogates.
pub(super) fn name_of(key: &str) -> Cow<'_, str> {
    let inside = key.get(1..key.len() - 1).unwrap_or_default();
    if inside.contains('\\') {
        return Cow::Owned(scan::unescape(inside, true).unwrap_or_default());
    }
    Cow::Borrowed(inside)
}

impl Writer {
    /// Writes the fields of a struct, then `extra`, as an object; `fields[i]` belongs to line `i` of the table.
    ///
    /// A field that is absent is left out unless it is required or was `null` when it was read; what `extra` holds under the
    /// name of an absent field is written in its place, under the name of any other field it is dropped.
    pub fn object(&mut self, table: &Table, fields: &[&dyn ToJson], extra: &Extra) {
        self.begin('{');
        let aliased = extra.has_aliases(table.tag);
        for (index, (line, field)) in table.fields.iter().zip(fields).enumerate() {
            let absent = field.is_absent();
            if absent && (!(line.required || extra.was_null(index, table.tag)) || extra.contains(line.name)) {
                continue;
            }
            let alias = if aliased { table.alias_key(index, extra) } else { None };
            let key = alias.unwrap_or(line.key);
            if table.plain {
                self.plain_key(key);
            } else {
                self.key(inside(key));
            }
            if absent { self.null() } else { field.write(self) }
        }
        if !extra.is_empty() {
            self.members_of(table, fields, extra);
        }
        self.end('}');
    }

    fn members_of(&mut self, table: &Table, fields: &[&dyn ToJson], extra: &Extra) {
        for (key, value) in extra.members() {
            let name = name_of(key);
            let index = table.position(&name, 0).or_else(|| table.alias(&name).map(|(index, _)| index));
            let known = index.and_then(|index| fields.get(index));
            if known.is_none_or(ToJson::is_absent) {
                let alias = index.and_then(|index| table.alias_key(index, extra));
                self.raw_member(alias.map_or(key, |alias| &alias[..alias.len() - 1]), value);
            }
        }
    }
}
