//! The arguments of a transcribed call, handed to a typed one.

use crate::shown;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use tms_runtime::{File, FromJson, Patch, ToJson, Value};

/// What a vector passes to an operation, by wire name. Every argument has to be taken: see [`Call::finish`].
#[derive(Clone, Debug)]
pub struct Call {
    vector: String,
    path: Arguments,
    query: Arguments,
    header: Arguments,
    body: Option<Arguments>,
    list: Option<Vec<Json>>,
}

/// Named arguments that are taken one by one.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    place: &'static str,
    left: Map<String, Json>,
}

impl Call {
    /// The arguments a vector lists under `call`.
    ///
    /// # Panics
    /// When `path`, `query` or `header` is no mapping, or `body` neither that nor a list.
    #[must_use]
    pub fn new(vector: &str, call: &Json) -> Self {
        let part = |place: &'static str| match call.get(place) {
            None | Some(Json::Null) => None,
            Some(Json::Object(left)) => Some(Arguments { place, left: left.clone() }),
            Some(other) => panic!("vector `{vector}`: `call/{place}` is a mapping of names, not {other}"),
        };
        let list = call.get("body").and_then(Json::as_array).cloned();
        let body = if list.is_none() { part("body") } else { None };
        let [path, query, header] = ["path", "query", "header"].map(|place| part(place).unwrap_or_default());
        Self { vector: vector.to_owned(), path, query, header, body, list }
    }

    /// A path argument.
    pub fn path<T: Argument>(&mut self, name: &str) -> T {
        self.path.need(name)
    }

    /// A query argument, if the vector passes it.
    pub fn query<T: Argument>(&mut self, name: &str) -> Option<T> {
        self.query.get(name)
    }

    /// A query argument that has to be there.
    pub fn needed<T: Argument>(&mut self, name: &str) -> T {
        self.query.need(name)
    }

    /// An argument that is sent as a header.
    pub fn header(&mut self, name: &str) -> String {
        self.header.need(name)
    }

    /// Takes an argument of which only one value is allowed, so that the typed call has it of itself.
    ///
    /// # Panics
    /// When the vector does not pass it, or passes another value.
    pub fn constant(&mut self, name: &str, value: impl Into<Json>) {
        let passed = self.path.left.remove(name).or_else(|| self.query.left.remove(name));
        assert_eq!(passed, Some(value.into()), "vector `{}`: `{name}` (passed left, its one value right)", self.vector);
    }

    /// A query argument of an enum type.
    pub fn word<T: From<String>>(&mut self, name: &str) -> Option<T> {
        self.query.get::<String>(name).map(T::from)
    }

    /// A query argument that is a list of an enum type.
    pub fn words<T: From<String>>(&mut self, name: &str) -> Option<Vec<T>> {
        Some(self.query.get::<Vec<String>>(name)?.into_iter().map(T::from).collect())
    }

    /// Whether the vector passes a body.
    #[must_use]
    pub fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// The members of the body.
    ///
    /// # Panics
    /// When the vector passes none.
    pub fn body(&mut self) -> &mut Arguments {
        let vector = &self.vector;
        self.body.as_mut().unwrap_or_else(|| panic!("vector `{vector}` passes no body, the operation needs one"))
    }

    /// The whole body as a type that knows every member of it.
    ///
    /// # Panics
    /// When the vector passes none, or the type does not know what it passes.
    pub fn whole<T: FromJson + ToJson>(&mut self) -> T {
        let body = match self.list.take() {
            Some(list) => Json::Array(list),
            None => Json::Object(std::mem::take(&mut self.body().left)),
        };
        self.typed(&body)
    }

    /// The whole body as a map of values, of a type that knows every member of them.
    ///
    /// # Panics
    /// When the vector passes none, or the type does not know what it passes.
    pub fn map<T: FromJson + ToJson>(&mut self) -> BTreeMap<String, T> {
        let members = std::mem::take(&mut self.body().left);
        members.into_iter().map(|(name, value)| (name, self.typed(&value))).collect()
    }

    fn typed<T: FromJson + ToJson>(&self, value: &Json) -> T {
        let vector = &self.vector;
        let read = |text: &str| {
            tms_runtime::json::from_str::<T>(text)
                .unwrap_or_else(|error| panic!("vector `{vector}`: the type of the body refuses {text}: {error}"))
        };
        let laced = tms_runtime::json::to_string(&read(&shown::laced(value)));
        let unclaimed = shown::unclaimed(vector, &laced);
        assert!(unclaimed.is_empty(), "vector `{vector}`: the type of the body does not know {unclaimed:?}");
        read(&value.to_string())
    }

    /// The whole body as a file.
    ///
    /// # Panics
    /// When it is none.
    pub fn file(&mut self) -> File {
        self.body().take_file()
    }

    /// Makes sure that nothing the vector passes was left out.
    ///
    /// # Panics
    /// When the typed call did not take an argument.
    pub fn finish(&self) {
        for part in [Some(&self.path), Some(&self.query), Some(&self.header), self.body.as_ref()].into_iter().flatten() {
            part.finish(&self.vector);
        }
        assert!(self.list.is_none(), "vector `{}`: the typed call has no way to pass the list under `body` (replay.rs)", self.vector);
    }
}

impl Arguments {
    /// An argument that has to be there.
    ///
    /// # Panics
    /// When it is not, or is of another type.
    pub fn need<T: Argument>(&mut self, name: &str) -> T {
        let place = self.place;
        self.get(name).unwrap_or_else(|| panic!("the operation needs {place} `{name}`, the vector does not pass it"))
    }

    /// An argument, if it is there.
    ///
    /// # Panics
    /// When it is of another type.
    pub fn get<T: Argument>(&mut self, name: &str) -> Option<T> {
        let value = self.left.remove(name)?;
        Some(T::of(&value).unwrap_or_else(|| panic!("{} `{name}`: {value} is not of the type the operation takes", self.place)))
    }

    /// Makes sure that nothing is left of them.
    ///
    /// # Panics
    /// When something is.
    pub fn finish(&self, vector: &str) {
        let (left, place): (Vec<&String>, _) = (self.left.keys().collect(), self.place);
        assert!(left.is_empty(), "vector `{vector}`: the typed call has no way to pass {place} {left:?} (replay.rs)");
    }

    /// Whether an argument is there and has members of its own.
    #[must_use]
    pub fn is_mapping(&self, name: &str) -> bool {
        self.left.get(name).is_some_and(Json::is_object)
    }

    /// A file: `filename`, `content_type` and `text`.
    ///
    /// # Panics
    /// When there is none.
    pub fn file(&mut self, name: &str) -> File {
        let mut file: Self = self.need(name);
        let made = file.take_file();
        file.finish(name);
        made
    }

    fn take_file(&mut self) -> File {
        File::new(self.need::<String>("filename"), self.need::<String>("content_type"), self.need::<String>("text"))
    }

    /// An argument that may also be passed as null.
    pub fn nullable<T: Argument>(&mut self, name: &str) -> Option<Patch<T>> {
        if self.left.get(name) == Some(&Json::Null) {
            self.left.remove(name);
            return Some(Patch::Null);
        }
        self.get(name).map(Patch::Value)
    }
}

/// A type of argument: what a transcribed value becomes.
pub trait Argument: Sized {
    /// The typed value, if it is one.
    fn of(value: &Json) -> Option<Self>;
}

impl Argument for i64 {
    fn of(value: &Json) -> Option<Self> {
        value.as_i64()
    }
}

impl Argument for i32 {
    fn of(value: &Json) -> Option<Self> {
        value.as_i64()?.try_into().ok()
    }
}

impl Argument for bool {
    fn of(value: &Json) -> Option<Self> {
        value.as_bool()
    }
}

impl Argument for String {
    fn of(value: &Json) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Argument for Value {
    fn of(value: &Json) -> Option<Self> {
        value.to_string().parse().ok()
    }
}

impl<T: Argument> Argument for Vec<T> {
    fn of(value: &Json) -> Option<Self> {
        value.as_array()?.iter().map(T::of).collect()
    }
}

/// A part of a body that the vector writes as a mapping.
impl Argument for Arguments {
    fn of(value: &Json) -> Option<Self> {
        Some(Self { place: "body", left: value.as_object()?.clone() })
    }
}
