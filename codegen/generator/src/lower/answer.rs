use super::Lower;
use super::draft::{Arm, Shape, Union};
use super::media::{Content, Media, contents};
use super::name::Name;
use super::object::Members;
use super::operation::Unsupported;
use super::plan::{Call, Home, home};
use super::schema::types;
use crate::diagnostic::Tag;
use crate::ir::{Count, Docs, Output, TypeRef, Unwrap};
use crate::source::Cursor;

/// The JSON answers of an operation and what the caller gets of each.
struct Value<'s> {
    /// The answer, where it is declared.
    at: Cursor<'s>,
    schema: Option<Cursor<'s>>,
    unwrap: Unwrap,
}

impl<'s> Lower<'_, 's> {
    /// What an operation returns.
    pub(super) fn output(&mut self, call: &Call<'s>) -> Result<Output, Unsupported> {
        let mut best: Vec<(&'s str, Cursor<'s>, Option<Content<'s>>)> = Vec::new();
        for (code, at) in successes(&call.at) {
            let content = contents(&at).into_iter().find(|content| !matches!(content.media, Media::Form | Media::Multipart));
            best.push((code, at, content));
        }
        let of = |media: Media| best.iter().filter_map(move |(_, _, content)| content.as_ref().filter(|content| content.media == media));
        let empty = best.iter().any(|(_, _, content)| content.is_none());
        if let Some(first) = of(Media::Json).next() {
            let mime = first.mime.clone();
            if let Some(other) = of(Media::Text).chain(of(Media::Bytes)).next() {
                self.warn(Tag::IgnoredAnswer, format!("this answer is not read: others are JSON, it is `{}`", other.mime), &other.at);
            }
            let values: Vec<Value<'s>> = best
                .into_iter()
                .filter_map(|(_, at, content)| Some((at, content.filter(|content| content.media == Media::Json)?)))
                .map(|(at, content)| Value { at, schema: content.schema(), unwrap: Unwrap::Whole })
                .collect();
            return Ok(self.json_output(call, values, mime, empty));
        }
        let one = |media: Media| {
            let mut mimes = best
                .iter()
                .filter(|(_, _, content)| content.as_ref().is_some_and(|content| content.media == media))
                .flat_map(|(_, at, _)| contents(at));
            let first = mimes.next()?.mime;
            Some(if mimes.any(|other| other.mime != first) { "*/*".to_owned() } else { first })
        };
        if let Some(mime) = one(Media::Text) {
            return Ok(Output::Text { mime });
        }
        if let Some(mime) = one(Media::Bytes) {
            return Ok(Output::Bytes { mime });
        }
        match of(Media::Unsupported).next() {
            Some(content) => {
                let message = format!("an answer of `{}` cannot be read", content.mime);
                Err(Unsupported::new(Tag::UnsupportedAnswer, &content.at, message))
            }
            None => Ok(Output::Empty),
        }
    }

    fn json_output(&mut self, call: &Call<'s>, mut values: Vec<Value<'s>>, mime: String, optional: bool) -> Output {
        self.unwrap(&mut values);
        let unwrap = values.first().map_or(Unwrap::Whole, |value| value.unwrap);
        let mut count = Count::Whole;
        if let ([value], false) = (values.as_mut_slice(), optional)
            && let Some((only, pieces)) = value.schema.as_ref().and_then(|schema| in_pieces(schema, value.unwrap))
        {
            value.schema = Some(only);
            count = pieces;
        }
        let mut arms: Vec<TypeRef> = Vec::new();
        for value in &values {
            let name = self.answer_name(value, "Answer", successes);
            let ty = value.schema.as_ref().map_or(TypeRef::Json, |schema| self.schema(schema, &name));
            if !arms.contains(&ty) {
                arms.push(ty);
            }
        }
        let ty = self.any_of(call, arms, &Name::new(&call.id).child("answer"));
        Output::Json { mime, ty, unwrap, count, optional }
    }

    /// Goes to the value in the envelope, if all answers have one.
    fn unwrap(&mut self, values: &mut [Value<'s>]) {
        let Some(envelope) = &self.config.envelope else { return };
        let member = envelope.value.clone();
        let mut inner = Vec::new();
        for value in values.iter() {
            let Some(schema) = &value.schema else { return };
            let mut members = Members::default();
            self.gather(schema, &Name::default(), &mut members, &mut Vec::new());
            let Some(property) = members.property(&member) else { return };
            let unwrap = if members.required.contains(&member) { Unwrap::Value } else { Unwrap::ValueOrWhole };
            inner.push((property.at.clone(), unwrap));
        }
        let lenient = inner.iter().any(|(_, unwrap)| *unwrap == Unwrap::ValueOrWhole);
        for (value, (schema, unwrap)) in values.iter_mut().zip(inner) {
            value.schema = Some(schema);
            value.unwrap = if lenient { Unwrap::ValueOrWhole } else { unwrap };
        }
    }

    /// The documented error body; any JSON if there is none.
    pub(super) fn fault(&mut self, call: &Call<'s>) -> TypeRef {
        let mut values = Vec::new();
        for (_, at) in faults(&call.at) {
            let content = contents(&at).into_iter().find(|content| content.media == Media::Json);
            if let Some(schema) = content.and_then(|content| content.schema()) {
                values.push(Value { at, schema: Some(schema), unwrap: Unwrap::Whole });
            }
        }
        let mut arms = Vec::new();
        for value in &values {
            let name = self.answer_name(value, "Fault", faults);
            let ty = value.schema.as_ref().map_or(TypeRef::Json, |schema| self.schema(schema, &name));
            if !arms.contains(&ty) {
                arms.push(ty);
            }
        }
        self.any_of(call, arms, &Name::new(&call.id).child("fault"))
    }

    /// What an anonymous answer is called: after the operation, or after what several share.
    fn answer_name(&self, value: &Value<'s>, what: &str, of_kind: fn(&Cursor<'s>) -> Vec<(&'s str, Cursor<'s>)>) -> Name {
        let Home::Operation { id, at } = home(&value.at) else {
            let (name, _) = self.name_of(&value.at);
            let fallback = format!("{}{what}", name.text);
            return name.or(&fallback);
        };
        let name = Name::new(&id).child(what);
        let is_json = |at: &Cursor<'s>| contents(at).iter().any(|content| content.media == Media::Json);
        let several = of_kind(&at).iter().filter(|(_, answer)| is_json(answer)).count() > 1;
        let pointer = value.at.pointer();
        let code = pointer.segments().nth(4);
        if several { name.child(in_words(code.as_deref().unwrap_or_default())) } else { name }
    }

    /// One of several types; settling finds out which of them are the same.
    fn any_of(&mut self, call: &Call<'s>, mut types: Vec<TypeRef>, name: &Name) -> TypeRef {
        match (types.pop(), types.is_empty()) {
            (None, _) => TypeRef::Json,
            (Some(only), true) => only,
            (Some(last), false) => {
                types.push(last);
                let arms = types.into_iter().map(|ty| Arm { ty, hint: None, values: Vec::new(), element: None }).collect();
                let shape = Shape::Union(Union { arms, tag: None });
                TypeRef::Named(self.drafts.made(name.clone(), Docs::default(), call.at.spot(), shape))
            }
        }
    }
}

/// A status code as a name.
fn in_words(code: &str) -> &str {
    match code {
        "200" => "ok",
        "201" => "created",
        "202" => "accepted",
        "204" => "no content",
        "206" => "partial",
        "400" => "bad request",
        "401" => "unauthorized",
        "403" => "forbidden",
        "404" => "not found",
        "405" => "not allowed",
        "406" => "not acceptable",
        "409" => "conflict",
        "410" => "gone",
        "412" => "precondition failed",
        "413" => "too large",
        "415" => "media type",
        "422" => "unprocessable",
        "429" => "too many requests",
        "500" => "server error",
        "502" => "bad gateway",
        "503" => "unavailable",
        "504" => "gateway timeout",
        code => code,
    }
}

fn answers<'s>(operation: &Cursor<'s>) -> Vec<(&'s str, Cursor<'s>)> {
    let all = operation.get("responses");
    all.iter().flat_map(Cursor::entries).filter_map(|(code, at)| Some((code, at.follow().ok()?))).collect()
}

/// The answers of success: 2xx, or `default` where no answer of success or failure is named.
fn successes<'s>(operation: &Cursor<'s>) -> Vec<(&'s str, Cursor<'s>)> {
    let all = answers(operation);
    let named: Vec<_> = all.iter().filter(|(code, _)| code.starts_with('2')).cloned().collect();
    if !named.is_empty() || all.iter().any(|(code, _)| code.starts_with('3')) {
        return named;
    }
    all.into_iter().filter(|(code, _)| *code == "default").collect()
}

fn faults<'s>(operation: &Cursor<'s>) -> Vec<(&'s str, Cursor<'s>)> {
    let all = answers(operation);
    let succeeds = all.iter().any(|(code, _)| code.starts_with(['2', '3']));
    all.into_iter().filter(|(code, _)| code.starts_with(['4', '5']) || (*code == "default" && succeeds)).collect()
}

/// The value of an answer that may come in other pieces than its type says: one in a list of one, a list as its only entry.
fn in_pieces<'s>(schema: &Cursor<'s>, unwrap: Unwrap) -> Option<(Cursor<'s>, Count)> {
    let arms: Vec<Cursor<'s>> = schema.follow().ok()?.get("oneOf")?.items().collect();
    let ((list, entry), others) = (0..arms.len()).find_map(|index| {
        let mut others = arms.clone();
        Some((entry_of(&others.remove(index))?, others))
    })?;
    let is_entry = |arm: &Cursor<'s>| arm.follow().is_ok_and(|arm| arm.spot() == entry.spot());
    let most = list.node().get("maxItems").and_then(|most| most.as_number()?.as_i64());
    let page = |arm: &Cursor<'s>| {
        let properties = arm.follow().ok()?.get("properties")?;
        let mut lists = properties.entries().filter(|(_, at)| entry_of(at).is_some_and(|(_, held)| held.spot() == entry.spot()));
        lists.next().map(|(wire, _)| wire.to_owned())
    };
    match others.as_slice() {
        [only] if is_entry(only) && most == Some(1) => Some((only.clone(), Count::One)),
        [only] if is_entry(only) && unwrap == Unwrap::Whole => Some((list, Count::Many)),
        [a, b] if is_entry(a) && unwrap == Unwrap::Whole => Some((list, Count::Paged(page(b)?))),
        [a, b] if is_entry(b) && unwrap == Unwrap::Whole => Some((list, Count::Paged(page(a)?))),
        _ => None,
    }
}

/// A list, and what it holds.
fn entry_of<'s>(at: &Cursor<'s>) -> Option<(Cursor<'s>, Cursor<'s>)> {
    let list = at.follow().ok().filter(|list| types(list) == ["array"])?;
    let entry = list.get("items")?.follow().ok()?;
    Some((list, entry))
}
