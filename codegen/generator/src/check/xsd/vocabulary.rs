//! Which elements XML Schema defines where.

const COMPONENTS: [&str; 7] = ["simpleType", "complexType", "group", "attributeGroup", "element", "attribute", "notation"];
const PARTICLES: [&str; 5] = ["element", "group", "choice", "sequence", "any"];
const CONTENT: [&str; 9] = ["group", "all", "choice", "sequence", "attribute", "attributeGroup", "anyAttribute", "assert", "openContent"];
const FACETS: [&str; 15] = [
    "simpleType",
    "enumeration",
    "minInclusive",
    "maxInclusive",
    "minExclusive",
    "maxExclusive",
    "length",
    "minLength",
    "maxLength",
    "pattern",
    "whiteSpace",
    "totalDigits",
    "fractionDigits",
    "assertion",
    "explicitTimezone",
];

/// The elements that may stand in an element, but for annotations; none in those that hold nothing else.
pub(super) fn children(parent: &str) -> Vec<&'static str> {
    let list: &[&[&'static str]] = match parent {
        "schema" => &[&["include", "import", "redefine", "override", "defaultOpenContent"], &COMPONENTS],
        "redefine" | "override" => &[&COMPONENTS],
        "complexType" => &[&["simpleContent", "complexContent"], &CONTENT],
        "simpleContent" | "complexContent" => &[&["extension", "restriction"]],
        "extension" => &[&CONTENT],
        "restriction" => &[&CONTENT, &FACETS],
        "sequence" | "choice" | "all" => &[&PARTICLES],
        "element" => &[&["simpleType", "complexType", "unique", "key", "keyref", "alternative"]],
        "attribute" | "list" | "union" => &[&["simpleType"]],
        "group" => &[&["all", "choice", "sequence"]],
        "attributeGroup" => &[&["attribute", "attributeGroup", "anyAttribute"]],
        "simpleType" => &[&["restriction", "list", "union"]],
        "alternative" => &[&["simpleType", "complexType"]],
        "unique" | "key" | "keyref" => &[&["selector", "field"]],
        "openContent" | "defaultOpenContent" => &[&["any"]],
        _ => &[],
    };
    list.concat()
}
