use super::{Diagnostic, Level, Report, context};
use crate::source::{Location, Position, Sources, Spot};
use annotate_snippets::{AnnotationKind, Element, Level as Style, Origin, Renderer, Snippet};
use std::ops::Range;

/// All problems as text without colour, sorted by place, an empty line between two.
pub fn render(report: &Report, sources: &Sources) -> String {
    render_with(&Renderer::plain(), report, sources)
}

/// All problems as text with colours, for a terminal.
pub fn render_styled(report: &Report, sources: &Sources) -> String {
    render_with(&Renderer::styled(), report, sources)
}

fn render_with(renderer: &Renderer, report: &Report, sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in report.sorted(sources) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&one(renderer, diagnostic, sources));
        text.push('\n');
    }
    text
}

fn one(renderer: &Renderer, diagnostic: &Diagnostic, sources: &Sources) -> String {
    let title = style(diagnostic.level()).primary_title(plain(&diagnostic.message)).id(diagnostic.tag.as_str());
    let label = diagnostic.label.clone().or_else(|| context(diagnostic.location.spot()?, sources));
    let mut elements = picture(&diagnostic.location, label, AnnotationKind::Primary, sources);
    if let Some((location, label)) = &diagnostic.also {
        elements.extend(picture(location, Some(label.clone()), AnnotationKind::Context, sources));
    }
    elements.extend(diagnostic.notes.iter().map(|note| Style::NOTE.message(plain(note)).into()));
    elements.extend(diagnostic.help.iter().map(|help| Style::HELP.message(plain(help)).into()));
    renderer.render(&[title.elements(elements)])
}

/// Where in the API a place is.
fn context(spot: &Spot, sources: &Sources) -> Option<String> {
    match sources.xml_cursor(spot) {
        Some(at) => context::xml_in_words(&at),
        None => context::in_words(&spot.pointer),
    }
}

fn style(level: Level) -> Style<'static> {
    let style = match level {
        Level::Ice | Level::Error | Level::Unsupported => Style::ERROR,
        Level::Warning => Style::WARNING,
    };
    style.with_name(level.as_str())
}

/// The place and the line it is on.
fn picture(location: &Location, label: Option<String>, kind: AnnotationKind, sources: &Sources) -> Vec<Element<'static>> {
    let found = sources.position(location).and_then(|at| Some((at, sources.file(at.file)?)));
    let Some((at, file)) = found else {
        return vec![Origin::path(sources.describe(location)).into()];
    };
    if matches!(location, Location::File(_)) {
        return vec![Origin::path(file.name.clone()).into()];
    }
    let Some((line, span)) = line(&file.text, at) else {
        let text = file.text.get(at.span.start..).unwrap_or_default();
        return vec![
            Origin::path(file.name.clone()).line(at.line).char_column(at.column).into(),
            Style::NOTE
                .message(plain(&format!("the text there is `{}`", first(text.lines().next().unwrap_or_default(), LONG_EXCERPT))))
                .into(),
        ];
    };
    let mark = kind.span(span).label(label.map(|label| plain(&label)).unwrap_or_default());
    vec![Snippet::source(line.to_owned()).path(file.name.clone()).line_start(at.line).annotation(mark).into()]
}

/// Further to the right, in minified JSON, only the text itself is shown: the renderer walks the line up to there.
const FAR_RIGHT: usize = 200_000;
const LONG_EXCERPT: usize = 60;

/// The line of a position, cut not too far behind it, and the underlined part of it.
fn line(text: &str, at: Position) -> Option<(&str, Range<usize>)> {
    const AFTER: usize = 200;
    let start = text.get(..at.span.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.split(['\n', '\r']).next()?;
    let span = at.span.start - start..at.span.end - start;
    let rest = line.get(span.end..)?;
    let cut = rest.char_indices().nth(AFTER).map_or(rest.len(), |(cut, _)| cut);
    (span.start <= FAR_RIGHT).then_some((line.get(..span.end + cut)?, span))
}

fn first(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((cut, _)) => format!("{}...", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Names come from the spec: no line breaks, no control characters, no novels.
fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    first(&text, 400)
}
