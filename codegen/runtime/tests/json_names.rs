//! Members with several names, and numbers whose bits have names.

use tms_runtime::codegen::{Extra, flags, object};
use tms_runtime::json;

#[derive(Clone, Debug, PartialEq)]
struct Item {
    id: i64,
    is_active: Option<bool>,
    entity: Option<i64>,
    extra: Extra,
}
object! { Item { "id" => id!, "is_active" | "active" => is_active, "entity_id" | "fk_id" | "fk" => entity! } }

#[derive(Clone, Debug, PartialEq)]
struct Odd {
    code: Option<i64>,
    extra: Extra,
}
object! { Odd { "entity\"code" | "entity-code" | "\u{e4}" => code } }

fn item(text: &str) -> Item {
    json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn what_came_under_an_alias_goes_back_under_it() {
    let same = [
        r#"{"id":1,"is_active":true,"entity_id":2}"#,
        r#"{"id":1,"active":true,"entity_id":2}"#,
        r#"{"id":1,"active":false,"fk_id":2}"#,
        r#"{"id":1,"fk":2,"more":[1]}"#,
        r#"{"id":1,"active":null,"fk":null}"#,
        r#"{"id":1,"fk":2,"active":"odd"}"#,
    ];
    for text in same {
        assert_eq!(json::to_string(&item(text)), text);
    }
    let table = [
        // Of a repeated member the last one wins, name and value.
        (r#"{"id":1,"fk":2,"entity_id":3}"#, r#"{"id":1,"entity_id":3}"#),
        (r#"{"id":1,"entity_id":2,"fk":3}"#, r#"{"id":1,"fk":3}"#),
        (r#"{"id":1,"fk":null,"fk_id":3,"active":"odd","active":true}"#, r#"{"id":1,"active":true,"fk_id":3}"#),
        (r#"{"id":1,"active":true,"active":"odd","fk":3}"#, r#"{"id":1,"fk":3,"active":"odd"}"#),
        (r#"{"id":1,"\u0061ctive":true,"fk":3}"#, r#"{"id":1,"active":true,"fk":3}"#),
    ];
    for (text, expected) in table {
        assert_eq!(json::to_string(&item(text)), expected, "{text}");
    }
    let text = r#"{"entity-code":1}"#;
    assert_eq!(json::to_string(&json::from_str::<Odd>(text).expect(text)), text);
    assert_eq!(json::to_string(&Odd { code: Some(1), extra: Extra::default() }), r#"{"entity\"code":1}"#);
}

#[test]
fn the_value_is_read_whatever_the_name() {
    let read = item(r#"{"id":1,"active":true,"fk":2}"#);
    assert_eq!((read.is_active, read.entity, read.extra.is_empty()), (Some(true), Some(2), true));
    let mut changed = read.clone();
    changed.entity = Some(3);
    assert_eq!(json::to_string(&changed), r#"{"id":1,"active":true,"fk":3}"#, "a changed value keeps its name");
    changed.is_active = None;
    assert_eq!(json::to_string(&changed), r#"{"id":1,"fk":3}"#);
    let new = Item { id: 1, is_active: Some(true), entity: None, extra: Extra::default() };
    assert_eq!(json::to_string(&new), r#"{"id":1,"is_active":true,"entity_id":null}"#, "a new value has the first name");
    // Names of one type mean nothing in another.
    let moved = Odd { code: Some(1), extra: read.extra.clone() };
    assert_eq!(json::to_string(&moved), r#"{"entity\"code":1}"#);
    let mut forgetful = item(r#"{"id":1,"active":null,"fk":2}"#);
    forgetful.extra.forget_nulls();
    assert_eq!(json::to_string(&forgetful), r#"{"id":1,"fk":2}"#);
    let mut set = new;
    (set.is_active, set.entity) = (None, Some(1));
    set.extra.set("active", 7_i64);
    assert_eq!(json::to_string(&set), r#"{"id":1,"entity_id":1,"active":7}"#, "an alias is sent while the field is absent");
    set.is_active = Some(true);
    assert_eq!(json::to_string(&set), r#"{"id":1,"is_active":true,"entity_id":1}"#);
}

/// What the caller may do.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Permissions(i64);

impl Permissions {
    /// Read.
    const READ: Self = Self(1);
    /// Update.
    const UPDATE: Self = Self(2);
    /// Delete.
    const DELETE: Self = Self(4);
}
flags! { Permissions { READ, UPDATE, DELETE } }

#[test]
fn bits_have_names() {
    let table = [
        ("0", "(none)", 0),
        ("1", "READ", 0),
        ("5", "READ | DELETE", 0),
        ("\"6\"", "UPDATE | DELETE", 0),
        ("10", "UPDATE | 0x8", 8),
        ("8", "0x8", 8),
        ("-1", "READ | UPDATE | DELETE | 0xfffffffffffffff8", -8),
    ];
    for (text, shown, unknown) in table {
        let read: Permissions = json::from_str(text).expect(text);
        assert_eq!((format!("{read:?}").as_str(), read.unknown()), (shown, unknown), "{text}");
        assert_eq!(json::to_string(&read), text.trim_matches('"'));
    }
    let mut both = Permissions::READ | Permissions::DELETE;
    assert!(both.contains(Permissions::READ) && both.contains(both) && !both.contains(Permissions::UPDATE | Permissions::READ));
    both |= Permissions::from(8);
    both.remove(Permissions::READ);
    both.insert(Permissions::UPDATE);
    assert_eq!((both.bits(), both.is_empty()), (14, false));
    assert!(Permissions::empty().is_empty() && Permissions::empty() == Permissions::default());
    assert!(json::from_str::<Permissions>("\"read\"").is_err());
}
