//! Groups: structs whose elements stand directly among those of another struct.

use super::record::{Kept, Lead};
use super::table::{Kind, Table};
use super::{FromXml, Reader, ToXml, XmlError};

/// How the reading of a group ended.
pub(super) enum Left {
    /// With the content.
    End,
    /// In the element of this line of the struct.
    Line(usize),
    /// In an element that is not of the group on this line.
    Other(usize),
    /// In the element it should have begun with, which is of no group.
    Stranger,
}

impl<'a> Reader<'a> {
    /// Reads the element the reader is in, and what follows, into the group it is of.
    #[inline(never)]
    pub(super) fn group_fields(
        &mut self,
        table: &Table,
        fields: &mut [&mut dyn FromXml],
        lead: Option<Lead<'a>>,
        kept: &mut Kept<'_>,
    ) -> Result<Left, XmlError> {
        if !table.groups {
            return Ok(Left::Stranger);
        }
        let mut base = table.fields.len();
        for (index, (line, field)) in table.fields.iter().zip(fields).enumerate() {
            let Some(group) = field.group().filter(|_| line.kind == Kind::Group) else { continue };
            if let Some(first) = group.position(Kind::Element, self.namespace(), self.local(), 0) {
                if !kept.seen.set(index) {
                    field.accept_absent();
                }
                let mut left = Left::End;
                field.fields(&mut |group, members, _| {
                    left = self.group_members((group, first, base), members, (table, index, lead), kept)?;
                    Ok(())
                })?;
                return Ok(left);
            }
            base += group.fields.len();
        }
        Ok(Left::Stranger)
    }

    /// The same for a group whose element is that of line `first`; `base` is what its lines are counted from.
    fn group_members(
        &mut self,
        (group, first, base): (&Table, usize, usize),
        members: &mut [&mut dyn FromXml],
        (table, place, table_lead): (&Table, usize, Option<Lead<'a>>),
        kept: &mut Kept<'_>,
    ) -> Result<Left, XmlError> {
        let mut index = first;
        let mut lead = None;
        loop {
            let expected = index + 1 - usize::from(self.member(group, index, members, kept, base)?);
            if lead.is_none() {
                lead = self.lead(group.namespace);
            }
            index = match self.predicted(group, expected, lead)? {
                Some(index) => index,
                None => match self.predicted(table, place + 1, table_lead)? {
                    Some(line) => return Ok(Left::Line(line)),
                    None if !self.next_child()? => return Ok(Left::End),
                    None => match group.position(Kind::Element, self.namespace(), self.local(), expected) {
                        Some(index) => index,
                        None => return Ok(Left::Other(place)),
                    },
                },
            };
        }
    }
}

/// Whether nothing would be written of a struct.
pub fn is_vacant(value: &dyn ToXml) -> bool {
    let mut vacant = true;
    value.values(&mut |_, fields, extra| vacant = extra.is_empty() && fields.iter().copied().all(ToXml::is_absent));
    vacant
}
