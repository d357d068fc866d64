//! A compact text of an [`Api`], for eyes and for golden tests: one line per operation, argument, type and member.

use std::fmt::{self, Write};

use super::reach::reached;
use super::show_soap::XmlNames;
use super::{
    Api, Arg, ArmRule, Auth, Body, Constant, Conversion, Count, Dependency, Docs, Job, JobArg, Key, ModuleGate, Operation, Output, Paging,
    Place, Presence, Prim, Protocol, Retry, SchemePlace, Segment, Shape, StructRole, Tagging, Total, Type, TypeRef, Unwrap, Wire,
};

/// The whole API, or only what concerns the operations that `wanted` accepts.
#[must_use]
pub fn show(api: &Api, wanted: &dyn Fn(&Operation) -> bool) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = Shower { api, xml: XmlNames::new(api), out: &mut text }.api(wanted);
    text
}

struct Shower<'a> {
    api: &'a Api,
    xml: XmlNames<'a>,
    out: &'a mut String,
}

impl Shower<'_> {
    fn api(&mut self, wanted: &dyn Fn(&Operation) -> bool) -> fmt::Result {
        let api = self.api;
        writeln!(self.out, "api {} \"{}\"{}", api.package, api.title, docs(&api.docs))?;
        if let Protocol::Soap { omit_empty } = api.protocol {
            let empty = if omit_empty { ", without empty elements" } else { "" };
            writeln!(self.out, "soap in {}{empty}", self.xml.home())?;
        }
        for server in &api.servers {
            writeln!(self.out, "server {}{}", server.url, docs(&server.docs))?;
        }
        for scheme in &api.schemes {
            let place = match &scheme.place {
                SchemePlace::Header(name) => format!("header {name}"),
                SchemePlace::Query(name) => format!("query {name}"),
                SchemePlace::Cookie(name) => format!("cookie {name}"),
                SchemePlace::Basic => "basic".to_owned(),
                SchemePlace::Bearer => "bearer".to_owned(),
                SchemePlace::Login { token, refresh, refresh_client } => {
                    let client = refresh_client.as_deref().map(|name| format!(" as {name}")).unwrap_or_default();
                    format!("login at {token}, renewed at {refresh}{client}")
                }
                SchemePlace::Element { name, ty } => format!("element {}: {}", self.xml.qname(name), self.ty(ty)),
            };
            let env = scheme.env.as_deref().map(|env| format!(" env {env}")).unwrap_or_default();
            writeln!(self.out, "scheme {} = .{}() in {place}{env}", scheme.wire, scheme.setter)?;
        }
        if let Some(limit) = api.rate_limit {
            writeln!(self.out, "rate limit {} in {} s", limit.requests, limit.seconds)?;
        }
        if let Some(envelope) = &api.envelope {
            writeln!(self.out, "envelope {}, ok {}", envelope.value, envelope.ok.as_deref().unwrap_or("-"))?;
        }
        if let Some(fault) = &api.fault {
            writeln!(self.out, "fault {}", self.ty(fault))?;
        }
        for handle in &api.handles {
            writeln!(self.out, "handle {} {}({})", handle.module, handle.ty, self.keys(&handle.keys))?;
        }
        for resource in &api.resources {
            let operations: Vec<&Operation> = resource.operations.iter().filter(|operation| wanted(operation)).collect();
            if operations.is_empty() {
                continue;
            }
            let keys = self.keys(&resource.keys);
            let under = resource.under.as_ref().map(|under| format!(" under {under}")).unwrap_or_default();
            let feature = Some(&resource.feature).filter(|feature| **feature != resource.module.bare().replace('_', "-"));
            let feature = feature.map(|feature| format!(" feature {feature}")).unwrap_or_default();
            writeln!(self.out, "\nresource {} {}({}){under}{feature}{}", resource.module, resource.ty, keys, docs(&resource.docs))?;
            operations.into_iter().try_for_each(|operation| self.operation(operation))?;
        }
        for conversion in &api.conversions {
            self.conversion(conversion)?;
        }
        for module in &api.modules {
            let gate = match &module.gate {
                ModuleGate::Always => " always".to_owned(),
                ModuleGate::Own { needs, .. } => needs.iter().map(|need| format!(" needs {need}")).collect(),
                ModuleGate::With(other) => format!(" with {other}"),
            };
            writeln!(self.out, "module {}{gate}{}", module.name, crates(&module.dependencies))?;
        }
        for example in &api.examples {
            let features: String = example.features.iter().map(|feature| format!(" needs {feature}")).collect();
            writeln!(self.out, "example {}{features}{}", example.name, crates(&example.dependencies))?;
        }
        let shown = api.resources.iter().flat_map(|resource| &resource.operations).filter(|operation| wanted(operation));
        let reached = reached(api, shown);
        if !reached.is_empty() {
            writeln!(self.out)?;
        }
        api.types.iter().filter(|(id, _)| reached.contains(id)).try_for_each(|(_, ty)| self.named(ty))
    }

    fn keys(&self, keys: &[Key]) -> String {
        keys.iter().map(|key| format!("{}: {}", key.name, self.ty(&key.ty))).collect::<Vec<_>>().join(", ")
    }

    fn operation(&mut self, op: &Operation) -> fmt::Result {
        let wire = match &op.wire {
            Wire::Rest(rest) => {
                let path: String = rest.path.iter().map(|segment| self.segment(op, segment)).collect();
                let server = rest.server.as_deref().unwrap_or_default();
                format!("{} {server}{path}{}", rest.method, if rest.elsewhere { " or elsewhere" } else { "" })
            }
            Wire::Soap(soap) => self.xml.soap(soap),
        };
        let deprecated = if op.deprecated.is_some() { " deprecated" } else { "" };
        writeln!(self.out, "  {} {} [{}] {wire}{deprecated}{}", op.method, op.ty, op.id, docs(&op.docs))?;
        op.args.iter().try_for_each(|arg| self.arg(arg))?;
        if let Wire::Rest(rest) = &op.wire {
            let beside = |constant: &&Constant| constant.place != Place::Path;
            rest.constants.iter().filter(beside).try_for_each(|Constant { wire, place, value }| {
                writeln!(self.out, "    sends {wire} = {value} in {}", self::place(*place))
            })?;
        }
        if let Some(body) = &op.body {
            let optional = if op.body_optional { "?" } else { "" };
            writeln!(self.out, "    body{optional} {}", self.body(body))?;
        }
        let fault = match &op.wire {
            Wire::Soap(soap) => self.xml.details(soap, |ty| self.ty(ty)),
            Wire::Rest(_) if self.api.fault.is_some() => String::new(),
            Wire::Rest(_) => format!(" fault {}", self.ty(&op.fault)),
        };
        let auth = match &op.auth {
            Auth::None => "none".to_owned(),
            Auth::AnyOf(sets) => sets.iter().map(|set| format!("({})", set.join(" + "))).collect::<Vec<_>>().join(" or "),
        };
        let retry = if op.retry == Retry::Idempotent { "idempotent" } else { "only refused" };
        writeln!(self.out, "    -> {}{fault}; auth {auth}; retry {retry}", self.output(&op.output))?;
        if let Some(job) = &op.job {
            self.job(op, job)?;
        }
        op.paging.as_ref().map_or(Ok(()), |paging| self.paging(op, paging))
    }

    fn job(&mut self, op: &Operation, job: &Job) -> fmt::Result {
        let arg = |arg: &JobArg| match arg {
            JobArg::Id(field) => format!("its {field}"),
            JobArg::Own(id) => op.args.get(id.0).map_or("", |arg| arg.name.as_str()).to_owned(),
        };
        let args = job.args.iter().map(arg).collect::<Vec<_>>().join(", ");
        let (done, failed) = (job.done.join(" | "), job.failed.join(" | "));
        writeln!(self.out, "    job asked for by {}.{}({args}), {}: done {done}, failed {failed}", job.module, job.poll, job.state)
    }

    fn segment(&self, op: &Operation, segment: &Segment) -> String {
        match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Arg(id) => op.args.get(id.0).map(|arg| format!("{{{}}}", arg.name)).unwrap_or_default(),
        }
    }

    fn arg(&mut self, arg: &Arg) -> fmt::Result {
        let place = match arg.place {
            Place::Path if arg.from_handle => "path, from the handle".to_owned(),
            Place::SoapHeader => format!("header {}", self.xml.member(arg.xml.as_ref())),
            Place::Element => self.xml.member(arg.xml.as_ref()),
            place => self::place(place),
        };
        let optional = if arg.required { "" } else { "?" };
        writeln!(self.out, "    {}{optional} {}: {} in {place}{}", arg.name, arg.wire, self.ty(&arg.ty), docs(&arg.docs))
    }

    fn body(&self, body: &Body) -> String {
        match body {
            Body::Json { ty, mime } => format!("{} as {mime}", self.ty(ty)),
            Body::Form(ty) => format!("form {}", self.ty(ty)),
            Body::Multipart(ty) => format!("multipart {}", self.ty(ty)),
            Body::File { mime } => format!("file as {}", mime.as_deref().unwrap_or("it is")),
            Body::Text { mime } => format!("text {mime}"),
            Body::Xml(ty) => format!("{} as xml", self.ty(ty)),
        }
    }

    fn output(&self, output: &Output) -> String {
        match output {
            Output::Empty => "nothing".to_owned(),
            Output::Bytes { mime } => format!("bytes {mime}"),
            Output::Text { mime } => format!("text {mime}"),
            Output::Xml { ty, element, child } => {
                let child = child.as_ref().map(|(wire, xml)| format!("/{wire} {}", self.xml.member(Some(xml)))).unwrap_or_default();
                format!("{} at {}{child}", self.ty(ty), self.xml.qname(element))
            }
            Output::Json { mime, ty, unwrap, count, optional } => {
                let unwrap = match unwrap {
                    Unwrap::Whole => "",
                    Unwrap::Value => " at the value",
                    Unwrap::ValueOrWhole => " at the value or whole",
                };
                let count = match count {
                    Count::Whole => String::new(),
                    Count::One => " or a list of one".to_owned(),
                    Count::Many => " or one entry".to_owned(),
                    Count::Paged(member) => format!(" or one entry or a page of {member}"),
                };
                let optional = if *optional { " or nothing" } else { "" };
                format!("{}{unwrap}{count}{optional} from {mime}", self.ty(ty))
            }
        }
    }

    fn paging(&mut self, op: &Operation, paging: &Paging) -> fmt::Result {
        let arg = |id: &super::ArgId| op.args.get(id.0).map_or("", |arg| arg.name.as_str());
        let path = |items: &[super::Ident]| items.iter().map(super::Ident::as_str).collect::<Vec<_>>().join(".");
        let counted = |total: &Total| match total {
            Total::Path(fields) => path(fields),
            Total::Header(name) => format!("header {name}"),
        };
        match paging {
            Paging::Offset { offset, limit, size, items, total, item, .. } => {
                let total = total.as_ref().map_or_else(|| "-".to_owned(), counted);
                let (item, items) = (self.ty(item), path(items));
                writeln!(self.out, "    pages of {item} at {items} by offset {} limit {} = {size}, total {total}", arg(offset), arg(limit))
            }
            Paging::Page { page, first, size, items, total, item, .. } => {
                let total = total.as_ref().map(|total| format!(", total {}", counted(total))).unwrap_or_default();
                let (item, items) = (self.ty(item), path(items));
                writeln!(self.out, "    pages of {item} at {items} by page {} from {first}, size {size}{total}", arg(page))
            }
            Paging::Token { token, items, next, item, .. } => {
                writeln!(self.out, "    pages of {} at {} by token {} from {next}", self.ty(item), path(items), arg(token))
            }
        }
    }

    fn named(&mut self, ty: &Type) -> fmt::Result {
        let used: Vec<&str> = ty.used_by.iter().map(super::Ident::as_str).collect();
        let used = if used.is_empty() { "all".to_owned() } else { used.join(" ") };
        let kind = match &ty.shape {
            Shape::Struct(shape) => match shape.role {
                StructRole::Input => "input".to_owned(),
                StructRole::Output => "output".to_owned(),
                StructRole::Both => "struct".to_owned(),
            },
            Shape::Words(_) => "words".to_owned(),
            Shape::Flags(_) => "flags".to_owned(),
            Shape::Form(_) => "form".to_owned(),
            Shape::Union(union) => match &union.tagging {
                Tagging::Untagged => "union".to_owned(),
                Tagging::Member(tag) => format!("union by {tag}"),
                Tagging::Element => "union by element".to_owned(),
            },
        };
        writeln!(self.out, "{kind} {} [{}] for {used}{}", ty.name, ty.wire, docs(&ty.docs))?;
        match &ty.shape {
            Shape::Struct(shape) => shape.fields.iter().try_for_each(|field| {
                let mark = match field.presence {
                    Presence::Required => "",
                    Presence::Nullable => " or null",
                    Presence::Optional => "?",
                    Presence::Patch => "? or null",
                };
                let deprecated = if field.deprecated { " deprecated" } else { "" };
                let aliases: String = field.aliases.iter().map(|alias| format!(" | {alias}")).collect();
                let (shown, xml) =
                    (self.ty(&field.ty), field.xml.as_ref().map(|xml| format!(" as {}", self.xml.member(Some(xml)))).unwrap_or_default());
                writeln!(self.out, "  {} {}{aliases}: {shown}{mark}{xml}{deprecated}{}", field.name, field.wire, docs(&field.docs))
            }),
            Shape::Words(words) => words.words.iter().try_for_each(|word| {
                let aliases: String = word.aliases.iter().map(|alias| format!(" | {alias:?}")).collect();
                writeln!(self.out, "  {} = {:?}{aliases}{}", word.name, word.wire, docs(&word.docs))
            }),
            Shape::Union(union) => union.arms.iter().try_for_each(|arm| {
                let ArmRule(values) = &arm.rule;
                let values = match &arm.element {
                    Some(element) => format!(" when {}", self.xml.qname(element)),
                    None if values.is_empty() => String::new(),
                    None => format!(" when {}", values.join(" | ")),
                };
                writeln!(self.out, "  {}({}){values}", arm.name, self.ty(&arm.ty))
            }),
            Shape::Flags(flags) => {
                flags.flags.iter().try_for_each(|flag| writeln!(self.out, "  {} {} = {:#b}", flag.name, flag.wire, flag.bits))
            }
            Shape::Form(form) => form.parts.iter().try_for_each(|part| {
                let (optional, json) = (if part.required { "" } else { "?" }, if part.json { " as json" } else { "" });
                writeln!(self.out, "  {}{optional} {}: {}{json}{}", part.name, part.wire, self.ty(&part.ty), docs(&part.docs))
            }),
        }
    }

    fn conversion(&mut self, conversion: &Conversion) -> fmt::Result {
        let name = |id| self.ty(&TypeRef::Named(id));
        let (to, from, tries) = (name(conversion.to), name(conversion.from), if conversion.fallible { " perhaps" } else { "" });
        writeln!(self.out, "convert {to} from {from}{tries}")?;
        let Some(Shape::Struct(shape)) = self.api.types.get(conversion.to).map(|ty| &ty.shape) else { return Ok(()) };
        shape.fields.iter().zip(&conversion.fields).try_for_each(|(field, taken)| match taken {
            Some(taken) => writeln!(self.out, "  {} = {} {:?}", field.name, taken.field, taken.change),
            None => writeln!(self.out, "  {} left out", field.name),
        })
    }

    fn ty(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Prim(prim) => match prim {
                Prim::Bool => "bool",
                Prim::I32 => "i32",
                Prim::I64 => "i64",
                Prim::U64 => "u64",
                Prim::F32 => "f32",
                Prim::F64 => "f64",
                Prim::String => "text",
                Prim::DateTime => "datetime",
                Prim::Date => "date",
                Prim::Base64 => "base64",
                Prim::File => "file",
                Prim::Decimal => "decimal",
                Prim::Secret => "secret",
                Prim::Xml => "xml",
            }
            .to_owned(),
            TypeRef::Named(id) => self.api.types.get(*id).map_or_else(|| format!("#{}", id.0), |ty| ty.name.to_string()),
            TypeRef::List(inner) => format!("[{}]", self.ty(inner)),
            TypeRef::Map(inner) => format!("{{{}}}", self.ty(inner)),
            TypeRef::Nullable(inner) => format!("({} or null)", self.ty(inner)),
            TypeRef::Boxed(inner) => format!("box {}", self.ty(inner)),
            TypeRef::Json => "json".to_owned(),
            TypeRef::Tokens(inner) => format!("tokens {}", self.ty(inner)),
        }
    }
}

/// Where a value goes.
fn place(place: Place) -> String {
    match place {
        Place::Path => "path".to_owned(),
        Place::Query(style) => format!("query {style:?}").to_lowercase(),
        Place::Header | Place::SoapHeader => "header".to_owned(),
        Place::Cookie => "cookie".to_owned(),
        Place::Element => "body".to_owned(),
    }
}

/// The first words of a documentation.
fn docs(docs: &Docs) -> String {
    const SHOWN: usize = 40;
    let text: String = docs.summary.chars().take(SHOWN).collect();
    if text.is_empty() { text } else { format!("  // {text}") }
}

fn crates(dependencies: &[Dependency]) -> String {
    let one = |dependency: &Dependency| {
        let Dependency { name, version, features } = dependency;
        format!(" on {name} {version}{}", features.iter().map(|feature| format!(" +{feature}")).collect::<String>())
    };
    dependencies.iter().map(one).collect()
}
