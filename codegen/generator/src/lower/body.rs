use super::Lower;
use super::docs::{member_docs, schema_docs};
use super::draft::{Part, Shape};
use super::media::{Content, Media, contents, is_binary};
use super::name::Name;
use super::object::Members;
use super::operation::Unsupported;
use super::plan::{Call, Home, home};
use super::schema::types;
use crate::diagnostic::Tag;
use crate::ir::{Body, Prim, TypeId, TypeRef};
use crate::names::{camel_of, words};
use crate::source::Cursor;

impl<'s> Lower<'_, 's> {
    /// What an operation sends, and whether it may be left out.
    pub(super) fn body(&mut self, call: &Call<'s>) -> Result<(Option<Body>, bool), Unsupported> {
        let Some(at) = call.at.get("requestBody").and_then(|body| body.follow().ok()) else { return Ok((None, false)) };
        let Some(content) = contents(&at).into_iter().next() else { return Ok((None, false)) };
        let name = match home(&at) {
            Home::Operation { id, .. } => body_name(&id),
            Home::Path(_) | Home::Components => {
                let (name, _) = self.name_of(&at);
                let fallback = format!("{}Body", name.text);
                name.or(&fallback)
            }
        };
        let optional = at.bool("required") != Some(true);
        let mime = content.mime.clone();
        let body = match content.media {
            Media::Json => Body::Json { ty: self.content_type(&content, &name, TypeRef::Json), mime },
            Media::Form => Body::Form(self.content_type(&content, &name, TypeRef::Map(Box::new(TypeRef::Json)))),
            Media::Multipart => Body::Multipart(self.form(call, &content, &name)?),
            Media::Text => Body::Text { mime },
            Media::Bytes => Body::File { mime: only_mime(&at) },
            Media::Unsupported => {
                let help = "supported are JSON, forms, `multipart/form-data`, text and bytes";
                let message = format!("a body of `{mime}` cannot be sent; {help}");
                return Err(Unsupported::new(Tag::UnsupportedBody, &content.at, message));
            }
        };
        Ok((Some(body), optional))
    }

    pub(super) fn content_type(&mut self, content: &Content<'s>, name: &Name, otherwise: TypeRef) -> TypeRef {
        content.schema().map_or(otherwise, |schema| self.schema(&schema, name))
    }

    /// A form is called after its schema, or else after the operation.
    fn form(&mut self, call: &Call<'s>, content: &Content<'s>, name: &Name) -> Result<TypeRef, Unsupported> {
        let mut members = Members::default();
        if let Some(schema) = content.schema() {
            self.gather(&schema, name, &mut members, &mut Vec::new());
        }
        if members.properties.is_empty() {
            let message = "the parts of this form are not known: its schema has no properties".to_owned();
            return Err(Unsupported::new(Tag::UnsupportedBody, &content.at, message));
        }
        let encoding = content.at.get("encoding");
        let mut parts = Vec::new();
        for property in &members.properties {
            let sent_as =
                encoding.as_ref().and_then(|all| all.get(&property.wire)).and_then(|one| one.str("contentType").map(str::to_owned));
            let ty = self.part(&property.at, &name.child(&property.wire), sent_as.as_deref());
            parts.push(Part {
                wire: property.wire.clone(),
                docs: member_docs(&property.at),
                ty,
                required: members.required.contains(&property.wire),
                json: sent_as.is_some_and(|mime| mime.contains("json")),
                origin: property.at.spot(),
            });
        }
        Ok(TypeRef::Named(self.form_type(call, content, parts)))
    }

    /// The type of a form; operations that send the same schema share one.
    fn form_type(&mut self, call: &Call<'s>, content: &Content<'s>, parts: Vec<Part>) -> TypeId {
        let own = Name::new(&format!("{} form", call.id));
        let target = content.schema().and_then(|schema| schema.follow().ok());
        let docs = target.as_ref().map(schema_docs).unwrap_or_default();
        let (spot, name) = match target.map(|target| (target.spot(), self.name_of(&target))) {
            Some((spot, (name, Some(_)))) => (spot, name.or(&own.text)),
            _ => (call.at.spot(), own),
        };
        let shape = Shape::Form(parts);
        match self.drafts.form(&spot, &name, &shape) {
            Some(id) => id,
            None => self.drafts.made(name, docs, spot, shape),
        }
    }

    /// The type of a part: a file, several files, or a value.
    fn part(&mut self, at: &Cursor<'s>, name: &Name, sent_as: Option<&str>) -> TypeRef {
        let file = TypeRef::Prim(Prim::File);
        let Ok(target) = at.follow() else { return TypeRef::Json };
        let bytes = |mime: &str| !mime.contains("json") && !mime.starts_with("text/");
        let text = types(&target) == ["string"] || types(&target) == ["file"];
        if text && (is_binary(&target) || sent_as.is_some_and(bytes)) {
            return file;
        }
        let entry = target.get("items").and_then(|items| items.follow().ok());
        if types(&target) == ["array"] && entry.is_some_and(|entry| is_binary(&entry)) {
            return TypeRef::List(Box::new(file));
        }
        self.schema(at, name)
    }
}

/// The one media type that a body of bytes may have; `None` if the file decides.
fn only_mime(at: &Cursor<'_>) -> Option<String> {
    let all = contents(at);
    let mut mimes = all.iter().filter(|content| content.media == Media::Bytes).filter_map(|content| content.at.key());
    mimes.next().filter(|mime| !mime.contains('*') && mimes.next().is_none()).map(str::to_owned)
}

/// What the body of an operation is called: `NewSuite`, `SuiteUpdate`, or else after the operation.
fn body_name(id: &str) -> Name {
    let words = words(id);
    let all = camel_of(&words);
    let fallback = format!("{all}Body");
    let Some((verb, noun)) = words.split_first().filter(|(_, noun)| !noun.is_empty()) else { return Name::new(&fallback) };
    let noun = camel_of(noun);
    match verb.as_str() {
        "create" | "add" | "new" | "register" | "insert" => Name::new(&format!("New{noun}")).or(&fallback),
        "update" | "edit" | "patch" | "modify" | "change" => Name::new(&format!("{noun}Update")).or(&fallback),
        _ => Name::new(&fallback),
    }
}
