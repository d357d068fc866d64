//! `multipart/form-data` bodies.

use crate::file::File;
use crate::json::{self, ToJson, Value};
use crate::style;
use bytes::Bytes;

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
    content: Bytes,
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
            self.push(name, None, None, text.into_owned().into());
        }
    }

    /// A field as `application/json`. Absent adds nothing.
    pub fn json(&mut self, name: &str, value: &dyn ToJson) {
        if !value.is_absent() {
            self.push(name, None, Some("application/json".into()), json::to_vec(value).into());
        }
    }

    /// A file.
    pub fn file(&mut self, name: &str, file: &File) {
        self.push(name, Some(file.name.clone()), Some(file.content_type.clone()), file.content.clone());
    }

    /// Several files under one name.
    pub fn files(&mut self, name: &str, files: &[File]) {
        files.iter().for_each(|file| self.file(name, file));
    }

    fn push(&mut self, name: &str, file: Option<String>, content_type: Option<String>, content: Bytes) {
        self.parts.push(Part { name: name.to_owned(), file, content_type, content });
    }

    /// Content type and body. The boundary depends on the parts alone, so equal forms are equal bytes.
    pub(crate) fn finish(&self) -> (String, Bytes) {
        let boundary = self.boundary();
        let size = self.parts.iter().map(|part| part.content.len() + part.name.len() + 256).sum();
        let mut body = Vec::with_capacity(size);
        for part in &self.parts {
            body.extend_from_slice(part.head(&boundary).as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body.into())
    }

    /// The first numbered boundary that occurs in no part.
    fn boundary(&self) -> String {
        let occurs = |boundary: &String| {
            let wanted = boundary.as_bytes();
            let within = |bytes: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
            self.parts.iter().any(|part| within(&part.content) || within(part.head("").as_bytes()))
        };
        let free = (0_u64..).map(|n| format!("----tms-form-{n:016x}")).find(|boundary| !occurs(boundary));
        free.unwrap_or_default()
    }
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

    fn rendered(build: impl Fn(&mut Multipart)) -> (String, String) {
        let mut form = Multipart::default();
        build(&mut form);
        let (content_type, body) = form.finish();
        (content_type, String::from_utf8_lossy(&body).replace("\r\n", "\n"))
    }

    #[test]
    fn every_kind_of_part() {
        let (content_type, body) = rendered(|form| {
            form.text("title", &"Grüße".to_owned());
            form.text("n", &17_i64);
            form.text("absent", &None::<String>);
            form.text("tags", &vec!["a".to_owned(), "b".to_owned()]);
            form.json("meta", &vec![1_i64, 2]);
            form.files("file[]", &[File::new("a.txt", "text/plain", "A")]);
        });
        assert_eq!(content_type, "multipart/form-data; boundary=----tms-form-0000000000000000");
        let expected = "\
------tms-form-0000000000000000
Content-Disposition: form-data; name=\"title\"

Grüße
------tms-form-0000000000000000
Content-Disposition: form-data; name=\"n\"

17
------tms-form-0000000000000000
Content-Disposition: form-data; name=\"tags\"

a
------tms-form-0000000000000000
Content-Disposition: form-data; name=\"tags\"

b
------tms-form-0000000000000000
Content-Disposition: form-data; name=\"meta\"
Content-Type: application/json

[1,2]
------tms-form-0000000000000000
Content-Disposition: form-data; name=\"file[]\"; filename=\"a.txt\"
Content-Type: text/plain

A
------tms-form-0000000000000000--
";
        assert_eq!(body, expected);
    }

    #[test]
    fn names_cannot_break_out() {
        let (_, body) = rendered(|form| {
            form.file("f\"\r\nX-Evil: 1", &File::new("a\"; x=\"\r\n\r\nevil", "text/plain\r\nX-Evil: 1", "A"));
        });
        assert!(body.contains("name=\"f%22%0D%0AX-Evil: 1\"; filename=\"a%22; x=%22%0D%0A%0D%0Aevil\"\n"), "{body}");
        assert!(!body.lines().any(|line| line.starts_with("X-Evil")), "a header was injected:\n{body}");
    }

    #[test]
    fn boundary_is_not_in_the_content() {
        let (content_type, _) = rendered(|form| form.text("a", &"----tms-form-0000000000000000".to_owned()));
        assert_eq!(content_type, "multipart/form-data; boundary=----tms-form-0000000000000001");
    }
}
