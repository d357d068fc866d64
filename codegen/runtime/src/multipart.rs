//! `multipart/form-data` bodies.

use crate::body::{Body, Content, Piece};
use crate::file::File;
use crate::json::{self, ToJson, Value};
use crate::style;
use bytes::{BufMut, BytesMut};
use std::hash::{BuildHasher, RandomState};

/// A `multipart/form-data` body under construction.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    file: Option<String>,
    content_type: Option<String>,
    content: Content,
    length: Option<u64>,
}

impl Multipart {
    /// A field as text; an array is one field per element, an object its JSON text. Absent and null add nothing.
    pub fn text(&mut self, name: &str, value: &dyn ToJson) {
        if value.is_absent() {
            return;
        }
        match json::to_value(value) {
            Value::Array(elements) => elements.iter().for_each(|element| self.push_text(name, element)),
            value => self.push_text(name, &value),
        }
    }

    fn push_text(&mut self, name: &str, value: &Value) {
        if let Some(text) = style::text(value) {
            self.push(name, None, text.into_owned().into_bytes());
        }
    }

    /// A field as `application/json`. Absent adds nothing.
    pub fn json(&mut self, name: &str, value: &dyn ToJson) {
        if !value.is_absent() {
            self.push(name, Some("application/json".into()), json::to_vec(value));
        }
    }

    /// A file.
    pub fn file(&mut self, name: &str, file: &File) {
        let File { name: file_name, content_type, content, length } = file.clone();
        self.parts.push(Part { name: name.to_owned(), file: Some(file_name), content_type: Some(content_type), content, length });
    }

    /// Several files under one name.
    pub fn files(&mut self, name: &str, files: &[File]) {
        files.iter().for_each(|file| self.file(name, file));
    }

    fn push(&mut self, name: &str, content_type: Option<String>, content: Vec<u8>) {
        let content = Content::Bytes(content.into());
        self.parts.push(Part { name: name.to_owned(), file: None, content_type, content, length: None });
    }

    /// Content type and body. What is in memory already is one piece if it is small, and not copied if it is large.
    pub(crate) fn finish(self) -> (String, Body) {
        let boundary = boundary();
        let mut pieces = Vec::new();
        let mut text = BytesMut::new();
        for part in self.parts {
            text.put(part.head(&boundary).as_bytes());
            match part.content {
                Content::Bytes(bytes) if part.length.is_none() && bytes.len() <= COPIED => text.put(bytes),
                content => {
                    pieces.push(Piece::Bytes(text.split().freeze()));
                    pieces.push(match content {
                        Content::Bytes(bytes) if part.length.is_none() => Piece::Bytes(bytes),
                        content => Piece::File { name: part.file.unwrap_or(part.name), content, length: part.length },
                    });
                }
            }
            text.put(&b"\r\n"[..]);
        }
        text.put(format!("--{boundary}--\r\n").as_bytes());
        let body = if pieces.is_empty() {
            Body::from(text.freeze())
        } else {
            pieces.push(Piece::Bytes(text.freeze()));
            Body::of(pieces)
        };
        (format!("multipart/form-data; boundary={boundary}"), body)
    }
}

/// Larger contents are sent from where they are.
const COPIED: usize = 64 * 1024;

/// A boundary that nobody can foresee, so that no content can hold it: the standard library seeds its hash maps at random.
fn boundary() -> String {
    let [one, other] = [0, 1].map(|number| RandomState::new().hash_one(number));
    format!("----tms-form-{one:016x}{other:016x}")
}

impl Part {
    fn head(&self, boundary: &str) -> String {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        if let Some(file) = &self.file {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        if let Some(content_type) = &self.content_type {
            head.push_str(&format!("\r\nContent-Type: {}", content_type.replace(['\r', '\n'], " ")));
        }
        head.push_str("\r\n\r\n");
        head
    }
}

/// Escapes as browsers do (WHATWG, multipart/form-data), so that a name can end neither its quotes nor its line.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use std::io::Read;

    /// The body, with a short boundary and line ends.
    fn rendered(build: impl Fn(&mut Multipart)) -> String {
        let mut form = Multipart::default();
        build(&mut form);
        let (content_type, body) = form.finish();
        let (kind, boundary) = content_type.split_once("; boundary=").expect("a boundary");
        assert_eq!((kind, boundary.len()), ("multipart/form-data", "----tms-form-".len() + 32));
        let length = body.length();
        let mut text = String::new();
        body.into_reader().read_to_string(&mut text).expect("readable text");
        assert!(length.is_none_or(|length| length == text.len() as u64), "{length:?} announced of {}", text.len());
        text.replace(boundary, "boundary").replace("\r\n", "\n")
    }

    #[test]
    fn every_kind_of_part() {
        let body = rendered(|form| {
            form.text("title", &"Grüße".to_owned());
            form.text("n", &17_i64);
            form.text("absent", &None::<String>);
            form.text("tags", &vec!["a".to_owned(), "b".to_owned()]);
            form.json("meta", &vec![1_i64, 2]);
            form.files("file[]", &[File::new("a.txt", "text/plain", "A"), File::from_reader("b.log", "BC".as_bytes()).length(2)]);
        });
        let expected = "\
--boundary
Content-Disposition: form-data; name=\"title\"

Grüße
--boundary
Content-Disposition: form-data; name=\"n\"

17
--boundary
Content-Disposition: form-data; name=\"tags\"

a
--boundary
Content-Disposition: form-data; name=\"tags\"

b
--boundary
Content-Disposition: form-data; name=\"meta\"
Content-Type: application/json

[1,2]
--boundary
Content-Disposition: form-data; name=\"file[]\"; filename=\"a.txt\"
Content-Type: text/plain

A
--boundary
Content-Disposition: form-data; name=\"file[]\"; filename=\"b.log\"
Content-Type: text/plain

BC
--boundary--
";
        assert_eq!(body, expected);
    }

    #[test]
    fn large_contents_are_not_copied() {
        let large = Bytes::from(vec![b'x'; COPIED + 1]);
        let mut form = Multipart::default();
        form.file("a", &File::from_bytes("a", large.clone()));
        let (_, body) = form.finish();
        assert!(body.bytes().is_none(), "one piece");
        assert!(body.length().is_some_and(|length| length > large.len() as u64));
        let text = rendered(|form| form.file("a", &File::from_bytes("a", large.clone())));
        assert!(text.ends_with("xxx\n--boundary--\n"), "the end is missing");
    }

    #[test]
    fn names_cannot_break_out() {
        let body = rendered(|form| {
            form.file("f\"\r\nX-Evil: 1", &File::new("a\"; x=\"\r\n\r\nevil", "text/plain\r\nX-Evil: 1", "A"));
        });
        assert!(body.contains("name=\"f%22%0D%0AX-Evil: 1\"; filename=\"a%22; x=%22%0D%0A%0D%0Aevil\"\n"), "{body}");
        assert!(!body.lines().any(|line| line.starts_with("X-Evil")), "a header was injected:\n{body}");
    }

    #[test]
    fn boundaries_differ() {
        assert_ne!(boundary(), boundary());
    }
}
