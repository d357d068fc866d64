//! Random documents, read and written by us and by `serde_json`.

mod json_oracle;

use proptest::prelude::*;
use serde_json::Value as Theirs;
use tms_runtime::json::{self, Value};

fn document() -> impl Strategy<Value = Theirs> {
    let leaf = prop_oneof![
        Just(Theirs::Null),
        any::<bool>().prop_map(Theirs::from),
        any::<i64>().prop_map(Theirs::from),
        any::<u64>().prop_map(Theirs::from),
        any::<f64>().prop_map(Theirs::from),
        any::<String>().prop_map(Theirs::from),
        "[a-z\"\\\\/\\n\\t\u{1}\u{7f}é😀]{0,20}".prop_map(Theirs::from),
    ];
    let key = prop_oneof![Just("id".to_owned()), Just("name".to_owned()), Just("inner".to_owned()), any::<String>()];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Theirs::from),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(|members| Theirs::Object(members.into_iter().collect())),
        ]
    })
}

/// A change of a text that may or may not leave it JSON.
fn damage(text: &mut Vec<u8>, at: usize, kind: u8) {
    const BYTES: &[u8] = b"{}[]\",:\\0123456789.eE+-tfnu \n\x00\x1f\x7f\x80\xc3\xff";
    let at = at % (text.len() + 1);
    let byte = BYTES[usize::from(kind) % BYTES.len()];
    match kind % 4 {
        0 => text.insert(at, byte),
        1 => text.truncate(at),
        2 if at < text.len() => text[at] = byte,
        _ if at < text.len() => {
            text.remove(at);
        }
        _ => text.push(byte),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_documents(document in document(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&document) } else { serde_json::to_string(&document) };
        let text = text.expect("a free-form value can be written");
        json_oracle::agree(text.as_bytes());
        let ours = Value::parse(&text).expect("what serde_json writes is JSON");
        prop_assert!(json_oracle::same(&ours, &document));
    }

    #[test]
    fn damaged_documents(document in document(), damages in prop::collection::vec((any::<usize>(), any::<u8>()), 1..4)) {
        let mut text = serde_json::to_vec(&document).expect("a free-form value can be written");
        for (at, kind) in damages {
            damage(&mut text, at, kind);
        }
        json_oracle::agree(&text);
    }

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        json_oracle::agree(&bytes);
    }

    #[test]
    fn numbers_of_every_shape(text in "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?") {
        json_oracle::agree(text.as_bytes());
        prop_assert_eq!(Value::parse(&text).expect("a number").to_string(), text);
    }

    #[test]
    fn strings_with_escapes(text in "\"([a-zé😀]|\\\\[\"\\\\/bfnrtu]|\\\\u[0-9a-fA-F]{4}|\\\\ud[89ab][0-9]{2}\\\\ud[c-f][0-9]{2}){0,12}\"") {
        json_oracle::agree(text.as_bytes());
    }

    #[test]
    fn floats_come_back(number in any::<f64>()) {
        let text = json::to_string(&number);
        if number.is_finite() {
            prop_assert_eq!(json::from_str::<f64>(&text).expect("a number").to_bits(), number.to_bits());
            prop_assert_eq!(serde_json::from_str::<f64>(&text).is_ok(), true);
        } else {
            prop_assert_eq!(text, "null");
        }
    }

    #[test]
    fn integers_come_back(number in any::<i64>(), unsigned in any::<u64>()) {
        prop_assert_eq!(json::from_str::<i64>(&json::to_string(&number)).ok(), Some(number));
        prop_assert_eq!(json::from_str::<i64>(&format!("\"{number}\"")).ok(), Some(number));
        prop_assert_eq!(json::from_str::<i64>(&format!("{number}.000")).ok(), Some(number));
        prop_assert_eq!(json::from_str::<u64>(&json::to_string(&unsigned)).ok(), Some(unsigned));
    }
}
