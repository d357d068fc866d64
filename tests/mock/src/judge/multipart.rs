//! `multipart/form-data`, to the letter of RFC 7578. Contents are not copied: a part is a piece of the body.

use crate::blob::Blob;
use std::io::{BufRead, BufReader, Read};

/// Longest piece of a line that is looked at.
const PIECE: u64 = 64 * 1024;
/// What a boundary may consist of beside letters and digits.
const BOUNDARY_SIGNS: &str = "'()+_,-./:=? ";

/// A part of a form.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content: Blob,
}

/// The boundary that a content type announces.
pub(super) fn boundary(content_type: &str) -> Result<String, String> {
    let boundary = parameters(content_type)?.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("boundary"));
    let (_, boundary) = boundary.ok_or("a form needs a boundary")?;
    let good = |c: char| c.is_ascii_alphanumeric() || BOUNDARY_SIGNS.contains(c);
    match (1..=70).contains(&boundary.len()) && boundary.chars().all(good) && !boundary.ends_with(' ') {
        true => Ok(boundary),
        false => Err(format!("`{boundary}` is no boundary")),
    }
}

/// Takes a body apart.
pub(super) fn parse(body: &Blob, boundary: &str) -> Result<Vec<Part>, String> {
    let mut lines = Lines { input: BufReader::with_capacity(64 * 1024, body.reader()), at: 0, piece: Vec::new(), before: [0; 2] };
    let delimiter = format!("--{boundary}");
    if !lines.next()? || lines.delimiter(&delimiter)? != Some(Delimiter::Next) {
        return Err("the body does not begin with its boundary".to_owned());
    }
    let mut parts = Vec::new();
    loop {
        let header = header(&mut lines)?;
        let start = lines.end();
        let found = loop {
            if !lines.next()? {
                return Err("the last boundary is missing".to_owned());
            }
            if let Some(found) = lines.delimiter(&delimiter)? {
                break found;
            }
        };
        // The line break before a boundary belongs to it.
        let length = lines.at.checked_sub(start + 2).ok_or("a part needs an empty line after its headers, and a line break at its end")?;
        parts.push(Part { content: body.slice(start, length), ..header });
        if found == Delimiter::Last {
            return match lines.next()? {
                true => Err("there is something after the last boundary".to_owned()),
                false => Ok(parts),
            };
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Delimiter {
    Next,
    Last,
}

/// The body line by line; of very long lines, piece by piece.
struct Lines<R> {
    input: BufReader<R>,
    /// Where the piece begins.
    at: u64,
    piece: Vec<u8>,
    /// The last two bytes before the piece.
    before: [u8; 2],
}

impl<R: Read> Lines<R> {
    /// Goes on to the next piece; false at the end.
    fn next(&mut self) -> Result<bool, String> {
        self.at = self.end();
        for byte in self.piece.iter().skip(self.piece.len().saturating_sub(2)) {
            self.before = [self.before[1], *byte];
        }
        self.piece.clear();
        let read = (&mut self.input).take(PIECE).read_until(b'\n', &mut self.piece).map_err(|e| e.to_string())?;
        Ok(read > 0)
    }

    fn end(&self) -> u64 {
        self.at + self.piece.len() as u64
    }

    /// The boundary, if the piece is one.
    fn delimiter(&self, delimiter: &str) -> Result<Option<Delimiter>, String> {
        let begins = self.at == 0 || self.before == *b"\r\n";
        match self.piece.strip_prefix(delimiter.as_bytes()).filter(|_| begins) {
            None => Ok(None),
            Some(b"\r\n") => Ok(Some(Delimiter::Next)),
            Some(b"--" | b"--\r\n") => Ok(Some(Delimiter::Last)),
            Some(_) => Err("the boundary stands in the content of a part".to_owned()),
        }
    }
}

/// The headers of a part.
fn header<R: Read>(lines: &mut Lines<R>) -> Result<Part, String> {
    let (mut disposition, mut content_type) = (None, None);
    loop {
        lines.next()?;
        let line = std::str::from_utf8(&lines.piece).map_err(|_| "a header of a part is not UTF-8")?;
        let line = line.strip_suffix("\r\n").ok_or("a header of a part does not end")?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| format!("`{line}` is no header"))?;
        let place = match name.to_ascii_lowercase().as_str() {
            "content-disposition" => &mut disposition,
            "content-type" => &mut content_type,
            _ => continue,
        };
        if place.replace(value.trim().to_owned()).is_some() {
            return Err(format!("a part has two headers `{name}`"));
        }
    }
    let disposition = disposition.ok_or("a part has no `Content-Disposition`")?;
    let (kind, _) = disposition.split_once(';').unwrap_or((&disposition, ""));
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return Err(format!("the disposition of a part is `form-data`, not `{kind}`"));
    }
    let (mut name, mut file_name) = (None, None);
    for (key, value) in parameters(&disposition)? {
        match key.to_ascii_lowercase().as_str() {
            "name" => name = Some(value),
            "filename" => file_name = Some(value),
            _ => return Err(format!("`{key}` means nothing in a form")),
        }
    }
    let name = name.filter(|name| !name.is_empty()).ok_or("a part has no name")?;
    Ok(Part { name, file_name, content_type, content: Vec::new().into() })
}

/// The parameters of a header value: `; name=value`, where the value may be quoted.
fn parameters(value: &str) -> Result<Vec<(String, String)>, String> {
    let mut rest = value.find(';').map_or("", |at| &value[at..]);
    let mut found = Vec::new();
    while let Some(next) = rest.strip_prefix(';') {
        let bad = || format!("`{}` is no list of parameters", rest.trim());
        let (name, after) = next.split_once('=').ok_or_else(bad)?;
        let (text, after) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted).ok_or_else(bad)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        found.push((name.trim().to_owned(), text));
        rest = after.trim_start();
    }
    match rest.is_empty() {
        true => Ok(found),
        false => Err(format!("`{rest}` is no parameter")),
    }
}

/// What stands up to the closing quote, and what follows it. Browsers write `%22` for a quote, mail programs `\"`.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut inner = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => {
                let decoded = inner.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
                return Some((decoded, &text[at + 1..]));
            }
            '\\' => inner.push(letters.next()?.1),
            _ => inner.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{boundary, parse};
    use crate::blob::Blob;

    /// Name, file name, content type and content of a part.
    type Told = (String, Option<String>, Option<String>, String);

    /// A form as a client would write it, with `|` for line breaks.
    fn form(text: &str) -> Result<Vec<Told>, String> {
        let parts = parse(&Blob::from(text.replace('|', "\r\n")), "xyz")?;
        let text = |blob: &Blob| String::from_utf8_lossy(&blob.bytes().expect("in memory")).into_owned();
        Ok(parts.into_iter().map(|p| (p.name, p.file_name, p.content_type, text(&p.content))).collect())
    }

    #[test]
    fn parts_are_pieces_of_the_body() {
        let sent = "--xyz|Content-Disposition: form-data; name=\"Title\"||data ä|--xyz|content-type: text/xml|Content-Disposition: \
                    form-data; name=File; filename=\"a %22b%22 \\\"c\\\".xml\"||<a>|--xy||</a>||--xyz--|";
        let found = form(sent).expect("a form");
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(found[0], ("Title".to_owned(), None, None, "data ä".to_owned()));
        assert_eq!(found[1], ("File".to_owned(), some("a \"b\" \"c\".xml"), some("text/xml"), "<a>\r\n--xy\r\n\r\n</a>\r\n".to_owned()));
        let empty = form("--xyz|Content-Disposition: form-data; name=\"a\"|||--xyz--").expect("an empty part");
        assert_eq!(empty[0].3, "");
    }

    #[test]
    fn long_lines_and_late_boundaries_are_found() {
        for length in [65_533, 65_534, 65_535, 65_536, 65_537, 200_000] {
            for (byte, before) in [("a", ""), ("a", "\n"), ("\r", ""), ("\n", "\r")] {
                let content = format!("{}{before}", byte.repeat(length));
                let found = form(&format!("--xyz|Content-Disposition: form-data; name=\"a\"||{content}|--xyz--")).expect("a form");
                assert!(found[0].3 == content, "{length} of {byte:?}, {before:?}");
            }
        }
    }

    #[test]
    fn forms_that_are_none_are_refused() {
        for (sent, complaint) in [
            ("", "does not begin with its boundary"),
            ("text|--xyz|", "does not begin with its boundary"),
            ("--xyz--", "does not begin with its boundary"),
            ("--xyz|Content-Disposition: form-data; name=\"a\"||text", "last boundary is missing"),
            ("--xyz|Content-Disposition: form-data; name=\"a\"||text|--xyz", "stands in the content"),
            ("--xyz|Content-Disposition: form-data; name=\"a\"||text|--xyz-a", "stands in the content"),
            ("--xyz|Content-Disposition: form-data; name=\"a\"||text|--xyz--|more", "after the last boundary"),
            ("--xyz|Content-Disposition: form-data; name=\"a\"||--xyz--", "a line break at its end"),
            ("--xyz|Content-Disposition: form-data; name=\"a\"", "does not end"),
            ("--xyz|Content-Type: text/plain||text|--xyz--", "no `Content-Disposition`"),
            ("--xyz|Content-Disposition: attachment; name=\"a\"||text|--xyz--", "not `attachment`"),
            ("--xyz|Content-Disposition: form-data||text|--xyz--", "no name"),
            ("--xyz|Content-Disposition: form-data; name=\"\"||text|--xyz--", "no name"),
            ("--xyz|Content-Disposition: form-data; name=\"a||text|--xyz--", "no list of parameters"),
            ("--xyz|Content-Disposition: form-data; name=\"a\" b||text|--xyz--", "no parameter"),
            ("--xyz|Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''b||text|--xyz--", "`filename*` means nothing"),
            ("--xyz|Content-Disposition: form-data; name=a|content-disposition: form-data||text|--xyz--", "two headers"),
            ("--xyz|nonsense||text|--xyz--", "`nonsense` is no header"),
        ] {
            let error = form(sent).expect_err(sent);
            assert!(error.contains(complaint), "{sent}: {error}");
        }
    }

    #[test]
    fn boundaries_are_announced() {
        assert_eq!(boundary("multipart/form-data; boundary=xyz"), Ok("xyz".to_owned()));
        assert_eq!(boundary("multipart/form-data; charset=utf-8; Boundary=\"a b:c\""), Ok("a b:c".to_owned()));
        let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
        for bad in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a \"", &long] {
            assert!(boundary(bad).is_err(), "{bad}");
        }
    }
}
