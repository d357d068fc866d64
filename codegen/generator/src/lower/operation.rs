use super::Lower;
use super::docs::docs;
use super::group::Group;
use super::head::origin;
use super::parameter::{Args, placeholders};
use super::plan::Call;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::{self, Arg, ArgId, Auth, Constant, Output, Place, Rest, Retry, Segment, Wire};
use crate::source::{Cursor, Location, Spot};

/// Why an operation is left out.
pub(super) struct Unsupported {
    tag: Tag,
    message: String,
    at: Location,
    help: Option<String>,
}

impl Unsupported {
    pub(super) fn new(tag: Tag, at: &Cursor<'_>, message: String) -> Self {
        Self::at(tag, at.key_location(), message)
    }

    pub(super) fn at(tag: Tag, at: Location, message: String) -> Self {
        Self { tag, message, at, help: None }
    }

    pub(super) fn help(self, help: &str) -> Self {
        Self { help: Some(help.to_owned()), ..self }
    }

    /// Says so, and rules the operation out.
    pub(super) fn tell(self, operation: Spot, report: &mut Report) {
        report.push(Diagnostic::new(self.tag, self.message, self.at).maybe_help(self.help));
        report.block(operation);
    }

    pub(super) fn parameter(at: &Cursor<'_>, message: String) -> Self {
        let help = "supported are `simple` in paths and headers, `form` in cookies, and all styles of queries";
        Self::new(Tag::UnsupportedParameter, at, message).help(help)
    }
}

impl<'s> Lower<'_, 's> {
    /// An operation whose types are drafts still; `None`, and a report, if it cannot be done.
    pub(super) fn operation(&mut self, document: &Cursor<'s>, group: &Group<Call<'s>>, call: &Call<'s>) -> Option<ir::Operation> {
        match self.try_operation(document, group, call) {
            Ok(operation) => Some(operation),
            Err(unsupported) => {
                unsupported.tell(call.at.spot(), self.report);
                None
            }
        }
    }

    fn try_operation(&mut self, document: &Cursor<'s>, group: &Group<Call<'s>>, call: &Call<'s>) -> Result<ir::Operation, Unsupported> {
        let server = super::server::step(document, call)?;
        let Args { args, constants } = self.args(group, call)?;
        let (body, body_optional) = self.body(call)?;
        let output = if call.verb == "head" { Output::Empty } else { self.output(call)? };
        let path = segments(call.path, &args, &constants);
        let constants = constants.into_iter().filter(|constant| constant.place != Place::Path).collect();
        let elsewhere = self.config.elsewhere.contains(&call.id);
        Ok(ir::Operation {
            name: format!("{}.{}", group.module.bare(), call.method.bare()),
            method: call.method.clone(),
            ty: call.ty.clone(),
            docs: docs(&call.at),
            deprecated: (call.at.bool("deprecated") == Some(true)).then(String::new),
            wire: Wire::Rest(Rest {
                method: call.verb.to_ascii_uppercase(),
                server,
                path,
                constants,
                template: call.path.to_owned(),
                elsewhere,
            }),
            args,
            body,
            body_optional,
            output,
            fault: self.fault(call),
            paging: None,
            job: None,
            auth: self.auth(document, call)?,
            retry: self.retry(call),
            origin: origin(&call.at),
            id: call.id.clone(),
        })
    }

    fn retry(&self, call: &Call<'s>) -> Retry {
        let harmless = matches!(call.verb, "get" | "head" | "options" | "trace" | "put" | "delete");
        let idempotent = (harmless && !self.config.only_refused.contains(&call.id)) || self.config.idempotent.contains(&call.id);
        if idempotent { Retry::Idempotent } else { Retry::OnlyRefused }
    }

    /// Which credentials an operation wants. Alternatives that cannot be met are left out; if none is left, so is the operation.
    fn auth(&mut self, document: &Cursor<'s>, call: &Call<'s>) -> Result<Auth, Unsupported> {
        let Some(list) = call.at.get("security").or_else(|| document.get("security")) else { return Ok(Auth::None) };
        let schemes = document.get("components").and_then(|components| components.get("securitySchemes"));
        let scheme = |name: &str| schemes.as_ref().and_then(|schemes| schemes.get(name)).and_then(|scheme| scheme.follow().ok());
        let mut sets = Vec::new();
        let mut refused = None;
        for alternative in list.items() {
            // A scheme that is not defined was reported already; it cannot be asked for.
            let known: Vec<(&str, Cursor<'s>)> = alternative.entries().filter_map(|(name, _)| Some((name, scheme(name)?))).collect();
            match known.iter().find(|(_, at)| super::head::place(at).is_none()) {
                Some((name, _)) => refused = Some((*name).to_owned()),
                None => sets.push(known.into_iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()),
            }
        }
        match refused {
            Some(name) if sets.is_empty() => {
                let message = format!("`{}` wants the credentials of `{name}`, which cannot be sent", call.id);
                Err(Unsupported::new(Tag::UnsupportedSecurity, &list, message))
            }
            _ if sets.iter().all(Vec::is_empty) => Ok(Auth::None),
            _ => Ok(Auth::AnyOf(sets)),
        }
    }
}

/// The pieces of a path.
fn segments(path: &str, args: &[Arg], constants: &[Constant]) -> Vec<Segment> {
    let mut segments = Vec::new();
    // What follows `#` tells operations apart in some documents and is never sent.
    let mut rest = path.split('#').next().unwrap_or(path);
    for name in placeholders(path) {
        let Some((before, after)) = rest.split_once(&format!("{{{name}}}")) else { break };
        let id = args.iter().position(|arg| arg.place == Place::Path && arg.wire == name);
        push_literal(&mut segments, before);
        segments.extend(id.map(|id| Segment::Arg(ArgId(id))));
        let constant = constants.iter().find(|constant| constant.place == Place::Path && constant.wire == name);
        constant.into_iter().for_each(|constant| push_literal(&mut segments, &constant.value));
        rest = after;
    }
    push_literal(&mut segments, rest);
    segments
}

fn push_literal(segments: &mut Vec<Segment>, text: &str) {
    if text.is_empty() {
        return;
    }
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%?".contains(byte);
    let encoded = text.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    match segments.last_mut() {
        Some(Segment::Literal(before)) => before.extend(encoded),
        _ => segments.push(Segment::Literal(encoded.collect())),
    }
}
