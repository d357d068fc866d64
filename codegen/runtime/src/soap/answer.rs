//! What stands in the body of an envelope, and why there is nothing to be read.

use super::walk::{self, Trouble, Walk};
use super::{Records, SoapFault, charset};
use crate::error::{DecodeError, excerpt};
use crate::operation::Fault;
use crate::raw::Raw;
use crate::xml::{FromXml, QName, Reader};
use http::header::CONTENT_ENCODING;
use std::borrow::Cow;

impl Raw {
    /// Expects nothing of the body but that it does not speak of failure: an envelope without fault, or nothing at all.
    ///
    /// # Errors
    /// When the envelope holds a fault, or the answer is something else than an envelope.
    pub fn soap_empty(&self) -> Result<(), DecodeError> {
        if self.body().trim_ascii().is_empty() {
            return Ok(());
        }
        self.soap_walk(&[], &mut |reader, walk| {
            walk.begin(reader)?;
            walk.next(reader).map(drop)
        })
    }

    /// Reads the body's child.
    ///
    /// # Errors
    /// When the answer is no envelope, holds a fault or another child, or the child is not what `T` holds.
    #[inline]
    pub fn soap<T: FromXml>(&self, name: QName) -> Result<T, DecodeError> {
        let mut value = T::blank();
        self.soap_value(&[name], &mut value)?;
        Ok(value)
    }

    /// Reads a child of the body's child.
    ///
    /// # Errors
    /// As [`soap`](Self::soap); also when there is no such child, but `T` must be there.
    #[inline]
    pub fn soap_child<T: FromXml>(&self, wrapper: QName, child: QName) -> Result<T, DecodeError> {
        let mut value = T::blank();
        self.soap_value(&[wrapper, child], &mut value)?;
        Ok(value)
    }

    /// Reads the entries of a list, which stand in a child of the body's child; without that child the list is empty.
    ///
    /// # Errors
    /// As [`soap`](Self::soap).
    #[inline]
    pub fn soap_array<T: FromXml>(&self, wrapper: QName, child: QName, item: QName) -> Result<Vec<T>, DecodeError> {
        let mut values = Vec::<T>::new();
        self.soap_value(&[wrapper, child, item], &mut values)?;
        Ok(values)
    }

    /// The entries of a list, which stand in a child of the body's child, each read when it is asked for.
    pub fn soap_records<T: FromXml>(self, wrapper: QName, child: QName, item: QName) -> Records<T> {
        Records::new(self, &[wrapper, child, item])
    }

    /// The one place where envelopes become values.
    fn soap_value(&self, way: &[QName], target: &mut dyn FromXml) -> Result<(), DecodeError> {
        self.soap_walk(way, &mut |reader, walk| {
            walk.begin(reader)?;
            let is_list = way.len() == 3;
            if is_list {
                target.begin_items(false);
            }
            while walk.next(reader)? {
                match target.repeats() {
                    Some(count) => reader.set_index(count),
                    None if walk.found() > 1 => return Err(reader.data("the element may come only once").into()),
                    None => {}
                }
                if is_list { target.read_item(reader)? } else { target.read(reader)? }
            }
            if walk.found() > 0 || is_list || target.accept_absent() { Ok(()) } else { Err(walk.missing()) }
        })
    }

    fn soap_walk(&self, way: &[QName], work: &mut dyn FnMut(&mut Reader<'_>, &mut Walk) -> Result<(), Trouble>) -> Result<(), DecodeError> {
        let text = self.soap_text()?;
        work(&mut Reader::new(&text), &mut Walk::to(way)).map_err(|trouble| self.soap_trouble(&text, trouble))
    }

    /// The text of an envelope.
    pub(super) fn soap_text(&self) -> Result<Cow<'_, str>, DecodeError> {
        if self.body().trim_ascii().is_empty() {
            return Err(DecodeError::new(self, "", "expected a SOAP envelope, the body is empty"));
        }
        let encoding = self.headers().get(CONTENT_ENCODING).map(|encoding| encoding.as_bytes().trim_ascii());
        if let Some(encoding) = encoding.filter(|encoding| !encoding.is_empty() && !encoding.eq_ignore_ascii_case(b"identity")) {
            let encoding = excerpt::of(encoding, 40);
            return Err(DecodeError::new(self, "", format!("the answer is encoded as `{encoding}`, which was not asked for")));
        }
        let text = charset::decode(self.content_type(), self.body());
        text.map_err(|error| DecodeError::at(self, "", &error.reason, error.offset))
    }

    /// Why the envelope in `text` could not be read; a fault anywhere in the body is the reason behind all others.
    #[cold]
    pub(super) fn soap_trouble(&self, text: &str, trouble: Trouble) -> DecodeError {
        if let Some(fault) = SoapFault::of(self) {
            return DecodeError::fault(self, &fault);
        }
        let other = self.other_than_xml(text).filter(|_| !walk::is_envelope(text));
        match (trouble, other) {
            (Trouble::Fault, _) => DecodeError::refused(self),
            (Trouble::Place { path, reason, offset }, _) => DecodeError::at(self, &path, &reason, offset),
            // What is not even meant to be XML is not blamed for its syntax.
            (Trouble::NoEnvelope(found), None) | (_, Some(found)) => {
                DecodeError::at(self, "", &format!("expected a SOAP envelope, got {found}"), 0)
            }
            (Trouble::Xml(error), None) => DecodeError::at(self, error.path(), error.reason(), error.offset()),
        }
    }

    /// What the answer says it is, if that is something else than XML.
    fn other_than_xml(&self, text: &str) -> Option<String> {
        let content_type = self.content_type().unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default();
        if !media_type.is_empty() && !media_type.to_ascii_lowercase().contains("xml") {
            return Some(format!("`{}`", excerpt::of(content_type.as_bytes(), 60)));
        }
        is_web_page(text).then(|| "a web page".to_owned())
    }
}

fn is_web_page(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start().as_bytes();
    [&b"<!doctype html"[..], b"<html"].iter().any(|page| start.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page)))
}

/// Whether an answer is an envelope with a fault.
pub(crate) fn speaks_of_fault(raw: &Raw) -> bool {
    charset::decode(raw.content_type(), raw.body()).is_ok_and(|text| walk::fault(&text).is_some())
}
