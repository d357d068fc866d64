//! Free-form JSON.

use super::Number;

/// Any JSON value. Numbers keep their text, objects their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
}

impl Value {
    /// The member `key` of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// The element `index` of an array.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&Value> {
        self.as_array()?.get(index)
    }

    /// The value a JSON pointer (RFC 6901: `/steps/0/title`) leads to. The empty pointer is the value itself.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        if pointer.is_empty() {
            return Some(self);
        }
        let steps = pointer.strip_prefix('/')?.split('/');
        steps.map(|step| step.replace("~1", "/").replace("~0", "~")).try_fold(self, |value, step| match value {
            Self::Object(object) => object.get(&step),
            Self::Array(array) if is_index(&step) => array.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if this is one without fraction and exponent that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number, if this is one without fraction and exponent that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The nearest floating point number, if this is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// An index of RFC 6901: digits without a leading zero.
fn is_index(step: &str) -> bool {
    step == "0" || (!step.starts_with('0') && step.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The members of a JSON object, in the order they came. Objects are equal if their members are, in any order.
#[derive(Clone, Debug, Default, Eq)]
pub struct Object {
    members: Vec<(String, Value)>,
}

impl Object {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The member of that name. Looks through the members one by one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// Adds a member, or gives the one of that name a new value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let (name, value) = (name.into(), value.into());
        match self.members.iter_mut().find(|(other, _)| *other == name) {
            Some(member) => member.1 = value,
            None => self.members.push((name, value)),
        }
    }

    /// Removes a member and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.members.iter().position(|(other, _)| other == name)?;
        Some(self.members.remove(index).1)
    }

    /// The members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        // The order mostly is the same: look elsewhere only if it is not.
        let same = |((name, value), (other_name, other_value)): (&(String, Value), &(String, Value))| {
            if name == other_name { value == other_value } else { other.get(name) == Some(value) }
        };
        self.len() == other.len() && self.members.iter().zip(&other.members).all(same)
    }
}

/// Of a repeated name the last value wins; it stands where the name first stood.
impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        use std::collections::HashMap;
        let mut unique: Vec<(String, Value)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        /// Up to this many members, looking through them is cheaper than hashing.
        const FEW: usize = 16;
        for (name, value) in members {
            let (name, value) = (name.into(), value.into());
            if unique.len() == FEW && places.is_empty() {
                places = unique.iter().enumerate().map(|(place, (name, _))| (name.clone(), place)).collect();
            }
            let place = if unique.len() < FEW { unique.iter().position(|(other, _)| *other == name) } else { places.get(&name).copied() };
            match place {
                Some(place) => unique[place].1 = value,
                None => {
                    if unique.len() >= FEW {
                        places.insert(name.clone(), unique.len());
                    }
                    unique.push((name, value));
                }
            }
        }
        Self { members: unique }
    }
}
