use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::source::{Location, Spot};

/// Two things of the document that want the same Rust name.
#[derive(Debug)]
pub(super) struct Clash<'a> {
    /// `type`, `field`, `word`, …
    pub(super) what: &'static str,
    /// The table of `sdk.toml` that decides such names.
    pub(super) table: &'a str,
    /// What stands left of the `=` in that table.
    pub(super) key: &'a str,
    pub(super) wanted: &'a str,
    pub(super) given: &'a str,
    pub(super) at: &'a Spot,
    pub(super) other: &'a Spot,
}

/// Schemas of one name in two files, which are not the same. `[rename]` could only rename both.
pub(super) fn report_namesake(name: &str, given: &str, at: &Spot, other: &Spot, config: &Config, report: &mut Report) {
    let diagnostic = if config.file.is_some() {
        Diagnostic::new(Tag::NameCollision, format!("there are two schemas `{name}`, and they differ"), Location::key(at))
    } else {
        Diagnostic::new(Tag::ChosenName, format!("there is another schema `{name}`; this one is called `{given}`"), Location::key(at))
    };
    let help = "give one of them another name where it stands: `[rename]` knows schemas by their names alone";
    report.push(diagnostic.also(Location::key(other), "the other one").help(help));
}

/// Who writes a `sdk.toml` decides the names: there a clash is an error. Without one the name that was made up has to do.
pub(super) fn report_clash(clash: &Clash<'_>, config: &Config, report: &mut Report) {
    let Clash { what, table, key, wanted, given, at, other } = clash;
    let example = if key == given { "AnotherName" } else { given.strip_prefix("r#").unwrap_or(given) };
    let line = format!("{key:?} = {example:?}");
    let diagnostic = if config.file.is_some() {
        Diagnostic::new(Tag::NameCollision, format!("two things become the {what} `{wanted}`"), Location::key(at))
            .help(format!("write under `[{table}]` in sdk.toml, for example: {line}"))
    } else {
        Diagnostic::new(Tag::ChosenName, format!("the {what} `{wanted}` is taken; this one is called `{given}`"), Location::key(at))
            .help(format!("to choose another name, write under `[{table}]` in sdk.toml, for example: {line}"))
    };
    report.push(diagnostic.also(Location::key(other), format!("this is `{wanted}`")));
}
