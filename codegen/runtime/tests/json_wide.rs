//! Structs with more fields than a machine word has bits, and as deep as the reader goes.

use tms_runtime::json::{self, Extra, macros::object};

macro_rules! wide {
    ($($name:literal $field:ident),*) => {
        #[derive(Clone, Debug, PartialEq)]
        struct Wide {
            $($field: Option<i64>,)*
            last: String,
            nested: Option<Box<Wide>>,
            extra: Extra,
        }

        object! { Wide { $($name => $field,)* "last" => last!, "nested" => nested } }

        const NAMES: &[&str] = &[$($name),*];

        impl Wide {
            fn values(&self) -> Vec<Option<i64>> {
                vec![$(self.$field),*]
            }
        }
    };
}

macro_rules! tens {
    ($($ten:ident: $($name:literal $field:ident)*;)*) => {
        wide!($($($name $field),*),*);
    };
}

tens! {
    t0: "a0" a0 "a1" a1 "a2" a2 "a3" a3 "a4" a4 "a5" a5 "a6" a6 "a7" a7 "a8" a8 "a9" a9;
    t1: "b0" b0 "b1" b1 "b2" b2 "b3" b3 "b4" b4 "b5" b5 "b6" b6 "b7" b7 "b8" b8 "b9" b9;
    t2: "c0" c0 "c1" c1 "c2" c2 "c3" c3 "c4" c4 "c5" c5 "c6" c6 "c7" c7 "c8" c8 "c9" c9;
    t3: "d0" d0 "d1" d1 "d2" d2 "d3" d3 "d4" d4 "d5" d5 "d6" d6 "d7" d7 "d8" d8 "d9" d9;
    t4: "e0" e0 "e1" e1 "e2" e2 "e3" e3 "e4" e4 "e5" e5 "e6" e6 "e7" e7 "e8" e8 "e9" e9;
    t5: "f0" f0 "f1" f1 "f2" f2 "f3" f3 "f4" f4 "f5" f5 "f6" f6 "f7" f7 "f8" f8 "f9" f9;
    t6: "g0" g0 "g1" g1 "g2" g2 "g3" g3 "g4" g4 "g5" g5 "g6" g6 "g7" g7 "g8" g8 "g9" g9;
    t7: "h0" h0 "h1" h1 "h2" h2 "h3" h3 "h4" h4 "h5" h5 "h6" h6 "h7" h7 "h8" h8 "h9" h9;
    t8: "i0" i0 "i1" i1 "i2" i2 "i3" i3 "i4" i4 "i5" i5 "i6" i6 "i7" i7 "i8" i8 "i9" i9;
    t9: "j0" j0 "j1" j1 "j2" j2 "j3" j3 "j4" j4 "j5" j5 "j6" j6 "j7" j7 "j8" j8 "j9" j9;
    ta: "k0" k0 "k1" k1 "k2" k2 "k3" k3 "k4" k4 "k5" k5 "k6" k6 "k7" k7 "k8" k8 "k9" k9;
    tb: "l0" l0 "l1" l1 "l2" l2 "l3" l3 "l4" l4 "l5" l5 "l6" l6 "l7" l7 "l8" l8 "l9" l9;
    tc: "m0" m0 "m1" m1 "m2" m2 "m3" m3 "m4" m4 "m5" m5 "m6" m6 "m7" m7 "m8" m8 "m9" m9;
}

#[test]
fn every_field_has_its_place() {
    assert_eq!(NAMES.len(), 130);
    let member = |(index, name): (usize, &&str)| match index % 3 {
        0 => Some(format!("\"{name}\":null,")),
        1 => Some(format!("\"{name}\":{index},")),
        _ => None,
    };
    let members: Vec<String> = NAMES.iter().enumerate().filter_map(member).collect();
    let expected: Vec<Option<i64>> = (0..130).map(|index: i64| Some(index).filter(|index| index % 3 == 1)).collect();
    let forwards = format!("{{{}\"last\":\"x\"}}", members.concat());
    let backwards = format!("{{{}\"last\":\"x\"}}", members.iter().rev().map(String::as_str).collect::<String>());
    for text in [&forwards, &backwards] {
        let wide: Wide = json::from_str(text).expect("the fields are optional integers");
        assert_eq!(wide.values(), expected);
        assert_eq!(json::to_string(&wide), forwards);
    }
    let mut wide: Wide = json::from_str(&forwards).expect("JSON");
    wide.extra.forget_nulls();
    assert_eq!(wide.extra, Extra::default());
    assert!(!json::to_string(&wide).contains("null"));
}

#[test]
fn a_late_required_field_is_missed() {
    let error = json::from_str::<Wide>(r#"{"a0":1,"m9":2}"#).expect_err("`last` is required");
    assert_eq!(error.reason(), "missing field `last`");
}

#[test]
fn the_last_of_late_repeated_members_wins() {
    let text = r#"{"m9":null,"l9":"odd","m9":1,"l9":2,"last":"x"}"#;
    let mut wide: Wide = json::from_str(text).expect("JSON");
    assert_eq!((wide.m9, wide.l9, wide.extra.is_empty()), (Some(1), Some(2), true));
    (wide.m9, wide.l9) = (None, None);
    assert_eq!(json::to_string(&wide), r#"{"last":"x"}"#);
}

/// 132 fields and 127 levels on the stack of a worker thread of tokio, also unoptimised.
#[test]
fn the_deepest_document_fits_a_small_stack() {
    let text = format!("{}\"last\":\"x\"{}", "{\"last\":\"x\",\"nested\":".repeat(126) + "{", "}".repeat(127));
    let read = move || json::from_str::<Wide>(&text).map(|wide| json::to_string(&wide) == text);
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(read).expect("a thread");
    assert_eq!(thread.join().expect("no overflow").ok(), Some(true));
}
