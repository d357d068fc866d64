//! Where examples get credentials from: the environment.

use crate::ir::{Api, Field, Ident, Presence, Prim, Scheme, SchemePlace, Shape, TypeRef};

/// Does the client log in with user and password?
pub(super) fn is_login(scheme: &Scheme) -> bool {
    matches!(scheme.place, SchemePlace::Login { .. })
}

/// The environment variables that examples read a credential from.
pub(super) fn variables(api: &Api, scheme: &Scheme) -> Vec<String> {
    if is_login(scheme) {
        return login_variables(api, scheme).into();
    }
    match parts(api, scheme) {
        Some((_, fields)) => fields.iter().filter(|field| is_plain(field)).map(|field| member_variable(api, scheme, field)).collect(),
        None => vec![variable(api, scheme)],
    }
}

/// The same in a word, for the messages of the runtime.
pub(super) fn variable_pattern(api: &Api, scheme: &Scheme) -> Option<String> {
    scheme.env.as_ref().map(|env| if is_login(scheme) || parts(api, scheme).is_some() { format!("{env}_*") } else { env.clone() })
}

/// The call on the builder that sets the credential; `None` when the environment cannot say all it needs.
pub(super) fn setter(api: &Api, scheme: &Scheme) -> Option<String> {
    let (setter, variable) = (&scheme.setter, variable(api, scheme));
    match &scheme.place {
        SchemePlace::Basic => Some(format!(".{setter}(\"user\", std::env::var(\"{variable}\")?)")),
        SchemePlace::Login { .. } => Some(format!(".{setter}({setter})")),
        SchemePlace::Element { .. } if parts(api, scheme).is_some() => statement(api, scheme).map(|_| format!(".{setter}({setter})")),
        _ => Some(format!(".{setter}(std::env::var(\"{variable}\")?)")),
    }
}

/// The statement that puts a credential of several members together.
pub(super) fn statement(api: &Api, scheme: &Scheme) -> Option<String> {
    if is_login(scheme) {
        let [user, password] = login_variables(api, scheme).map(|variable| format!("std::env::var(\"{variable}\")?"));
        return Some(format!("    let {} = PasswordLogin::new({user}, {password});\n", scheme.setter));
    }
    let (name, fields) = parts(api, scheme)?;
    let value = |field: &&Field| {
        let read = format!("std::env::var(\"{}\")?", member_variable(api, scheme, field));
        if is_text(field) { read } else { format!("{read}.parse()?") }
    };
    let demanded: Vec<&Field> = fields.iter().filter(|field| matches!(field.presence, Presence::Required | Presence::Nullable)).collect();
    if !demanded.iter().all(|field| is_plain(field)) {
        return None;
    }
    let values: Vec<String> = demanded.iter().map(value).collect();
    let start = if values.is_empty() { "default()".to_owned() } else { format!("new({})", values.join(", ")) };
    let given: Vec<&Field> = fields.iter().filter(|field| field.presence == Presence::Optional && is_plain(field)).collect();
    let given: String = given.iter().map(|field| format!("\n        .with_{}({})", field.name.bare(), value(field))).collect();
    Some(format!("    let {} = types::{name}::{start}{given};\n", scheme.setter))
}

/// The members of a credential that is a struct.
fn parts<'a>(api: &'a Api, scheme: &Scheme) -> Option<(&'a Ident, &'a [Field])> {
    let SchemePlace::Element { ty: TypeRef::Named(id), .. } = &scheme.place else { return None };
    let found = api.types.get(*id)?;
    let Shape::Struct(shape) = &found.shape else { return None };
    Some((&found.name, &shape.fields))
}

fn is_text(field: &Field) -> bool {
    matches!(field.ty, TypeRef::Prim(Prim::String | Prim::Secret))
}

/// Can it be had from a text?
fn is_plain(field: &Field) -> bool {
    let ty = is_text(field) || matches!(field.ty, TypeRef::Prim(Prim::Bool | Prim::I32 | Prim::I64 | Prim::U64));
    ty && matches!(field.presence, Presence::Required | Presence::Optional)
}

fn member_variable(api: &Api, scheme: &Scheme, field: &Field) -> String {
    format!("{}_{}", variable(api, scheme), field.name.bare().to_ascii_uppercase())
}

/// User name and password.
fn login_variables(api: &Api, scheme: &Scheme) -> [String; 2] {
    let stem = variable(api, scheme);
    ["USERNAME", "PASSWORD"].map(|part| format!("{stem}_{part}"))
}

/// The environment variable of a credential; the beginning of several where the credential has members.
fn variable(api: &Api, scheme: &Scheme) -> String {
    let made_up = || format!("{}_{}", api.package, scheme.setter.bare()).replace('-', "_").to_ascii_uppercase();
    scheme.env.clone().unwrap_or_else(made_up)
}
