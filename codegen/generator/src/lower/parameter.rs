use std::collections::BTreeMap;

use super::clash::{Clash, report_clash};
use super::docs::parameter_docs;
use super::group::Group;
use super::media::{Media, contents};
use super::name::Name;
use super::operation::Unsupported;
use super::plan::{Call, Home, home};
use super::schema::types;
use super::words::only_value;
use super::{Lower, docs};
use crate::diagnostic::Tag;
use crate::ir::{Arg, Constant, Docs, Ident, Place, Prim, QueryStyle, TypeRef};
use crate::names::{Claim, Kind, distinct, spelled};
use crate::source::{Cursor, Spot};

/// The arguments of an operation but for its body, in their final order, and what it sends that nobody chooses.
pub(super) struct Args {
    pub(super) args: Vec<Arg>,
    pub(super) constants: Vec<Constant>,
}

/// A parameter that is sent.
struct Parameter<'s> {
    wire: String,
    place: Place,
    required: bool,
    at: Cursor<'s>,
    schema: Option<Cursor<'s>>,
}

impl Parameter<'_> {
    /// A required parameter with one allowed value leaves nothing to choose.
    fn only(&self) -> Option<Constant> {
        let schema = self.schema.as_ref().filter(|_| self.required)?.follow().ok()?;
        let plain = matches!(types(&schema).as_slice(), ["string" | "integer" | "boolean"]) && schema.bool("nullable") != Some(true);
        let value = only_value(&schema).filter(|_| plain && matches!(self.place, Place::Path | Place::Query(_) | Place::Header))?;
        Some(Constant { wire: self.wire.clone(), place: self.place, value })
    }
}

/// Headers that other parts of the document speak for.
const HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'s> Lower<'_, 's> {
    pub(super) fn args(&mut self, group: &Group<Call<'s>>, call: &Call<'s>) -> Result<Args, Unsupported> {
        let mut parameters = Vec::new();
        for at in declared(call) {
            parameters.extend(self.parameter(call, &at)?);
        }
        for wire in placeholders(call.path) {
            if !parameters.iter().any(|parameter| parameter.place == Place::Path && parameter.wire == wire) {
                parameters.push(Parameter { wire: wire.to_owned(), place: Place::Path, required: true, at: call.at.clone(), schema: None });
            }
        }
        let position = |parameter: &Parameter<'s>| call.path.find(&format!("{{{}}}", parameter.wire)).unwrap_or(usize::MAX);
        let rank = |parameter: &Parameter<'s>| match (parameter.required, parameter.place) {
            (true, Place::Path) => match group.bound.keys.iter().position(|key| *key == parameter.wire) {
                Some(position) => (0, position),
                None => (1, position(parameter)),
            },
            (true, Place::Query(_)) => (2, 0),
            (true, Place::Header) => (3, 0),
            (true, Place::Cookie) => (4, 0),
            (true, Place::Element | Place::SoapHeader) | (false, _) => (5, 0),
        };
        parameters.sort_by_key(rank);
        let constants = parameters.extract_if(.., |parameter| !group.bound.keys.contains(&parameter.wire) && parameter.only().is_some());
        let constants = constants.filter_map(|parameter| parameter.only()).collect();
        let names = self.arg_names(call, &parameters);
        let mut args = Vec::new();
        for (parameter, name) in parameters.into_iter().zip(names) {
            args.push(self.arg(group, call, parameter, name));
        }
        Ok(Args { args, constants })
    }

    fn parameter(&mut self, call: &Call<'s>, at: &Cursor<'s>) -> Result<Option<Parameter<'s>>, Unsupported> {
        let (Some(wire), Some(place)) = (at.str("name").filter(|wire| !wire.is_empty()), at.str("in")) else { return Ok(None) };
        if place == "header" && HEADERS.contains(&wire.to_ascii_lowercase().as_str()) {
            let message = format!("the header `{wire}` is not a parameter: bodies, answers and credentials decide it");
            self.warn(Tag::IgnoredParameter, message, at);
            return Ok(None);
        }
        if place == "path" && !placeholders(call.path).any(|name| name == wire) {
            return Ok(None);
        }
        let content = contents(at).into_iter().next();
        let schema = at.get("schema").or_else(|| content.as_ref().and_then(super::media::Content::schema));
        let place = match (place, &content) {
            ("query", Some(content)) if content.media == Media::Json => Place::Query(QueryStyle::Json),
            (place, Some(content)) if content.media == Media::Json && schema.as_ref().is_some_and(is_plain) => {
                let message = format!("`{wire}` is written as plain text, not as JSON: it stands in the {place}");
                self.warn(Tag::ParameterAsText, message, at);
                self.place(at, wire, place)?
            }
            (_, Some(content)) if content.media != Media::Text => {
                return Err(Unsupported::parameter(at, format!("`{wire}` cannot be sent as `{}`", content.mime)));
            }
            _ => self.place(at, wire, place)?,
        };
        let required = at.bool("required") == Some(true) || place == Place::Path;
        Ok(Some(Parameter { wire: wire.to_owned(), place, required, at: at.clone(), schema }))
    }

    fn place(&mut self, at: &Cursor<'s>, wire: &str, place: &str) -> Result<Place, Unsupported> {
        let style = at.str("style");
        let explode = at.bool("explode").unwrap_or(style.is_none_or(|style| style == "form"));
        let query = |style| Ok(Place::Query(style));
        match (place, style) {
            ("path", None | Some("simple")) => Ok(Place::Path),
            ("header", None | Some("simple")) => Ok(Place::Header),
            ("cookie", None | Some("form")) => Ok(Place::Cookie),
            ("query", None | Some("form" | "spaceDelimited" | "pipeDelimited")) if explode => query(QueryStyle::Repeat),
            ("query", None | Some("form")) => query(QueryStyle::Comma),
            ("query", Some("spaceDelimited")) => query(QueryStyle::Space),
            ("query", Some("pipeDelimited")) => query(QueryStyle::Pipe),
            ("query", Some("deepObject")) => query(QueryStyle::Deep),
            (place, style) => {
                let style = style.unwrap_or("its style");
                Err(Unsupported::parameter(at, format!("`{wire}` in {place} cannot be written as `{style}`")))
            }
        }
    }

    /// Names of the arguments, by operation; `operationId.parameter` in `[rename]` overrules.
    fn arg_names(&mut self, call: &Call<'s>, parameters: &[Parameter<'s>]) -> Vec<Ident> {
        let key = |parameter: &Parameter<'s>| format!("{}.{}", call.id, parameter.wire);
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for parameter in parameters {
            let text = self.config.rename.get(&key(parameter)).map_or(inner(&parameter.wire), String::as_str);
            *uses.entry(spelled(Kind::Arg, text)).or_default() += 1;
        }
        let texts: Vec<(String, String, Spot)> = parameters
            .iter()
            .map(|parameter| {
                let text = inner(&parameter.wire);
                let alone = uses.get(&spelled(Kind::Arg, text)) == Some(&1) || parameter.place == Place::Path;
                let text =
                    if alone { text.to_owned() } else { format!("{} {}", parameter.wire, parameter.at.str("in").unwrap_or_default()) };
                (text, key(parameter), parameter.at.spot())
            })
            .collect();
        let claims: Vec<Claim<'_>> =
            texts.iter().map(|(text, key, _)| Claim { text, chosen: self.config.rename.get(key).map(String::as_str) }).collect();
        let given = distinct(Kind::Arg, &claims);
        for ((text, key, at), given) in texts.iter().zip(&given) {
            if let Some((_, _, other)) = given.clash.and_then(|index| texts.get(index)) {
                let (wanted, given) = (spelled(Kind::Arg, text), given.name.as_str());
                let clash = Clash { what: "argument", table: "rename", key, wanted: &wanted, given, at, other };
                report_clash(&clash, self.config, self.report);
            }
        }
        given.into_iter().map(|given| given.name).collect()
    }

    fn arg(&mut self, group: &Group<Call<'s>>, call: &Call<'s>, parameter: Parameter<'s>, name: Ident) -> Arg {
        let Parameter { wire, place, required, at, schema } = parameter;
        let ty = match &schema {
            Some(schema) => self.schema_called(schema, |lower| lower.parameter_name(&at, &wire)),
            None => TypeRef::Prim(Prim::String),
        };
        let own = if at.spot() == call.at.spot() { Docs::default() } else { docs::docs(&at) };
        let docs = match &schema {
            Some(schema) => parameter_docs(own, schema),
            None => own,
        };
        let from_handle = place == Place::Path && group.bound.keys.contains(&wire);
        Arg { wire, name, docs, ty, required, from_handle, place, xml: None }
    }

    /// What the type of a parameter is called: after the operation, or after what is shared by several.
    fn parameter_name(&self, at: &Cursor<'s>, wire: &str) -> Name {
        match home(at) {
            Home::Operation { id, .. } => Name::new(&id).child(inner(wire)),
            Home::Path(path) => {
                let steps: Vec<&str> = path.split('/').filter(|step| !step.contains('{')).collect();
                Name::new(&steps.join("_")).child(inner(wire))
            }
            Home::Components => {
                let (name, _) = self.name_of(at);
                let fallback = format!("{}Parameter", name.text);
                name.or(&fallback)
            }
        }
    }
}

/// Whether the values of a schema are scalars.
fn is_plain(schema: &Cursor<'_>) -> bool {
    let target = schema.follow().ok();
    target.is_some_and(|target| matches!(types(&target).as_slice(), ["string" | "integer" | "number" | "boolean"]))
}

/// All parameters of an operation: its own, then those of the path that it does not replace.
pub(super) fn declared<'s>(call: &Call<'s>) -> Vec<Cursor<'s>> {
    let list = |at: &Cursor<'s>| -> Vec<Cursor<'s>> {
        at.get("parameters").iter().flat_map(Cursor::items).filter_map(|at| at.follow().ok()).collect()
    };
    let mut all: Vec<Cursor<'s>> = Vec::new();
    for at in list(&call.at).into_iter().chain(list(&call.item)) {
        let same = |known: &Cursor<'s>| known.str("name") == at.str("name") && known.str("in") == at.str("in");
        if !all.iter().any(same) {
            all.push(at);
        }
    }
    all
}

/// The names in the braces of a path.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).filter(|name| !name.is_empty())
}

/// What a parameter is about: `filters[search]` is about `search`, `ids[]` about `ids`.
fn inner(wire: &str) -> &str {
    let wire = wire.strip_suffix("[]").unwrap_or(wire);
    let filter = wire.strip_prefix("filters[").or_else(|| wire.strip_prefix("filter["));
    filter.and_then(|rest| rest.strip_suffix(']')).filter(|rest| !rest.contains(['[', ']']) && !rest.is_empty()).unwrap_or(wire)
}
