//! Texts: the content of elements, and what values are read from that are not elements.

use std::borrow::Cow;

use quick_xml::events::Event;

use super::scope::Nil;
use super::{FromXml, Reader, XmlError, scan};

impl<'a> Reader<'a> {
    /// Reads the element as a text.
    ///
    /// # Errors
    /// The text is no XML, or the element is nil or has child elements.
    #[inline]
    pub fn text(&mut self) -> Result<Cow<'a, str>, XmlError> {
        if let Some((text, _)) = self.pending.take() {
            return Ok(text);
        }
        let text = self.content()?;
        self.scope.pop();
        Ok(text)
    }

    /// Reads a text that `parse` accepts, whitespace around it cut off.
    ///
    /// # Errors
    /// As [`text`](Self::text), or `parse` does not accept the text.
    #[inline]
    pub fn parsed(&mut self, expected: &'static str, parse: &mut dyn FnMut(&str) -> bool) -> Result<(), XmlError> {
        if let Some((text, at)) = self.pending.take() {
            return if parse(text.trim_ascii()) { Ok(()) } else { Err(self.misfit(expected, &text, at)) };
        }
        let at = self.offset();
        let text = self.content()?;
        if !parse(text.trim_ascii()) {
            return Err(self.misfit(expected, &text, at));
        }
        self.scope.pop();
        Ok(())
    }

    #[cold]
    fn misfit(&self, expected: &'static str, text: &str, at: usize) -> XmlError {
        let text = text.trim_ascii();
        if text.is_empty() {
            return self.data_at(format!("expected {expected}, found nothing"), at);
        }
        self.data_at(format!("expected {expected}"), at).showing(text)
    }

    /// Whether the next value is read from a text that is not an element.
    #[inline]
    pub(super) fn is_in_text(&self) -> bool {
        self.pending.is_some()
    }

    /// Reads a value from a text that is not an element.
    pub(super) fn value(&mut self, text: Cow<'a, str>, at: usize, value: &mut dyn FromXml) -> Result<(), XmlError> {
        self.pending = Some((text, at));
        let read = value.read(self);
        self.pending = None;
        read
    }

    /// Reads the words of a text, each by a call of `read`.
    pub(super) fn words(&mut self, read: &mut dyn FnMut(&mut Self) -> Result<(), XmlError>) -> Result<(), XmlError> {
        if let Some((text, at)) = self.pending.take() {
            return self.each_word(&text, at, read);
        }
        let at = self.offset();
        let text = self.content()?;
        self.each_word(&text, at, read)?;
        self.scope.pop();
        Ok(())
    }

    fn each_word(&mut self, text: &str, at: usize, read: &mut dyn FnMut(&mut Self) -> Result<(), XmlError>) -> Result<(), XmlError> {
        for word in text.split_ascii_whitespace() {
            self.pending = Some((Cow::Owned(word.to_owned()), at));
            read(self)?;
            self.pending = None;
        }
        Ok(())
    }

    /// The text up to the end tag, which is passed; the element is not left yet.
    #[inline]
    pub(super) fn content(&mut self) -> Result<Cow<'a, str>, XmlError> {
        let Some(open) = self.top() else { return Err(self.broken("expected an element")) };
        if open.nil != Nil::No {
            return Err(self.no_value());
        }
        if open.empty {
            return Ok(Cow::Borrowed(""));
        }
        let rest = self.rest();
        let length = scan::text_run(rest);
        let [b'<', b'/', ..] = &rest[length..] else { return self.content_by_events() };
        let start = self.offset();
        self.consume(length);
        self.end_tag()?;
        let text = &self.text[start..start + length];
        Ok(if self.survey.carriage_returns { scan::line_ends(text) } else { Cow::Borrowed(text) })
    }

    /// As [`content`](Self::content), for a text that is more than characters.
    #[cold]
    fn content_by_events(&mut self) -> Result<Cow<'a, str>, XmlError> {
        let mut text = String::new();
        loop {
            let at = self.offset();
            match self.event()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(name) => text.push_str(&scan::reference(&name).map_err(|reason| self.broken_at(reason, at))?),
                Event::Comment(_) | Event::PI(_) => {}
                Event::End(tag) => {
                    self.check_end(tag.name().as_ref(), at)?;
                    return Ok(Cow::Owned(text));
                }
                event => return Err(self.refused(&event, at)),
            }
        }
    }
}
