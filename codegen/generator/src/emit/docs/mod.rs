//! Documentation comments made from text that nobody vouches for.
//!
//! Descriptions come from specifications: any Markdown, HTML or plain text. What leaves here is Markdown that rustdoc renders
//! without warnings and never runs: code is fenced as `text`, brackets are no links unless they hold an absolute address, bare
//! addresses are marked, tags are dropped or escaped, lines are wrapped.

mod blocks;
mod html;
mod inline;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Docs;

pub(crate) use inline::code;

/// Columns of documentation text, without the comment marker and its indentation.
const WIDTH: usize = 110;

/// The documentation of one item, as lines of Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// Starts with our own `sentence`, which is trusted Markdown.
    pub(crate) fn new(sentence: &str) -> Self {
        Self::default().own(sentence)
    }

    /// Starts with the summary and details of `docs`, or with our own `fallback` when there is no summary.
    pub(crate) fn of(docs: &Docs, fallback: &str) -> Self {
        Self::default().foreign(&docs.summary).or(fallback).foreign(&docs.details)
    }

    /// Our own `fallback` if there is nothing yet.
    pub(crate) fn or(self, fallback: &str) -> Self {
        if self.lines.is_empty() { self.own(fallback) } else { self }
    }

    /// Adds a paragraph of our own Markdown.
    pub(crate) fn own(mut self, paragraph: &str) -> Self {
        if !paragraph.is_empty() {
            self.gap();
            blocks::wrap(paragraph, "", "", WIDTH, &mut self.lines);
        }
        self
    }

    /// Adds a list; each item begins with its marker.
    pub(crate) fn list(mut self, items: &[String]) -> Self {
        self.gap();
        for item in items {
            let (first, text) = item.split_at(2.min(item.len()));
            blocks::wrap(text, first, "  ", WIDTH, &mut self.lines);
        }
        self
    }

    /// Adds lines of our own as they are.
    pub(crate) fn verbatim<'a>(mut self, lines: impl IntoIterator<Item = &'a str>) -> Self {
        self.gap();
        self.lines.extend(lines.into_iter().map(str::to_owned));
        self
    }

    /// Adds text from a specification.
    pub(crate) fn foreign(mut self, text: &str) -> Self {
        let lines = blocks::render(text, WIDTH);
        if !lines.is_empty() {
            self.gap();
            self.lines.extend(lines);
        }
        self
    }

    /// Adds where the vendor documents the item and how sure that is, if the specification says so.
    pub(crate) fn provenance(self, docs: &Docs) -> Self {
        let sentence = match (docs.source.as_deref().map(line), docs.provenance.as_deref().map(line)) {
            (Some(source), Some(provenance)) => format!("Source: {source} ({provenance})."),
            (Some(source), None) => format!("Source: {source}."),
            (None, Some(provenance)) => format!("Provenance: {provenance}."),
            (None, None) => String::new(),
        };
        self.own(&sentence)
    }

    /// The lines, without comment markers.
    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The lines as attributes, one for each.
    pub(crate) fn attributes(&self) -> TokenStream {
        let lines = self.lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
        quote! { #(#[doc = #lines])* }
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// One line of text from a specification, for use inside a sentence or a table cell of ours; empty when it has none.
pub(crate) fn line(text: &str) -> String {
    blocks::render(text, usize::MAX).into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        Doc::default().foreign(text).lines().join("\n")
    }

    #[test]
    fn text_is_made_safe() {
        for (input, expected) in [
            ("plain", "plain"),
            ("one\ntwo\n\nthree", "one two\n\nthree"),
            ("a [link](https://x.test/a) and [ref] and [rel](/docs)", "a [link](https://x.test/a) and \\[ref\\] and rel"),
            ("see https://x.test/a.", "see <https://x.test/a>."),
            ("see <https://x.test/a>", "see <https://x.test/a>"),
            ("Vec<String> & <foo>", "Vec\\<String> & \\<foo>"),
            ("`[x]` and `a", "`[x]` and \\`a"),
            ("a<br>b<p>c</p>", "a b\n\nc"),
            ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
            ("    let x = panic!();", "let x = panic!();"),
            ("```rust\npanic!()\n```\nafter", "```text\npanic!()\n```\n\nafter"),
            ("```\nopen", "```text\nopen\n```"),
            ("~~~\na\n~~~", "```text\na\n```"),
            ("# Title\ntext", "**Title**\n\ntext"),
            ("* one\n  more\n* two", "- one more\n- two"),
            ("1. one\n2. two", "1. one\n2. two"),
            ("a\n---\nb", "a\n\nb"),
            ("<a href=\"https://x.test\">there</a>", "[there](https://x.test)"),
            ("![alt](https://x.test/i.png)", "[alt](https://x.test/i.png)"),
            ("\u{202e}evil\u{2066}", "evil"),
            ("|a|b|\n|-|-|\n|[x]|c|", "|a|b|\n|-|-|\n|\\[x\\]|c|"),
            ("ends in \\", "ends in \\\\"),
            ("+ ", ""),
            ("/// */ x", "/// */ x"),
        ] {
            assert_eq!(of(input), expected, "for {input:?}");
        }
    }

    #[test]
    fn long_paragraphs_are_wrapped_and_no_line_begins_like_a_block() {
        let text = format!("{} 1. x # y - z + a", "word ".repeat(22).trim());
        for line in Doc::default().foreign(&text).lines() {
            assert!(line.chars().count() <= WIDTH + 10, "{line}");
            assert!(!line.starts_with(['#', '-', '+', '1']), "{line}");
        }
    }

    /// Whatever the text, fences are closed and no line can leave the comment.
    #[test]
    fn no_text_breaks_out() {
        let pieces = [
            "`", "```", "~~~~", "\n", "\n\n", " ", "    ", "[", "](", ")", "<", ">", "</", "http://a", "\\", "é", "\u{2028}", "\r", "- ",
            "1. ", "#", "|", "x", "*/", "![",
        ];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[usize::try_from(state >> 33).unwrap_or(0) % pieces.len()]);
            }
            let doc = Doc::default().foreign(&text);
            assert!(doc.lines().iter().all(|line| !line.contains(['\n', '\r'])), "{text:?}");
            let fences: Vec<_> = doc.lines().iter().filter(|line| line.trim_start().starts_with("```")).collect();
            assert!(
                fences.chunks(2).all(|pair| matches!(pair, [open, close] if *open == "```text" && *close == "```")),
                "{text:?}: {doc:?}"
            );
        }
    }
}
