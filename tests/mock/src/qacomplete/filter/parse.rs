//! The grammar of filters.

use super::compare::time;
use super::token::{Token, split};
use super::{Condition, Filter, Resolve, Symbol, Test};
use crate::qacomplete::fields::Sort;

/// Groups within groups, at most.
const MAX_DEPTH: usize = 32;

pub(super) fn read(text: &str, resolve: Resolve<'_>) -> Result<Filter, String> {
    let tokens = split(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, resolve };
    let filter = parser.chain(0)?;
    match parser.next() {
        None => Ok(filter),
        Some(_) => Err("there is something after the end".to_owned()),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    resolve: Resolve<'a>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&Token> {
        self.at += 1;
        self.tokens.get(self.at - 1)
    }

    /// Takes a word, whatever its letter case.
    fn word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(found);
        found
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Parts joined by logic. Outside of parentheses a condition stands alone.
    fn chain(&mut self, depth: usize) -> Result<Filter, String> {
        if depth > MAX_DEPTH {
            return Err("too many groups within groups".to_owned());
        }
        let (first, mut is_group) = self.part(depth)?;
        let mut alternatives = vec![vec![first]];
        loop {
            let is_or = self.word("OR");
            if !is_or && !self.word("AND") {
                break;
            }
            let (part, next_is_group) = self.part(depth)?;
            is_group &= next_is_group;
            if depth == 0 && !is_group {
                return Err("joined conditions need parentheses".to_owned());
            }
            match alternatives.last_mut() {
                Some(last) if !is_or => last.push(part),
                _ => alternatives.push(vec![part]),
            }
        }
        Ok(Filter::Any(alternatives.into_iter().map(Filter::All).collect()))
    }

    /// A condition or a group, and which of the two.
    fn part(&mut self, depth: usize) -> Result<(Filter, bool), String> {
        let negated = self.word("NOT");
        if !self.take(&Token::Open) {
            return match negated {
                true => Err("NOT stands before a parenthesis".to_owned()),
                false => Ok((self.condition()?, false)),
            };
        }
        let inner = self.chain(depth + 1)?;
        match self.take(&Token::Close) {
            true if negated => Ok((Filter::Not(Box::new(inner)), true)),
            true => Ok((inner, true)),
            false => Err("a parenthesis is not closed".to_owned()),
        }
    }

    fn condition(&mut self) -> Result<Filter, String> {
        let Some(Token::Word(name)) = self.next().cloned() else { return Err("a field is expected".to_owned()) };
        let (field, sort) = (self.resolve)(&name).ok_or_else(|| format!("there is no field `{name}`"))?;
        let (test, negated) = match self.word("is") {
            true => self.state(sort)?,
            false => self.comparison(sort).map_err(|message| format!("{name}: {message}"))?,
        };
        let condition = Filter::Condition(Condition { field, test });
        Ok(if negated { Filter::Not(Box::new(condition)) } else { condition })
    }

    /// What follows `is`.
    fn state(&mut self, sort: Sort) -> Result<(Test, bool), String> {
        let negated = self.word("not");
        match self.next() {
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("empty") && sort != Sort::Truth => Ok((Test::Empty, negated)),
            Some(Token::Text(text)) if sort == Sort::Text => Ok((Test::Text(text.clone()), negated)),
            _ => Err("after `is` and `is not` stand `empty` or a text".to_owned()),
        }
    }

    fn comparison(&mut self, sort: Sort) -> Result<(Test, bool), String> {
        let negated = self.word("not");
        if self.word("in") {
            return match sort {
                Sort::Number => Ok((Test::OneOf(self.set()?), negated)),
                _ => Err("only numbers are looked for in a set".to_owned()),
            };
        }
        let Some(Token::Symbol(symbol)) = self.next().cloned().filter(|_| !negated) else {
            return Err("an operation is expected".to_owned());
        };
        let value = self.next().cloned().ok_or("a value is expected")?;
        let unequal = symbol == Symbol::Unequal;
        match (sort, symbol, value) {
            (Sort::Text, Symbol::Contains, Token::Text(text)) => Ok((Test::Contains(text), false)),
            (_, Symbol::Contains, _) => Err("`~` looks for a text in a text".to_owned()),
            (Sort::Number, symbol, Token::Number(number)) => Ok((Test::Number(symbol, number), false)),
            (Sort::Number, symbol, Token::Word(other)) => match (self.resolve)(&other) {
                Some((field, Sort::Number)) => Ok((Test::OtherField(symbol, field), false)),
                _ => Err(format!("`{other}` is no number, nor a field that holds one")),
            },
            (Sort::Number, ..) => Err("a number is expected".to_owned()),
            (Sort::Text, Symbol::Equal | Symbol::Unequal, Token::Text(text)) => Ok((Test::Text(text), unequal)),
            (Sort::Text, ..) => Err("a text is held against a text in quotes, by `=`, `!=` or `~`".to_owned()),
            (Sort::Truth, Symbol::Equal | Symbol::Unequal, Token::Word(word)) => match word.to_ascii_lowercase().as_str() {
                "true" => Ok((Test::Truth(true), unequal)),
                "false" => Ok((Test::Truth(false), unequal)),
                _ => Err("true or false is expected".to_owned()),
            },
            (Sort::Truth, ..) => Err("true or false is expected".to_owned()),
            (Sort::Moment, symbol, Token::Text(text)) => match time(&text) {
                Some(moment) => Ok((Test::Moment(symbol, moment), false)),
                None => Err(format!("'{text}' is no date")),
            },
            (Sort::Moment, ..) => Err("a date in quotes is expected".to_owned()),
            (Sort::Other, ..) => Err("this field cannot be compared".to_owned()),
        }
    }

    /// `{1,2}`
    fn set(&mut self) -> Result<Vec<f64>, String> {
        let bad = || "a set of numbers is expected, such as {1,2}".to_owned();
        if !self.take(&Token::OpenSet) {
            return Err(bad());
        }
        let mut numbers = Vec::new();
        loop {
            match self.next() {
                Some(Token::Number(number)) => numbers.push(*number),
                _ => return Err(bad()),
            }
            match self.next() {
                Some(Token::Comma) => {}
                Some(Token::CloseSet) => return Ok(numbers),
                _ => return Err(bad()),
            }
        }
    }
}
