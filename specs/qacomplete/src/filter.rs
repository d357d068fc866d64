//! Filters of lists and searches, built so that they say what the reference allows.
//!
//! A [`Field`] is called as in requests, in any letter case, and has a type, which decides what it can be asked. Conditions become
//! larger [`Filter`]s by [`and`](Filter::and), [`or`](Filter::or) and `!`.
//!
//! ```
//! use qacomplete::filter::Field;
//!
//! let open = Field::text("status").contains("Open").and(Field::number("id").gt(10));
//! assert_eq!(open.to_string(), "(status ~ 'Open') AND (id > 10)");
//!
//! let mine = Field::number("AssigneeUserId").one_of([24661, 24663]).or(!Field::boolean("IsActive").eq(true));
//! assert_eq!(mine.to_string(), "(AssigneeUserId in {24661,24663}) OR (NOT (IsActive = true))");
//! ```
//!
//! Whatever takes a filter as text takes it built, too:
//!
//! ```
//! # #[cfg(all(feature = "defects", feature = "async"))]
//! # fn f(client: &qacomplete::Client) {
//! use qacomplete::filter::Field;
//! use qacomplete::types::Search;
//!
//! const STATUS: Field<qacomplete::filter::Text> = Field::text("Status");
//!
//! client.project(11873).defects().list().filter(STATUS.eq("New")).items();
//! client.project(11873).defects().search(Search::new(STATUS.is_not_empty()));
//! # }
//! ```
//!
//! What a field cannot be asked is an error of the compiler:
//!
//! ```compile_fail
//! qacomplete::filter::Field::number("Id").contains("1");
//! ```
//! ```compile_fail
//! use qacomplete::filter::Field;
//! Field::number("ActHrs").one_of([Field::number("EstHrs")]);
//! ```
//! ```compile_fail
//! qacomplete::filter::Field::text("Title").gt("a");
//! ```
//! ```compile_fail
//! qacomplete::filter::Field::boolean("IsActive").eq("true");
//! ```
//!
//! The reference does not say how a quote stands in a text; it is doubled here, as in SQL. Nor does it say whether `AND` binds
//! more tightly than `OR`; therefore what is joined stands in parentheses, and only equal words share a level. How dates are
//! compared, it shows nowhere: that they stand in quotes is taken from a public client.

mod operand;
#[cfg(test)]
mod tests;

pub use operand::{Constant, Operand};

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

/// The type of fields that are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {}

/// The type of fields that are texts, those of choice lists among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {}

/// The type of fields that are true or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Boolean {}

/// The type of fields that are dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {}

/// Types of fields that have an order: [`Number`] and [`Date`].
pub trait Ordered: sealed::Sealed {}

impl Ordered for Number {}
impl Ordered for Date {}

/// Types of fields that can be empty: [`Number`] and [`Text`].
pub trait Optional: sealed::Sealed {}

impl Optional for Number {}
impl Optional for Text {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Number {}
    impl Sealed for super::Text {}
    impl Sealed for super::Boolean {}
    impl Sealed for super::Date {}
}

/// A member of what is listed, by its name in requests: `FolderId` is what answers call `folder_id`.
///
/// ```
/// use qacomplete::filter::{Field, Number};
///
/// const SPENT: Field<Number> = Field::number("ActHrs");
/// const PLANNED: Field<Number> = Field::number("EstHrs");
/// assert_eq!(SPENT.gt(PLANNED).to_string(), "ActHrs > EstHrs");
/// ```
pub struct Field<T> {
    name: &'static str,
    // Not `T` itself: there are no values of it.
    type_: PhantomData<fn() -> T>,
}

impl<T> Field<T> {
    const fn new(name: &'static str) -> Self {
        Self { name, type_: PhantomData }
    }

    fn ask(self, operator: &str) -> Filter {
        Filter::alone(format!("{} {operator}", self.name))
    }

    fn compare(self, operator: &str, operand: impl Operand<T>) -> Filter {
        let mut text = format!("{} {operator} ", self.name);
        operand.write(&mut text);
        Filter::alone(text)
    }

    /// `field = operand`
    pub fn eq(self, operand: impl Operand<T>) -> Filter {
        self.compare("=", operand)
    }
}

impl<T: Ordered> Field<T> {
    /// `field != operand`
    pub fn ne(self, operand: impl Operand<T>) -> Filter {
        self.compare("!=", operand)
    }

    /// `field > operand`
    pub fn gt(self, operand: impl Operand<T>) -> Filter {
        self.compare(">", operand)
    }

    /// `field < operand`
    pub fn lt(self, operand: impl Operand<T>) -> Filter {
        self.compare("<", operand)
    }

    /// `field >= operand`
    pub fn ge(self, operand: impl Operand<T>) -> Filter {
        self.compare(">=", operand)
    }

    /// `field <= operand`
    pub fn le(self, operand: impl Operand<T>) -> Filter {
        self.compare("<=", operand)
    }
}

impl<T: Optional> Field<T> {
    /// `field is empty`
    pub fn is_empty(self) -> Filter {
        self.ask("is empty")
    }

    /// `field is not empty`
    pub fn is_not_empty(self) -> Filter {
        self.ask("is not empty")
    }
}

impl Field<Number> {
    /// A member that is a number.
    #[must_use]
    pub const fn number(name: &'static str) -> Self {
        Self::new(name)
    }

    /// `field in {1,2}`
    ///
    /// What the server makes of an empty list is not documented.
    pub fn one_of(self, operands: impl IntoIterator<Item: Constant>) -> Filter {
        self.among("in", operands)
    }

    /// `field not in {1,2}`
    ///
    /// What the server makes of an empty list is not documented.
    pub fn none_of(self, operands: impl IntoIterator<Item: Constant>) -> Filter {
        self.among("not in", operands)
    }

    fn among(self, operator: &str, operands: impl IntoIterator<Item: Constant>) -> Filter {
        let mut text = format!("{} {operator} {{", self.name);
        for (index, operand) in operands.into_iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            operand.write(&mut text);
        }
        text.push('}');
        Filter::alone(text)
    }
}

impl Field<Text> {
    /// A member that is a text.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self::new(name)
    }

    /// `field != 'operand'`
    pub fn ne(self, operand: impl Operand<Text>) -> Filter {
        self.compare("!=", operand)
    }

    /// `field is not 'operand'`
    ///
    /// The reference has it beside [`ne`](Self::ne) and does not say how they differ.
    pub fn is_not(self, operand: impl Operand<Text>) -> Filter {
        self.compare("is not", operand)
    }

    /// `field ~ 'operand'`: contains the text.
    pub fn contains(self, operand: impl Operand<Text>) -> Filter {
        self.compare("~", operand)
    }
}

impl Field<Boolean> {
    /// A member that is true or false.
    #[must_use]
    pub const fn boolean(name: &'static str) -> Self {
        Self::new(name)
    }
}

impl Field<Date> {
    /// A member that is a date, with or without time.
    #[must_use]
    pub const fn date(name: &'static str) -> Self {
        Self::new(name)
    }
}

/// Not derived, nor is `Copy`: that would ask the same of the type of the field.
impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

/// Nor this.
impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.name)
    }
}

/// Which entries are wanted: a condition, or several joined.
///
/// `Display` shows it as it is sent; where it stands in an address, the client encodes it.
#[derive(Clone, PartialEq, Eq, Hash)]
#[must_use = "a filter does nothing until a list or a search gets it"]
pub struct Filter {
    text: String,
    level: Level,
}

/// What joins the parts of a filter on its outermost level.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Level {
    Alone,
    And,
    Or,
}

impl Filter {
    /// A filter in the words of the server, for what this builder has no words for. It is sent as it is.
    ///
    /// ```
    /// use qacomplete::filter::{Field, Filter};
    ///
    /// let filter = Filter::raw("Custom1 = 'x'").and(Field::number("NbrFiles").gt(0));
    /// assert_eq!(filter.to_string(), "(Custom1 = 'x') AND (NbrFiles > 0)");
    /// ```
    pub fn raw(text: impl Into<String>) -> Self {
        Self::alone(text.into())
    }

    fn alone(text: String) -> Self {
        Self { text, level: Level::Alone }
    }

    /// Both: `(a) AND (b)`. For any number of them, `filters.into_iter().reduce(Filter::and)`.
    pub fn and(self, other: Self) -> Self {
        self.joined("AND", Level::And, &other)
    }

    /// One of them, or both: `(a) OR (b)`.
    pub fn or(self, other: Self) -> Self {
        self.joined("OR", Level::Or, &other)
    }

    fn joined(mut self, word: &str, level: Level, other: &Self) -> Self {
        if self.level != level {
            self.text = format!("({})", self.text);
        }
        let Self { text, .. } = &mut self;
        text.push(' ');
        text.push_str(word);
        text.push(' ');
        if other.level == level {
            text.push_str(&other.text);
        } else {
            text.push('(');
            text.push_str(&other.text);
            text.push(')');
        }
        Self { level, ..self }
    }
}

/// `NOT (a)`
impl Not for Filter {
    type Output = Self;

    fn not(self) -> Self {
        Self::alone(format!("NOT ({})", self.text))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filter({})", self.text)
    }
}

impl From<Filter> for String {
    fn from(filter: Filter) -> Self {
        filter.text
    }
}

impl From<&Filter> for String {
    fn from(filter: &Filter) -> Self {
        filter.text.clone()
    }
}
