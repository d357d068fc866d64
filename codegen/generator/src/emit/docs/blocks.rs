//! Markdown by blocks: paragraphs, lists, quotes, tables, code.

use super::{html, inline};

/// A block of a description, its text not yet escaped.
enum Block {
    Paragraph(String),
    Heading(String),
    Item { depth: usize, marker: String, text: String },
    Quote(String),
    Row(String),
    Code(Vec<String>),
}

/// The lines that `text` comes to, wrapped at `width` columns.
pub(super) fn render(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut tight = false;
    for block in parse(text) {
        let joins = matches!(block, Block::Item { .. } | Block::Row(_));
        if !(lines.is_empty() || joins && tight) {
            lines.push(String::new());
        }
        let before = lines.len();
        block.print(width, &mut lines);
        if lines.len() == before {
            lines.pop();
            continue;
        }
        tight = joins;
    }
    lines
}

impl Block {
    fn print(&self, width: usize, lines: &mut Vec<String>) {
        match self {
            Self::Paragraph(text) => wrap(&inline::escape(text), "", "", width, lines),
            Self::Heading(text) => {
                let text = inline::escape(text.trim_matches(['#', '*', ' ']));
                if !text.is_empty() {
                    wrap(&format!("**{text}**"), "", "", width, lines);
                }
            }
            Self::Item { depth, marker, text } => {
                let indent = "  ".repeat(*depth);
                let hang = format!("{indent}{}", " ".repeat(marker.len() + 1));
                wrap(&inline::escape(text), &format!("{indent}{marker} "), &hang, width, lines);
            }
            Self::Quote(text) => wrap(&inline::escape(text), "> ", "> ", width, lines),
            Self::Row(text) => lines.push(inline::escape(text)),
            Self::Code(code) => {
                lines.push("```text".to_owned());
                lines.extend(
                    code.iter().map(|line| if line.trim_start().starts_with("```") { line.replace("```", "'''") } else { line.clone() }),
                );
                lines.push("```".to_owned());
            }
        }
    }
}

/// Adds `text` to `lines`, the first with `first`, the others with `hang` before them.
pub(super) fn wrap(text: &str, first: &str, hang: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut empty = true;
    for word in text.split_whitespace() {
        if empty {
            line.push_str(if lines.is_empty() || line.is_empty() { first } else { "" });
            line.push_str(&escape_start(word));
            empty = false;
        } else if line.chars().count() + 1 + word.chars().count() > width && !starts_block(word) {
            lines.push(std::mem::replace(&mut line, format!("{hang}{word}")));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    if !empty {
        lines.push(line);
    }
}

/// Would a line that begins with `word` begin a block?
fn starts_block(word: &str) -> bool {
    let numbered = word.strip_suffix(['.', ')']).is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let ruled = !word.is_empty() && (word.bytes().all(|b| matches!(b, b'-' | b'=' | b'*' | b'_' | b'+')));
    numbered || ruled || word.starts_with(['#', '>', '|', '~', '`']) && !word.starts_with("`") || word.starts_with("```")
}

fn escape_start(word: &str) -> String {
    if !starts_block(word) || word.starts_with('|') {
        return word.to_owned();
    }
    match word.strip_suffix('.') {
        Some(number) if number.bytes().all(|b| b.is_ascii_digit()) => format!("{number}\\."),
        _ => format!("\\{word}"),
    }
}

/// Characters that have no place in a comment: controls, and marks that reorder the text around them.
pub(super) fn unprintable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn parse(text: &str) -> Vec<Block> {
    let text: String = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let text: String = text.chars().filter(|c| !unprintable(*c)).map(|c| if c == '\t' { ' ' } else { c }).collect();
    let mut blocks = Vec::new();
    let mut open = false;
    let mut fence: Option<(String, Vec<String>)> = None;
    for line in text.lines() {
        if let Some((mark, code)) = &mut fence {
            if line.trim().starts_with(mark.as_str()) {
                blocks.extend(fence.take().map(|(_, code)| Block::Code(code)));
                open = false;
            } else {
                code.push(line.trim_end().to_owned());
            }
        } else if let Some(mark) = fence_mark(line) {
            fence = Some((mark, Vec::new()));
        } else if line.trim().is_empty() {
            open = false;
        } else {
            for line in html::to_markdown(line).lines() {
                open = plain_line(line, open, &mut blocks);
            }
        }
    }
    blocks.extend(fence.map(|(_, code)| Block::Code(code)));
    blocks
}

fn fence_mark(line: &str) -> Option<String> {
    let line = line.trim_start();
    let mark = ['`', '~'].into_iter().find_map(|c| {
        let length = line.chars().take_while(|found| *found == c).count();
        (length >= 3).then(|| c.to_string().repeat(length))
    })?;
    (!line[mark.len()..].contains('`')).then_some(mark)
}

/// Adds one line outside of code; says whether the next line may continue the last block.
fn plain_line(line: &str, open: bool, blocks: &mut Vec<Block>) -> bool {
    let text = line.trim();
    if text.is_empty() || text.bytes().all(|b| matches!(b, b'-' | b'=' | b'*' | b'_' | b'+' | b'#' | b'>' | b' ')) {
        return false;
    }
    let block = if text.starts_with('#') && text.trim_start_matches('#').starts_with(' ') {
        blocks.push(Block::Heading(text.to_owned()));
        return false;
    } else if let Some((marker, item)) = list_item(text) {
        let nested = line.len() - line.trim_start().len() >= 2 && matches!(blocks.last(), Some(Block::Item { .. }));
        let marker = if nested { "-".to_owned() } else { marker };
        Block::Item { depth: usize::from(nested), marker, text: item.to_owned() }
    } else if let Some(quote) = text.strip_prefix('>') {
        Block::Quote(quote.trim().to_owned())
    } else if text.starts_with('|') {
        Block::Row(text.to_owned())
    } else {
        Block::Paragraph(text.to_owned())
    };
    join(block, open, blocks);
    true
}

/// Continues the last block with a paragraph's line, or begins a new one.
fn join(block: Block, open: bool, blocks: &mut Vec<Block>) {
    match (&block, blocks.last_mut()) {
        (Block::Paragraph(more), Some(Block::Paragraph(text) | Block::Item { text, .. } | Block::Quote(text))) if open => {
            text.push(' ');
            text.push_str(more);
        }
        (Block::Quote(more), Some(Block::Quote(text))) if open => {
            text.push(' ');
            text.push_str(more);
        }
        _ => blocks.push(block),
    }
}

fn list_item(text: &str) -> Option<(String, &str)> {
    let (mark, item) = text.split_once(' ')?;
    let item = item.trim();
    let bullet = matches!(mark, "-" | "*" | "+" | "•");
    let digits = mark.strip_suffix(['.', ')']).filter(|d| !d.is_empty() && d.len() < 4 && d.bytes().all(|b| b.is_ascii_digit()));
    match (bullet, digits) {
        _ if item.is_empty() => None,
        (true, _) => Some(("-".to_owned(), item)),
        (_, Some(number)) => Some((format!("{number}."), item)),
        _ => None,
    }
}
