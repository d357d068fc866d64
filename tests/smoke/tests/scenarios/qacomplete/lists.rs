//! Pages and rights bits.

use super::got;
use qacomplete::filter::Field;
use qacomplete::types::{Acl, Search};
use serde_json::json;
use std::collections::BTreeSet;
use tms_mock::qacomplete as records;
use tms_smoke::both;
use tms_smoke::qacomplete::{Drive, PROJECT, Setup, World};

both!(a_list_is_read_to_its_end, a_page_cut_short_does_not_end_the_list, limit_zero_gives_the_metadata_alone, rights_are_bits,);

fn a_list_is_read_to_its_end<M: Drive>() {
    let world = World::start();
    let seeds = (1..=230).map(|number| json!({ "title": format!("Defect {number}"), "status": "Old" }));
    world.mock.seed_all(records::DEFECTS, "11873", seeds).expect("the mock takes seeds");
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    let old = M::collect(defects.list().filter(Field::text("Status").eq("Old"))).expect("every page");
    let titles: BTreeSet<_> = old.iter().map(|defect| defect.title.clone()).collect();
    assert_eq!((old.len(), titles.len()), (230, 230), "each of the 230 defects once");
    let asked = |request: &tms_mock::Request| {
        let number = |key: &str| request.query(key).and_then(|text| text.parse::<i64>().ok());
        (number("offset"), number("limit"), request.query("Filter").map(str::to_owned))
    };
    let pages: Vec<_> = world.mock.requests().iter().map(asked).collect();
    let page = |offset| (Some(offset), Some(100), Some("Status = 'Old'".to_owned()));
    assert_eq!(pages, [page(0), page(100), page(200)], "the filter goes along, and the last page is known as such by its total");
    let searched = M::collect(defects.search(Search::new(Field::text("Status").eq("Old"))).limit(115)).expect("every page");
    assert_eq!(searched.len(), 230);
    assert_eq!(world.mock.requests().len(), 3 + 3, "a full last page takes one more call");
    world.mock.assert_no_verdicts();
}

fn a_page_cut_short_does_not_end_the_list<M: Drive>() {
    let world = World::start();
    world
        .mock
        .seed_all(records::TESTS, "11873", (0..8).map(|number| json!({ "title": format!("{number}"), "status": "New" })))
        .expect("seeds");
    world.mock.script("listTests", [tms_mock::Fault::remove("/results/3")]);
    let tests = M::collect(M::client(&world.setup()).project(PROJECT).tests().list().limit(4)).expect("every page");
    let ids: BTreeSet<_> = tests.iter().map(|test| test.id).collect();
    assert_eq!((tests.len(), ids.len()), (10, 10), "the total says that there is more, and the next page begins where this one ended");
}

fn limit_zero_gives_the_metadata_alone<M: Drive>() {
    let world = World::start();
    let client = M::client(&world.setup());
    let page = got(client.project(PROJECT).tests().list().limit(0));
    let result_set = page.metadata.expect("metadata").result_set.expect("counts");
    assert_eq!((result_set.total, result_set.limit, result_set.count), (Some(2), Some(0), Some(0)));
    assert_eq!(page.results, None, "nothing, not an empty list");
    let none = M::collect(client.project(PROJECT).tests().list().limit(0)).expect("an end");
    assert_eq!(none.len(), 0);
    assert_eq!(world.mock.requests().len(), 2, "a list without entries is not asked for more");
}

fn rights_are_bits<M: Drive>() {
    let world = World::start();
    let acl = |login: &str| {
        let client = M::client(&Setup::user(&world.mock, login));
        let page = got(client.project(PROJECT).defects().list());
        let of_page = page.metadata.and_then(|metadata| metadata.permissions).and_then(|permissions| permissions.acl);
        let of_one = got(client.project(PROJECT).defects().get(world.defect)).permissions.and_then(|permissions| permissions.acl);
        assert_eq!(of_page, of_one, "the list and its entry say the same");
        of_one.expect("rights")
    };
    let [everything, reading, writing] = [records::JOHN, records::READER, records::WRITER].map(acl);
    assert_eq!(everything, Acl::READ | Acl::UPDATE | Acl::DELETE);
    assert_eq!(reading, Acl::READ);
    assert!(writing.contains(Acl::READ | Acl::UPDATE) && !writing.contains(Acl::DELETE));
    world.mock.script("getDefect", [tms_mock::Fault::set("/__permissions/acl", json!(9))]);
    let odd = got(M::client(&world.setup()).project(PROJECT).defects().get(world.defect));
    let acl = odd.permissions.as_ref().and_then(|permissions| permissions.acl).expect("rights");
    assert!(acl.contains(Acl::READ) && acl.bits() == 9, "a bit that is not documented is kept: {acl:?}");
    assert!(qacomplete::tms_runtime::json::to_string(&odd).contains(r#""acl":9"#));
}
