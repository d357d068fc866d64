//! The writer: one, not generic, for every type.

use super::scan;

/// Writes JSON without whitespace.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: impl itoa::Integer) {
        self.text.push_str(itoa::Buffer::new().format(value));
    }

    /// Writes a number in its shortest form that reads back the same; `null` for what JSON has no number for (NaN and the
    /// infinities), as `serde_json` does.
    pub fn float(&mut self, value: f64) {
        if value.is_finite() {
            self.format(format_args!("{value:?}"));
        } else {
            self.null();
        }
    }

    pub(super) fn single(&mut self, value: f32) {
        if value.is_finite() {
            self.format(format_args!("{value:?}"));
        } else {
            self.null();
        }
    }

    fn format(&mut self, arguments: std::fmt::Arguments<'_>) {
        use std::fmt::Write;
        // Writing to a `String` cannot fail.
        let _ = self.text.write_fmt(arguments);
    }

    /// Writes a string.
    pub fn str(&mut self, value: &str) {
        self.text.push('"');
        let bytes = value.as_bytes();
        let mut from = 0;
        loop {
            let at = scan::plain_run(bytes, from);
            self.text.push_str(&value[from..at]);
            let Some(byte) = bytes.get(at) else { break };
            self.escape(*byte);
            from = at + 1;
        }
        self.text.push('"');
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            0x08 => "\\b",
            0x09 => "\\t",
            0x0a => "\\n",
            0x0c => "\\f",
            0x0d => "\\r",
            _ => return self.format(format_args!("\\u{byte:04x}")),
        };
        self.text.push_str(short);
    }

    /// Writes a value that is JSON text already.
    pub fn raw(&mut self, json: &str) {
        self.text.push_str(json);
    }

    /// Opens an array (`[`) or object (`{`); close it with [`end`](Self::end).
    pub fn begin(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Closes an array (`]`) or object (`}`).
    pub fn end(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Comes before each element of an array, and before each key.
    pub fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), Some(b'[' | b'{') | None) {
            self.text.push(',');
        }
    }

    /// Writes a member's key; its value must follow.
    pub fn key(&mut self, name: &str) {
        self.separate();
        self.str(name);
        self.text.push(':');
    }

    /// As [`key`](Self::key), for a key that stands between quotes and has its colon.
    #[inline]
    pub(super) fn plain_key(&mut self, key: &str) {
        self.separate();
        self.text.push_str(key);
    }

    pub(super) fn raw_member(&mut self, key: &str, value: &str) {
        self.plain_key(key);
        self.text.push(':');
        self.text.push_str(value);
    }
}
