/// A package name made from the name of a file or folder: `petstore.v1.json` becomes `petstore-v1`.
pub(crate) fn from_file_name(name: &str) -> String {
    let stem = [".yaml", ".yml", ".json", ".wsdl"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let mut package = String::new();
    for c in stem.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => package.push(c),
            _ if package.is_empty() || package.ends_with('-') => {}
            _ => package.push('-'),
        }
    }
    let package = package.trim_end_matches('-');
    if invalid(package).is_none() { package.to_owned() } else { format!("api-{package}").trim_end_matches('-').to_owned() }
}

/// What is wrong with a package name, if anything.
pub(crate) fn invalid(name: &str) -> Option<&'static str> {
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some("must begin with a lower-case letter");
    }
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_') {
        return Some("may hold lower-case letters, digits, `-` and `_` only");
    }
    RESERVED.contains(&name).then_some("is reserved in Rust")
}

/// Keywords, and crates that every program has.
const RESERVED: [&str; 58] = [
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "tms-runtime",
    "tms_runtime",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_file_name_makes_a_package_name() {
        let made = ["petstore.v1.json", "Qase API.wsdl", "1forge.com.json", "ä.json", "type.yml", ""].map(from_file_name);
        assert_eq!(made, ["petstore-v1", "qase-api", "api-1forge-com", "api", "api-type", "api"]);
        assert!(made.iter().all(|name| invalid(name).is_none()));
    }
}
