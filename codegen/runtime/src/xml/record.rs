//! Structs read and written by their tables.

use super::extra::Owner;
use super::group::Left;
use super::reader::{Mark, Step};
use super::scope::Namespace;
use super::table::{Kind, Table};
use super::{Extra, FromXml, QName, Reader, Slot, ToXml, Writer, XmlError, scan};
use crate::json::Bits;

/// Fields after the expected one whose names are tried before a start tag is looked at properly.
const LOOKAHEAD: usize = 2;

/// How elements of a table's namespace are mostly written.
#[derive(Clone, Copy)]
pub(super) struct Lead<'a> {
    /// With the colon, if there is one.
    prefix: &'a [u8],
    namespace: Namespace,
}

/// What a struct keeps of its elements besides their values.
pub(super) struct Kept<'e> {
    pub(super) extra: &'e mut Extra,
    /// The lines of its table that came, then those of the tables of its groups.
    pub(super) seen: &'e mut Bits,
}

impl<'a> Reader<'a> {
    /// Reads the element into a struct that has a table.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn whole(&mut self, value: &mut dyn FromXml) -> Result<(), XmlError> {
        value.fields(&mut |table, fields, extra| self.record(table, fields, extra))
    }

    /// Reads the element into the fields of a struct; `fields[i]` belongs to line `i` of the table.
    ///
    /// Unknown elements and attributes go to `extra`, and so does a member that does not fit if its field can be absent, or is
    /// a list of which it is one entry.
    ///
    /// # Errors
    /// The text is no XML, the element is nil, a required member is absent, one that may come once comes again, or the value
    /// of one that must be there does not fit.
    pub fn record(&mut self, table: &Table, fields: &mut [&mut dyn FromXml], extra: &mut Extra) -> Result<(), XmlError> {
        if self.is_in_text() {
            return Err(self.data("expected an element, found text"));
        }
        if !self.has_value() {
            return Err(self.no_value());
        }
        *extra = Extra::default();
        let start = self.offset();
        let mut seen = Bits::default();
        if !self.attributes.is_empty() {
            self.attribute_fields(table, fields, extra, &mut seen)?;
        }
        if let Some(index) = table.text {
            let at = self.offset();
            let text = self.content()?;
            // Of an optional text, none is as good as an empty one.
            if !text.is_empty() || table.fields[index].required {
                self.value(text, at, fields[index])?;
                seen.set(index);
            }
        } else {
            self.element_fields(table, fields, Kept { extra, seen: &mut seen })?;
        }
        self.complete(table, fields, &seen, start)?;
        self.scope.pop();
        Ok(())
    }

    fn element_fields(&mut self, table: &Table, fields: &mut [&mut dyn FromXml], mut kept: Kept<'_>) -> Result<(), XmlError> {
        if self.scope.stack.last().is_none_or(|open| open.empty) {
            return Ok(());
        }
        let lead = self.lead(table.namespace);
        let mut expected = 0;
        // Whether the reader is in an element that a group has left.
        let mut entered = false;
        loop {
            let index = match if entered { None } else { self.predicted(table, expected, lead)? } {
                Some(index) => index,
                None if !entered && !self.next_child()? => return Ok(()),
                None => match self.unpredicted(table, fields, expected) {
                    Some(index) => index,
                    None => match self.group_fields(table, fields, lead, &mut kept)? {
                        Left::End => return Ok(()),
                        Left::Line(index) => index,
                        Left::Other(group) => {
                            (expected, entered) = (group + 1, true);
                            continue;
                        }
                        Left::Stranger => {
                            kept.extra.keep_element(self, None)?;
                            entered = false;
                            continue;
                        }
                    },
                },
            };
            entered = false;
            expected = index + 1 - usize::from(self.member(table, index, fields, &mut kept, 0)?);
        }
    }

    /// How elements of that namespace are mostly written here, if they can be without a declaration of their own.
    pub(super) fn lead(&self, namespace: &str) -> Option<Lead<'a>> {
        if self.scope.uri(self.scope.default) == namespace {
            return Some(Lead { prefix: &[], namespace: self.scope.default });
        }
        let open = self.scope.stack.last().filter(|open| open.prefix_len > 0 && self.scope.uri(open.namespace) == namespace)?;
        Some(Lead { prefix: &self.name_of(open).as_bytes()[..=open.prefix_len], namespace: open.namespace })
    }

    /// Enters the next element if it is that of one of the fields expected next, without attributes.
    #[inline(always)]
    pub(super) fn predicted(&mut self, table: &Table, expected: usize, lead: Option<Lead<'a>>) -> Result<Option<usize>, XmlError> {
        let Some(lead) = lead else { return Ok(None) };
        self.consume(scan::whitespace(self.rest()));
        let rest = self.rest();
        let prefix_len = lead.prefix.len();
        for (index, field) in table.fields.iter().enumerate().skip(expected).take(LOOKAHEAD + 1) {
            let found = if prefix_len == 0 {
                rest.starts_with(field.tag.as_bytes())
            } else {
                let parts = rest.split_at_checked(1 + prefix_len);
                parts.is_some_and(|(before, name)| {
                    before[0] == b'<' && before[1..] == *lead.prefix && name.starts_with(&field.tag.as_bytes()[1..])
                })
            };
            if found && field.kind == Kind::Element && field.namespace.is_none() {
                let mut open = self.scope.opening(self.offset(), prefix_len + field.name.len(), prefix_len.saturating_sub(1));
                open.namespace = lead.namespace;
                self.enter(open)?;
                self.consume(prefix_len + field.tag.len());
                self.attributes.clear();
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// As [`child`](Self::child), but without leaving the element.
    pub(super) fn next_child(&mut self) -> Result<bool, XmlError> {
        self.step(false).map(|step| matches!(step, Step::Opened))
    }

    /// The field for the element the reader is in.
    fn unpredicted(&self, table: &Table, fields: &[&mut dyn FromXml], expected: usize) -> Option<usize> {
        let (namespace, name) = (self.namespace(), self.local());
        table.position(Kind::Element, namespace, name, expected).or_else(|| {
            let is_arm = |index: &usize| {
                table.fields[*index].kind == Kind::Choice && fields[*index].arms().iter().any(|arm| arm.1 == name && arm.0 == namespace)
            };
            (0..table.fields.len()).find(is_arm)
        })
    }

    /// Reads the element the reader is in into its field; `true`: it may come again. Of what came, `base` is what lines are
    /// counted from.
    #[inline(always)]
    pub(super) fn member(
        &mut self,
        table: &Table,
        index: usize,
        fields: &mut [&mut dyn FromXml],
        kept: &mut Kept<'_>,
        base: usize,
    ) -> Result<bool, XmlError> {
        let line = &table.fields[index];
        // A table and its fields are made by one macro, of one list.
        let Some(field) = fields.get_mut(index) else { return self.skip().map(|()| false) };
        let count = if line.item.is_none() { field.repeats() } else { None };
        let again = kept.seen.set(base + index);
        match count {
            Some(count) => self.set_index(count),
            None if again => return Err(self.twice()),
            None => {}
        }
        let mark = self.mark();
        let read = match line.item {
            Some(item) => self.array(QName(table.namespace_of(line), item), *field),
            None => field.read(self),
        };
        if let Err(error) = read {
            self.keep_odd(mark, Owner { table: table.tag, field: index, entry: count.is_some() }, *field, kept.extra, error)?;
        }
        Ok(count.is_some())
    }

    /// Keeps an element that does not fit if its field can do without, else passes the error on.
    #[cold]
    fn keep_odd(&mut self, mark: Mark, owner: Owner, field: &mut dyn FromXml, extra: &mut Extra, error: XmlError) -> Result<(), XmlError> {
        // A list is left without the entry by whoever read it; if that was the only one, none has come.
        let other_entries = owner.entry && field.repeats().is_some_and(|count| count > 0);
        if !error.is_misfit() || !(other_entries || field.accept_absent()) {
            return Err(error);
        }
        self.enter_again(mark)?;
        extra.keep_element(self, Some(owner))
    }

    /// Reads the entries of a list that stand in the element the reader is in. Other elements there are passed over.
    ///
    /// # Errors
    /// The text is no XML, or an entry does not fit.
    pub fn array(&mut self, item: QName, list: &mut dyn FromXml) -> Result<(), XmlError> {
        let nil = self.is_nil();
        list.begin_items(nil);
        if self.null()? {
            return Ok(());
        }
        while self.child()? {
            if self.is(item) {
                self.set_index(list.repeats().unwrap_or_default());
                list.read_item(self)?;
            } else {
                self.skip()?;
            }
        }
        Ok(())
    }

    /// Reads the attributes into their fields.
    fn attribute_fields(
        &mut self,
        table: &Table,
        fields: &mut [&mut dyn FromXml],
        extra: &mut Extra,
        seen: &mut Bits,
    ) -> Result<(), XmlError> {
        for index in 0..self.attributes.len() {
            let attribute = self.attributes[index];
            let namespace = self.scope.uri(attribute.namespace);
            let Some(line) = table.position(Kind::Attribute, namespace, attribute.name, 0) else {
                extra.keep_attribute(self, &attribute)?;
                continue;
            };
            if seen.set(line) {
                return Err(self.broken("an attribute comes twice"));
            }
            let value = self.value_of(&attribute)?;
            if let Err(error) = self.value(value, attribute.at(self.text), fields[line]) {
                if !error.is_misfit() || !fields[line].accept_absent() {
                    return Err(error.within(&format!("@{}", attribute.name)));
                }
                extra.keep_attribute(self, &attribute)?;
            }
        }
        Ok(())
    }

    /// Makes the fields that were not there absent.
    #[inline]
    fn complete(&self, table: &Table, fields: &mut [&mut dyn FromXml], seen: &Bits, start: usize) -> Result<(), XmlError> {
        for (index, (field, line)) in fields.iter_mut().zip(table.fields).enumerate() {
            if !seen.get(index) && !field.accept_absent() {
                let reason = match line.kind {
                    Kind::Attribute => format!("missing attribute `{}`", line.name),
                    Kind::Choice => {
                        let arms: Vec<_> = field.arms().iter().map(|arm| format!("`{}`", arm.1)).collect();
                        format!("missing element: one of {}", arms.join(", "))
                    }
                    Kind::Element | Kind::Text | Kind::Group => format!("missing element `{}`", line.name),
                };
                return Err(self.data_at(reason, start));
            }
        }
        Ok(())
    }
}

impl Writer {
    /// Writes the fields of a struct, then `extra`, as an element; `fields[i]` belongs to line `i` of the table.
    ///
    /// A field that is absent is left out, or written as nil if it is nillable; what `extra` holds of it, because it did not
    /// fit, is written in its place, and dropped if the field has a value.
    pub fn record(&mut self, slot: Slot, table: &Table, fields: &[&dyn ToXml], extra: &Extra) {
        let Slot::Element(name) = slot else { return self.fault("a struct cannot be a part of a text") };
        let tag = self.open(name);
        extra.write_bindings(self);
        if table.attributes {
            for (line, field) in table.fields.iter().zip(fields) {
                if line.kind == Kind::Attribute && !field.is_absent() {
                    field.write(self, Slot::Attribute(QName(table.namespace_of(line), line.name)));
                }
            }
        }
        extra.write_attributes(self, table, fields);
        let content = self.begin_content(&tag);
        self.members(table, fields, extra);
        extra.write_elements(self, table, fields);
        self.close(&tag, &content);
    }

    /// Writes the content of a group; `extra` is that of the struct around it.
    #[inline(never)]
    fn group(&mut self, group: &dyn ToXml, extra: &Extra) {
        group.values(&mut |table, fields, unknown| {
            self.members(table, fields, extra);
            // Of a group that was read by itself.
            unknown.write_elements(self, table, fields);
        });
    }

    /// Writes the content of a struct, or of a group in it; `extra` is that of the struct.
    #[inline(always)]
    fn members(&mut self, table: &Table, fields: &[&dyn ToXml], extra: &Extra) {
        for (index, (line, field)) in table.fields.iter().zip(fields).enumerate() {
            let slot = match line.kind {
                Kind::Attribute => continue,
                Kind::Text => Slot::Text,
                // A group has no use for it.
                Kind::Element | Kind::Choice | Kind::Group => Slot::Element(QName(table.namespace_of(line), line.name)),
            };
            let absent = field.is_absent();
            if absent && (!(line.nillable || line.required) || extra.holds(table, index)) {
                continue;
            }
            match line.item {
                _ if absent && line.nillable => self.nil(slot),
                Some(item) => self.array(slot, QName(table.namespace_of(line), item), *field),
                None if line.kind == Kind::Group => self.group(*field, extra),
                None => field.write(self, slot),
            }
        }
    }

    /// Writes a list as an element that holds one element for each entry.
    pub fn array(&mut self, slot: Slot, item: QName, list: &dyn ToXml) {
        let Slot::Element(name) = slot else { return self.fault("a list of elements cannot be a part of a text") };
        if list.is_nil() {
            return self.nil(slot);
        }
        let tag = self.open(name);
        let content = self.begin_content(&tag);
        list.write(self, Slot::Element(item));
        self.close(&tag, &content);
    }
}
