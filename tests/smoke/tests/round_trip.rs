//! Every type of every SOAP API: what is read from a document is written again, unknown elements and all.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::LazyLock;
use tms_runtime::codegen::{FromXml, ToXml};
use tms_runtime::{QName, xml};
use tms_smoke::instance::Maker;
use tms_smoke::xml::Element;
use tms_smoke::xsd::Schema;

/// Documents of each type.
const DOCUMENTS: u64 = 200;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::of("qacomplete-soap/types.xsd"));

/// Value -> XML -> value, from documents of a type.
fn round_trip<T: FromXml + ToXml + PartialEq + Debug>(name: QName) {
    for seed in 0..DOCUMENTS {
        let instance = Maker::new(&SCHEMA, seed).document(name.1);
        let told = || format!("document {seed} of {}:\n{}", name.1, instance.text);
        assert_eq!(Element::parse(&instance.text).name, instance.meaning.name, "{}", told());
        let value: T = xml::from_str(&instance.text).unwrap_or_else(|error| panic!("cannot be read: {error}\n{}", told()));
        let written = xml::to_string(name, &value).unwrap_or_else(|error| panic!("cannot be written: {error}\n{}", told()));
        let shown = Element::parse(&written);
        assert!(shown == instance.meaning, "written\n{shown}\nmeant\n{}\n{}", instance.meaning, told());
        let again: T = xml::from_str(&written).unwrap_or_else(|error| panic!("cannot be read again: {error}\n{written}\n{}", told()));
        assert_eq!(again, value, "{}", told());
    }
}

macro_rules! tests {
    ($($ty:ident = $name:literal),+ $(,)?) => {
        mod types {$(
            #[test]
            #[allow(non_snake_case)] // called as the type
            fn $ty() {
                super::round_trip::<qacomplete_soap::types::$ty>(super::QName(qacomplete_soap::NAMESPACE, $name));
            }
        )+}

        /// The types of the generated crate.
        const TYPES: &[&str] = &[$($name),+];
    };
}

qacomplete_soap::types!(tests);

#[test]
fn every_type_of_the_schema_is_generated() {
    let described: BTreeSet<&str> = SCHEMA.objects().collect();
    let generated: BTreeSet<&str> = TYPES.iter().copied().collect();
    assert_eq!(described, generated, "types.xsd (left) and qacomplete_soap::types! (right) differ: `cargo xtask regenerate`");
}
