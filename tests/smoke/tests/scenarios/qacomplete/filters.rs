//! Filters, as they are built here and as the server understands them.

use qacomplete::filter::{Field, Filter};
use qacomplete::types::Search;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use tms_mock::qacomplete as records;
use tms_smoke::both;
use tms_smoke::qacomplete::{Drive, PROJECT, World};

both!(filters_select_what_they_say, filters_nest, a_filter_that_is_none_is_refused);

/// Puts a defect into the project.
fn seed(world: &World, fields: Json) -> i64 {
    let key = world.mock.seed(records::DEFECTS, "11873", fields).unwrap_or_else(|error| panic!("{error}"));
    key.parse().unwrap_or_else(|_| panic!("`{key}` is no number"))
}

/// Which defects a filter selects, in the list and in the search.
fn selected<M: Drive>(defects: &qacomplete::defects::Defects<M>, filter: &Filter) -> BTreeSet<i64> {
    let ids = |listed: Vec<qacomplete::types::Defect>| listed.iter().map(|defect| defect.id).collect::<BTreeSet<_>>();
    let listed = ids(M::collect(defects.list().filter(filter.clone())).unwrap_or_else(|error| panic!("{filter}: {error}")));
    let searched = ids(M::collect(defects.search(Search::new(filter.clone()))).unwrap_or_else(|error| panic!("{filter}: {error}")));
    assert_eq!(listed, searched, "listed (left) and searched (right) by {filter}");
    listed
}

fn filters_select_what_they_say<M: Drive>() {
    let world = World::start();
    let [open, shut, odd] = [
        json!({ "title": "It's 50% & more", "status": "Open", "act_hrs": 3, "est_hrs": 2, "date_created": "2015-03-10T13:25:55.1500000" }),
        json!({ "title": "Über all", "status": "Shut", "act_hrs": 1, "est_hrs": 2, "date_created": "2015-03-11T13:25:55.1500000" }),
        json!({ "title": "a+b=c; {d}", "status": "Open", "act_hrs": 0, "est_hrs": 0, "description": "x", "date_created": "2015-03-12T00:00:00.0000000" }),
    ]
    .map(|fields| seed(&world, fields));
    let (spent, planned, status, title) = (Field::number("ActHrs"), Field::number("EstHrs"), Field::text("Status"), Field::text("Title"));
    let created = Field::date("DateCreated");
    let among = Field::number("Id").one_of([open, shut, odd]);
    let cases: Vec<(Filter, Vec<i64>)> = vec![
        (status.eq("Open"), vec![open, odd]),
        (status.ne("Open").and(among.clone()), vec![shut]),
        (status.is_not("Open").and(among.clone()), vec![shut]),
        (title.contains("it's 50% & m"), vec![open]),
        (title.eq("It's 50% & more"), vec![open]),
        (title.contains("Über"), vec![shut]),
        (title.eq("a+b=c; {d}"), vec![odd]),
        (spent.gt(planned), vec![open]),
        (spent.ge(1).and(spent.le(2)), vec![shut]),
        (spent.lt(1).and(among.clone()), vec![odd]),
        (spent.eq(3), vec![open]),
        (spent.ne(3).and(among.clone()), vec![shut, odd]),
        (spent.is_empty().and(among.clone()), vec![odd]),
        (spent.is_not_empty().and(among.clone()), vec![open, shut]),
        (Field::number("Id").none_of([open, odd]).and(among.clone()), vec![shut]),
        (Field::text("Description").is_not_empty(), vec![odd]),
        (Field::text("Description").is_empty().and(among.clone()), vec![open, shut]),
        (created.ge("2015-03-11").and(created.lt("2015-03-12")), vec![shut]),
        ((!status.eq("Open")).and(among.clone()), vec![shut]),
        (status.eq("Shut").or(spent.eq(3)).and(planned.eq(2)), vec![open, shut]),
        (status.eq("Shut").or(spent.eq(0).and(planned.eq(0)).and(among.clone())), vec![shut, odd]),
        (Filter::raw("status = 'Shut' or ActHrs=3").and(among), vec![open, shut]),
    ];
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    for (filter, wanted) in cases {
        assert_eq!(selected(&defects, &filter), wanted.into_iter().collect(), "selected by {filter}");
    }
    world.mock.assert_no_verdicts();
}

fn a_filter_that_is_none_is_refused<M: Drive>() {
    let world = World::start();
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    for filter in [Filter::raw("Status ="), Filter::raw("Nonsense = 1"), Filter::raw("(Status = 'New'")] {
        let error = M::send(defects.list().filter(filter.clone())).expect_err("no filter");
        assert_eq!(error.status(), Some(qacomplete::StatusCode::BAD_REQUEST), "{filter}: {error}");
    }
}

/// A filter and what it means.
#[derive(Clone)]
enum Tree {
    Leaf(usize),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
}

impl Tree {
    /// All of them, so many levels high at most.
    fn all(height: usize) -> Vec<Self> {
        let mut trees: Vec<Self> = (0..3).map(Self::Leaf).collect();
        if height > 0 {
            let below = Self::all(height - 1);
            for one in &below {
                trees.push(Self::Not(Box::new(one.clone())));
                for other in &below {
                    trees.push(Self::And(Box::new(one.clone()), Box::new(other.clone())));
                    trees.push(Self::Or(Box::new(one.clone()), Box::new(other.clone())));
                }
            }
        }
        trees
    }

    fn build(&self, leaves: &[Filter; 3]) -> Filter {
        match self {
            Self::Leaf(index) => leaves[*index].clone(),
            Self::Not(inner) => !inner.build(leaves),
            Self::And(one, other) => one.build(leaves).and(other.build(leaves)),
            Self::Or(one, other) => one.build(leaves).or(other.build(leaves)),
        }
    }

    /// Whether it holds where these leaves do.
    fn holds(&self, leaves: [bool; 3]) -> bool {
        match self {
            Self::Leaf(index) => leaves[*index],
            Self::Not(inner) => !inner.holds(leaves),
            Self::And(one, other) => one.holds(leaves) && other.holds(leaves),
            Self::Or(one, other) => one.holds(leaves) || other.holds(leaves),
        }
    }
}

/// Every filter of three conditions on two levels, and some of those on three: the server must understand what was meant.
fn filters_nest<M: Drive>() {
    let world = World::start();
    let conditions =
        [Field::text("Title").contains("it's ) AND (NOT"), Field::text("Status").ne("a) OR (b"), Field::number("ActHrs").one_of([1, 2])];
    let truths: Vec<[bool; 3]> = (0..8).map(|bits| [0, 1, 2].map(|bit| bits >> bit & 1 == 1)).collect();
    let fields = |[title, status, hours]: [bool; 3]| {
        let title = if title { "so it's ) AND (NOT." } else { "it is" };
        json!({ "title": title, "status": if status { "New" } else { "a) OR (b" }, "act_hrs": if hours { 2 } else { 3 } })
    };
    let seeded: Vec<(i64, [bool; 3])> = truths.iter().map(|truth| (seed(&world, fields(*truth)), *truth)).collect();
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    let (low, high) = (Tree::all(1), Tree::all(2));
    for tree in low.iter().chain(high.iter().step_by(13)) {
        let filter = tree.build(&conditions);
        let wanted: BTreeSet<i64> = seeded.iter().filter(|(_, truths)| tree.holds(*truths)).map(|(id, _)| *id).collect();
        let found: BTreeSet<i64> =
            selected(&defects, &filter).into_iter().filter(|id| seeded.iter().any(|(seeded, _)| seeded == id)).collect();
        assert_eq!(found, wanted, "selected by {filter}");
    }
    world.mock.assert_no_verdicts();
}
