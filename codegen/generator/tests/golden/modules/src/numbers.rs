//! Numbers as texts.

/// A number as a text.
#[must_use]
pub fn shown(number: u32) -> String {
    itoa::Buffer::new().format(number).to_owned()
}
