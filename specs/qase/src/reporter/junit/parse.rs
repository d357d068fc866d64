//! From XML to tests.

use super::lines::Lines;
use super::{Cause, JunitError, JunitFailure, JunitTest};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};
use std::io::BufRead;
use std::time::Duration;

/// How deep elements may be nested.
const DEPTH: usize = 128;

/// Reads events and keeps what they say of the test at hand.
#[derive(Debug)]
pub(super) struct Parser<R> {
    reader: Reader<Lines<R>>,
    buffer: Vec<u8>,
    open: Vec<Element>,
    suites: Vec<String>,
    test: JunitTest,
    /// Whether the outermost element was there.
    begun: bool,
}

/// An element that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Suites,
    Suite,
    Test,
    /// A failure that counts.
    Failure,
    /// Another attempt that failed.
    Attempt,
    /// Where an attempt failed, in an element of its own.
    Trace,
    Skipped,
    Out,
    Err,
    Properties,
    Property,
    Other,
}

impl Element {
    fn of(parent: Option<Self>, name: &str) -> Option<Self> {
        Some(match (parent, name) {
            (None | Some(Self::Suites), "testsuites") => Self::Suites,
            (None | Some(Self::Suites | Self::Suite), "testsuite") => Self::Suite,
            (None, _) => return None,
            (Some(Self::Suites | Self::Suite), "testcase") => Self::Test,
            (Some(Self::Test), "failure" | "error") => Self::Failure,
            (Some(Self::Test), "rerunFailure" | "rerunError" | "flakyFailure" | "flakyError") => Self::Attempt,
            (Some(Self::Test), "skipped") => Self::Skipped,
            (Some(Self::Test), "system-out") => Self::Out,
            (Some(Self::Test), "system-err") => Self::Err,
            (Some(Self::Test), "properties") => Self::Properties,
            (Some(Self::Properties), "property") => Self::Property,
            (Some(Self::Attempt), "stackTrace") => Self::Trace,
            _ => Self::Other,
        })
    }
}

impl<R: BufRead> Parser<R> {
    pub(super) fn new(lines: Lines<R>) -> Self {
        Self {
            reader: Reader::from_reader(lines),
            buffer: Vec::new(),
            open: Vec::new(),
            suites: Vec::new(),
            test: JunitTest::default(),
            begun: false,
        }
    }

    /// The next test; `None` at the end of the file.
    pub(super) fn test(&mut self) -> Result<Option<JunitTest>, JunitError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        loop {
            buffer.clear();
            let at = self.reader.buffer_position();
            self.reader.get_mut().forget(at);
            let event = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.broken(error)),
            };
            let ended = match event {
                Event::Start(tag) => self.start(&tag, at).map(|()| false),
                Event::Empty(tag) => self.start(&tag, at).map(|()| self.end()),
                Event::End(_) => Ok(self.end()),
                Event::Text(text) => self.text(&text.xml10_content(), at).map(|()| false),
                Event::CData(text) => self.text(&text.xml10_content(), at).map(|()| false),
                Event::GeneralRef(name) => {
                    reference(&name).map_err(|error| self.wrong(error, at)).and_then(|text| self.text(&text, at)).map(|()| false)
                }
                Event::Eof => return self.eof(at).map(|()| None),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => Ok(false),
            };
            if ended? {
                self.buffer = buffer;
                return Ok(Some(std::mem::take(&mut self.test)));
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: u64) -> Result<(), JunitError> {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.open.is_empty() && self.begun {
            return Err(self.wrong(format!("there is a second outermost element, `<{name}>`"), at));
        }
        if self.open.len() >= DEPTH {
            return Err(self.wrong(format!("elements are nested more than {DEPTH} deep"), at));
        }
        let Some(element) = Element::of(self.open.last().copied(), name) else {
            return Err(self.wrong(format!("a JUnit file begins with `<testsuites>` or `<testsuite>`, this one with `<{name}>`"), at));
        };
        self.begun = true;
        self.open.push(element);
        let mut failure = JunitFailure::default();
        let mut property = (String::new(), String::new());
        let mut suite = None;
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.wrong(error, at))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| self.wrong(error, at))?;
            let value = value.into_owned();
            match (element, attribute.key.local_name().as_ref()) {
                (Element::Suite, "name") => suite = Some(value),
                (Element::Test, "name") => self.test.name = value,
                (Element::Test, "classname") => self.test.class = Some(value),
                (Element::Test, "time") => self.test.time = time(&value),
                (Element::Test, "timestamp") => self.test.timestamp = Some(value.into()),
                (Element::Failure | Element::Attempt, "message") => failure.message = value,
                (Element::Failure | Element::Attempt, "type") => failure.kind = value,
                (Element::Skipped, "message") => self.test.skipped = Some(value),
                (Element::Property, "name") => property.0 = value,
                (Element::Property, "value") => property.1 = value,
                _ => {}
            }
        }
        match element {
            Element::Suite => self.suites.push(suite.unwrap_or_default()),
            Element::Test => self.test.suites = self.suites.iter().filter(|suite| !suite.is_empty()).cloned().collect(),
            Element::Failure => self.test.failures.push(failure),
            Element::Attempt => self.test.attempts.push(failure),
            // A reason that is an attribute says it all.
            Element::Skipped if self.test.skipped.is_some() => *self.open.last_mut().unwrap_or(&mut Element::Other) = Element::Other,
            Element::Skipped => self.test.skipped = Some(String::new()),
            Element::Property => self.test.properties.push(property),
            _ => {}
        }
        Ok(())
    }

    /// Leaves an element; tells whether it was a test.
    fn end(&mut self) -> bool {
        let ended = self.open.pop();
        match ended {
            Some(Element::Suite) => _ = self.suites.pop(),
            Some(Element::Failure) => trim(self.test.failures.last_mut().map(|failure| &mut failure.text)),
            Some(Element::Attempt) => trim(self.test.attempts.last_mut().map(|attempt| &mut attempt.text)),
            Some(Element::Skipped) => trim(self.test.skipped.as_mut()),
            _ => {}
        }
        ended == Some(Element::Test)
    }

    fn text(&mut self, text: &str, at: u64) -> Result<(), JunitError> {
        let test = &mut self.test;
        let kept = match self.open.last() {
            Some(Element::Failure) => test.failures.last_mut().map(|failure| &mut failure.text),
            Some(Element::Attempt | Element::Trace) => test.attempts.last_mut().map(|attempt| &mut attempt.text),
            Some(Element::Skipped) => test.skipped.as_mut(),
            Some(Element::Out) => Some(&mut test.system_out),
            Some(Element::Err) => Some(&mut test.system_err),
            Some(Element::Property) => test.properties.last_mut().map(|(_, value)| value),
            Some(_) => None,
            None if text.trim().is_empty() => None,
            None => return Err(self.wrong("there is text outside of the outermost element", at)),
        };
        if let Some(kept) = kept {
            kept.push_str(text);
        }
        Ok(())
    }

    /// How many bytes it keeps.
    #[cfg(test)]
    pub(super) fn memory(&self) -> usize {
        self.buffer.capacity() + self.reader.get_ref().memory()
    }

    fn eof(&self, at: u64) -> Result<(), JunitError> {
        match self.open.len() {
            0 if self.begun => Ok(()),
            0 => Err(self.wrong("there is no `<testsuites>` or `<testsuite>`", at)),
            open => Err(self.wrong(format!("the file ends inside of {open} elements: it is not whole"), at)),
        }
    }

    fn broken(&self, error: Error) -> JunitError {
        match error {
            Error::Io(error) => self.error(Cause::Read(error), self.reader.buffer_position()),
            error => self.error(Cause::Text(error.to_string()), self.reader.error_position()),
        }
    }

    fn wrong(&self, what: impl ToString, at: u64) -> JunitError {
        self.error(Cause::Text(what.to_string()), at)
    }

    fn error(&self, cause: Cause, at: u64) -> JunitError {
        let (line, column) = self.reader.get_ref().place(at);
        JunitError { line, column, cause }
    }
}

fn trim(text: Option<&mut String>) {
    if let Some(text) = text {
        *text = text.trim().to_owned();
    }
}

/// What `&name;` stands for.
fn reference(name: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = name.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(character.to_string());
    }
    let name = name.xml10_content();
    resolve_xml_entity(&name).map(str::to_owned).ok_or_else(|| format!("`&{name};` is no entity of XML"))
}

/// Seconds, with commas between the thousands where they are.
fn time(text: &str) -> Option<Duration> {
    let seconds: f64 = text.trim().replace(',', "").parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
