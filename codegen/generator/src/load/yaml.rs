use super::builder::{Builder, Parsed};
use super::scalar;
use crate::diagnostic::{Diagnostic, Tag};
use crate::source::{FileId, Location, Span, Value};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

/// Parses YAML 1.2 (one document).
pub(super) fn parse(text: &str, file: FileId) -> Result<Parsed, Box<Diagnostic>> {
    let offsets = Offsets::of(text);
    let mut builder = Builder::new(file);
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, place) = event.map_err(|error| broken(&error, text, file, &offsets, &builder))?;
        let span = Span { start: offsets.byte(&place.start), end: offsets.byte(&place.end) };
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    let message = "a file may hold one YAML document only";
                    return Err(Box::new(
                        Diagnostic::new(Tag::Syntax, message, Location::text(file, span)).label("a second one begins here"),
                    ));
                }
            }
            Event::Alias(anchor) => builder.alias(anchor, span)?,
            Event::SequenceStart(anchor, _) => builder.start_list(span.start, anchor)?,
            Event::MappingStart(anchor, _) => builder.start_map(span.start, anchor)?,
            // The parser counts white space and comments behind a closing bracket in.
            Event::SequenceEnd | Event::MappingEnd => {
                let bracket = matches!(text.as_bytes().get(span.start), Some(b']' | b'}'));
                builder.end(if bracket { span.start + 1 } else { span.end })?;
            }
            Event::Scalar(text, ..) if builder.wants_key() => builder.key(text.into_owned(), span),
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let plain = style == ScalarStyle::Plain && !is_text;
                let value = if plain { scalar::resolve(&text) } else { Value::String(text.into_owned()) };
                builder.scalar(value, span, anchor)?;
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    builder.finish().ok_or_else(|| Box::new(Diagnostic::new(Tag::EmptyFile, "the file holds no value", Location::File(file))))
}

fn broken(error: &ScanError, text: &str, file: FileId, offsets: &Offsets, builder: &Builder) -> Box<Diagnostic> {
    let place = |start| Location::text(file, Span { start, end: start + 1 });
    let mut diagnostic = Diagnostic::new(Tag::Syntax, "this is not valid YAML", place(offsets.byte(error.marker()))).label(error.info());
    // A forgotten bracket shows only where something else no longer fits.
    if let Some(open) = builder.open()
        && let Some(bracket @ (b'[' | b'{')) = text.as_bytes().get(open)
    {
        diagnostic = diagnostic.also(place(open), format!("this `{}` is still open there", char::from(*bracket)));
    }
    Box::new(if error.info().contains("tab") { diagnostic.help("indent with spaces") } else { diagnostic })
}

/// From the parser's positions, which count characters, to bytes.
struct Offsets {
    /// Byte offset of every character; empty where characters are bytes.
    table: Vec<u32>,
    len: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let table =
            if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect() };
        Self { table, len: text.len() }
    }

    fn byte(&self, marker: &Marker) -> usize {
        if self.table.is_empty() {
            marker.index().min(self.len)
        } else {
            self.table.get(marker.index()).map_or(self.len, |at| *at as usize)
        }
    }
}
