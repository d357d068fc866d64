//! A walk over `jiter`'s pull parser, written by hand, into the models of [`derived`](super::derived).

use jiter::{Jiter, JiterResult, NumberInt, Peek};

use super::derived::{Author, Case, Page, Step};

pub(crate) fn read(text: &[u8]) -> Page {
    let mut jiter = Jiter::new(text);
    let page = page(&mut jiter).expect("a page");
    jiter.finish().expect("nothing behind the page");
    page
}

fn int(jiter: &mut Jiter<'_>) -> JiterResult<i64> {
    let NumberInt::Int(number) = jiter.next_int()?;
    Ok(number)
}

fn string(jiter: &mut Jiter<'_>) -> JiterResult<String> {
    jiter.next_str().map(str::to_owned)
}

fn optional<'j, T>(jiter: &mut Jiter<'j>, read: fn(&mut Jiter<'j>) -> JiterResult<T>) -> JiterResult<Option<T>> {
    if jiter.peek()? == Peek::Null {
        jiter.next_null()?;
        return Ok(None);
    }
    read(jiter).map(Some)
}

fn list<'j, T>(jiter: &mut Jiter<'j>, read: fn(&mut Jiter<'j>) -> JiterResult<T>) -> JiterResult<Vec<T>> {
    let mut list = Vec::new();
    let mut next = jiter.next_array()?;
    while next.is_some() {
        list.push(read(jiter)?);
        next = jiter.array_step()?;
    }
    Ok(list)
}

fn page(jiter: &mut Jiter<'_>) -> JiterResult<Page> {
    let mut page = Page::default();
    let mut key = jiter.next_object()?;
    while let Some(name) = key {
        let field = match name {
            "total" => 0,
            "entities" => 1,
            _ => 2,
        };
        match field {
            0 => page.total = int(jiter)?,
            1 => page.entities = list(jiter, case)?,
            _ => jiter.next_skip()?,
        }
        key = jiter.next_key()?;
    }
    Ok(page)
}

fn case(jiter: &mut Jiter<'_>) -> JiterResult<Case> {
    let mut case = Case::default();
    let mut key = jiter.next_object()?;
    while let Some(name) = key {
        let field = match name {
            "id" => 0,
            "title" => 1,
            "description" => 2,
            "preconditions" => 3,
            "priority" => 4,
            "severity" => 5,
            "suiteId" => 6,
            "isFlaky" => 7,
            "created" => 8,
            "updated" => 9,
            "author" => 10,
            "tags" => 11,
            "steps" => 12,
            _ => 13,
        };
        match field {
            0 => case.id = int(jiter)?,
            1 => case.title = string(jiter)?,
            2 => case.description = optional(jiter, string)?,
            3 => case.preconditions = optional(jiter, string)?,
            4 => case.priority = optional(jiter, int)?,
            5 => case.severity = optional(jiter, string)?,
            6 => case.suite_id = optional(jiter, int)?,
            7 => case.is_flaky = optional(jiter, Jiter::next_bool)?,
            8 => case.created = optional(jiter, string)?,
            9 => case.updated = optional(jiter, string)?,
            10 => case.author = optional(jiter, author)?,
            11 => case.tags = optional(jiter, |jiter| list(jiter, string))?,
            12 => case.steps = optional(jiter, |jiter| list(jiter, step))?,
            _ => jiter.next_skip()?,
        }
        key = jiter.next_key()?;
    }
    Ok(case)
}

fn author(jiter: &mut Jiter<'_>) -> JiterResult<Author> {
    let mut author = Author::default();
    let mut key = jiter.next_object()?;
    while let Some(name) = key {
        let field = match name {
            "id" => 0,
            "name" => 1,
            "email" => 2,
            _ => 3,
        };
        match field {
            0 => author.id = int(jiter)?,
            1 => author.name = string(jiter)?,
            2 => author.email = optional(jiter, string)?,
            _ => jiter.next_skip()?,
        }
        key = jiter.next_key()?;
    }
    Ok(author)
}

fn step(jiter: &mut Jiter<'_>) -> JiterResult<Step> {
    let mut step = Step::default();
    let mut key = jiter.next_object()?;
    while let Some(name) = key {
        let field = match name {
            "position" => 0,
            "action" => 1,
            "expected" => 2,
            _ => 3,
        };
        match field {
            0 => step.position = int(jiter)?,
            1 => step.action = string(jiter)?,
            2 => step.expected = optional(jiter, string)?,
            _ => jiter.next_skip()?,
        }
        key = jiter.next_key()?;
    }
    Ok(step)
}
