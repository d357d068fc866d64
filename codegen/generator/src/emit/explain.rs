//! The documentation of an operation.

use super::docs::{Doc, code};
use super::scope::Scope;
use super::{job, types};
use crate::ir::{Auth, Operation, Resource, Retry, Soap, SoapVersion, TypeRef, Wire};

/// The whole story, for the handle's method.
pub(super) fn operation(scope: &Scope<'_>, resource: &Resource, op: &Operation) -> Doc {
    let doc = Doc::of(&op.docs, &format!("Calls {}.", code(&op.id)));
    let doc = match &op.deprecated {
        Some(note) if !note.is_empty() => doc.own("**Deprecated:**").foreign(note),
        Some(_) | None => doc,
    };
    let doc = arguments(op, doc).own(&facts(scope, op)).own(&optional(op)).own(&job(scope, resource, op));
    details(scope, op, doc).provenance(&op.docs)
}

/// What the parameters of the handle's method are, as far as the specification says it.
fn arguments(op: &Operation, doc: Doc) -> Doc {
    let args = op.args.iter().filter(|arg| arg.required && !arg.from_handle);
    let lines = args.filter_map(|arg| Some(super::docs::line(&arg.docs.summary)).filter(|text| !text.is_empty()).map(|text| (arg, text)));
    let lines: Vec<String> = lines.map(|(arg, text)| format!("- {}: {text}", code(arg.name.bare()))).collect();
    if lines.is_empty() { doc } else { doc.list(&lines) }
}

/// One line, for the operation's value.
pub(super) fn value(op: &Operation) -> Doc {
    let summary = super::docs::line(&op.docs.summary);
    let text = if summary.is_empty() { format!("{} as a value.", request_line(op)) } else { format!("{}: {summary}", request_line(op)) };
    Doc::new(&text)
}

fn request_line(op: &Operation) -> String {
    match &op.wire {
        Wire::Rest(rest) => code(&format!("{} {}", rest.method, rest.template)),
        Wire::Soap(_) => format!("SOAP operation {}", code(&op.id)),
    }
}

fn facts(scope: &Scope<'_>, op: &Operation) -> String {
    let mut facts = vec![request_line(op)];
    if let Wire::Soap(soap) = &op.wire {
        facts.extend(exchange(scope, soap));
    }
    facts.push(credentials(&op.auth));
    facts.push(match op.retry {
        Retry::Idempotent => "repeated after passing failures".to_owned(),
        Retry::OnlyRefused => "repeated only when the server did not act".to_owned(),
    });
    if matches!(&op.wire, Wire::Rest(rest) if rest.elsewhere) {
        facts.push("redirects to other hosts are followed, without credentials".to_owned());
    }
    if let Some(fault) = fault(scope, &op.fault) {
        facts.push(format!("faults: {fault}"));
    }
    format!("{}.", facts.join("; "))
}

/// What is particular to a SOAP operation.
fn exchange(scope: &Scope<'_>, soap: &Soap) -> Vec<String> {
    let mut facts = Vec::new();
    if !soap.action.is_empty() {
        facts.push(format!("action {}", code(&soap.action)));
    }
    if soap.versions != super::soap::versions(scope.api) {
        let versions = soap.versions.iter().map(|version| match version {
            SoapVersion::V11 => "1.1",
            SoapVersion::V12 => "1.2",
        });
        facts.push(format!("only in SOAP {}", versions.collect::<Vec<_>>().join(" and ")));
    }
    facts
}

/// How to read the details of faults that the operation declares.
fn details(scope: &Scope<'_>, op: &Operation, doc: Doc) -> Doc {
    let Wire::Soap(Soap { details, .. }) = &op.wire else { return doc };
    let lines = details.iter().map(|detail| {
        let namespace = scope.namespaces.name(&detail.element.namespace).map_or_else(|| "\"\"".to_owned(), str::to_owned);
        let name = code(&format!("QName({namespace}, {:?})", detail.element.local));
        fault(scope, &detail.ty).map_or_else(|| format!("- {name}"), |ty| format!("- {name} as {ty}"))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return doc;
    }
    doc.own("Its faults may hold these details, read by [`SoapFault::detail`](crate::SoapFault::detail):").list(&lines)
}

fn credentials(auth: &Auth) -> String {
    let Auth::AnyOf(sets) = auth else { return "no credentials".to_owned() };
    let sets: Vec<String> = sets
        .iter()
        .map(|set| match set.as_slice() {
            [] => "none".to_owned(),
            names => names.iter().map(|name| code(name)).collect::<Vec<_>>().join(" with "),
        })
        .collect();
    format!("credentials: {}", sets.join(" or "))
}

fn fault(scope: &Scope<'_>, fault: &TypeRef) -> Option<String> {
    match fault {
        TypeRef::Named(id) => types::link(scope.api, *id),
        TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Map(inner) | TypeRef::Tokens(inner) => {
            self::fault(scope, inner)
        }
        TypeRef::Prim(_) | TypeRef::Json => None,
    }
}

/// How to wait for the job that is answered.
fn job(scope: &Scope<'_>, resource: &Resource, op: &Operation) -> String {
    let Some(job) = &op.job else { return String::new() };
    let feature = job::feature(scope.api, resource, job).map(|feature| format!(" (with feature {})", code(feature)));
    format!("Answers a job: [`send_and_wait`](crate::Request::send_and_wait) returns when it is over{}.", feature.unwrap_or_default())
}

fn optional(op: &Operation) -> String {
    let names: Vec<String> = op.args.iter().filter(|arg| !arg.required).map(|arg| code(arg.name.bare())).collect();
    if names.is_empty() { String::new() } else { format!("Optional: {}.", names.join(", ")) }
}
