//! What handles bind: path parameters that all operations of a resource have, and all resources of a handle above them.

use super::draft::Shape;
use super::group::{Bound, Callable, Group};
use super::plan::Call;
use super::settle::Graph;
use crate::config::{Config, Resource};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::ir::{self, Arg, Ident, Key, Operation, TypeId, TypeRef};
use crate::names::{Kind, ident, spelled};
use crate::source::Location;

/// The path parameters that the handle of a resource binds: those of the handle above it, then its own in path order.
pub(super) fn bound(module: &str, setting: &Resource, calls: &[Call<'_>], config: &Config, report: &mut Report) -> Bound {
    let mut keys = Vec::new();
    if let Some(under) = &setting.under {
        let Some(handle) = config.handles.get(under) else {
            no_handle(module, under, config).into_iter().for_each(|problem| report.push(problem));
            return Bound::default();
        };
        for names in &handle.args {
            let everywhere = |name: &&String| calls.iter().all(|call| has(call, name));
            match (names.iter().find(everywhere), names.first()) {
                (Some(name), _) => keys.push(name.clone()),
                (None, Some(name)) => {
                    lacking(name, calls, config.value(["resources", module, "under"]), report);
                    return Bound::default();
                }
                (None, None) => {}
            }
        }
    }
    let inherited = keys.len();
    let mut own = setting.args.clone();
    for (index, name) in own.iter().enumerate() {
        let place = config.value(["resources", module, "args", &index.to_string()]);
        if calls.iter().any(|call| !has(call, name)) {
            lacking(name, calls, config.value(["resources", module, "args"]), report);
            return Bound::default();
        }
        if let (true, Some(place)) = (keys.contains(name), place) {
            let message = format!("`{name}` is bound by the handle above already");
            report.push(Diagnostic::new(Tag::InvalidConfigValue, message, place).help("remove it"));
            return Bound::default();
        }
    }
    let path = calls.first().map_or("", |call| call.path);
    own.sort_by_key(|key| path.find(&format!("{{{key}}}")));
    keys.append(&mut own);
    Bound { under: setting.under.clone(), inherited, keys }
}

fn has(call: &Call<'_>, name: &str) -> bool {
    call.path.contains(&format!("{{{name}}}"))
}

fn lacking(name: &str, calls: &[Call<'_>], place: Option<Location>, report: &mut Report) {
    let Some(call) = calls.iter().find(|call| !has(call, name)) else { return };
    let message = format!("`{}` has no path parameter `{name}` that the handle could bind", call.id);
    let help = "every operation of the resource must have it: leave it out, or move the operation to another resource";
    let place = place.unwrap_or_else(|| call.at.key_location());
    report.push(Diagnostic::new(Tag::InvalidConfigValue, message, place).also(call.at.key_location(), "this one").help(help));
}

fn no_handle(module: &str, under: &str, config: &Config) -> Option<Diagnostic> {
    let known = || config.handles.keys().map(String::as_str);
    let help = match did_you_mean(under, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if config.handles.is_empty() => format!("add a table `[handles.{under}]`"),
        None => format!("there are: {}", listed(known())),
    };
    let place = config.value(["resources", module, "under"])?;
    Some(Diagnostic::new(Tag::UnknownConfigTarget, format!("there is no handle `{under}`"), place).help(help))
}

/// The arguments that the handle of a resource binds; they must have one type in all operations.
pub(super) fn keys<C: Callable>(
    graph: &Graph,
    group: &Group<C>,
    operations: &mut [Operation],
    (config, report): (&Config, &mut Report),
) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for wire in &group.bound.keys {
        let args = || operations.iter().filter_map(|operation| operation.args.iter().find(|arg| arg.from_handle && arg.wire == *wire));
        let Some(first) = args().next() else { continue };
        if args().all(|arg| arg.ty == first.ty && arg.name == first.name) && is_plain(graph, &first.ty) {
            keys.push(Key { name: first.name.clone(), ty: first.ty.clone(), docs: first.docs.clone() });
            continue;
        }
        let message = format!("`{wire}` is not the same everywhere: the handle can only bind an argument of one plain type");
        let module = group.module.bare();
        let setting = if keys.len() < group.bound.inherited { "under" } else { "args" };
        if let Some(at) = config.value(["resources", module, setting]) {
            report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at));
        }
        let same = |arg: &&mut Arg| arg.wire == *wire;
        operations.iter_mut().flat_map(|operation| &mut operation.args).filter(same).for_each(|arg| arg.from_handle = false);
    }
    keys
}

/// Whether a value of this type is one number, one text or one word.
fn is_plain(graph: &Graph, ty: &TypeRef) -> bool {
    let is_words = |id: TypeId| graph.draft(id).is_some_and(|draft| matches!(draft.shape, Shape::Words(_)));
    match ty {
        TypeRef::Prim(_) => true,
        TypeRef::Named(id) => is_words(*id),
        _ => false,
    }
}

/// The handles above resources. What they bind must be the same in all of these.
pub(super) fn handles(resources: &[(Bound, ir::Resource)], config: &Config, report: &mut Report) -> Vec<ir::Handle> {
    let mut handles = Vec::new();
    for name in config.handles.keys() {
        let mut problem = |message: String, help: &str| {
            if let Some(at) = config.key(["handles", name]) {
                report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help(help));
            }
        };
        let mut below = resources.iter().filter(|(bound, _)| bound.under.as_ref() == Some(name));
        if spelled(Kind::Module, name) != *name || resources.iter().any(|(_, resource)| resource.module.bare() == name.as_str()) {
            problem(format!("the name `{name}` is taken"), "choose another name for the handle");
        }
        let Some((bound, first)) = below.next() else {
            if config.resources.values().all(|resource| resource.under.as_ref() != Some(name)) {
                let help = "name it at a resource, such as `under = \"project\"`, or remove it";
                problem(format!("nothing is under the handle `{name}`"), help);
            }
            continue;
        };
        let inherited = |resource: &ir::Resource| -> Vec<Key> { resource.keys.iter().take(bound.inherited).cloned().collect() };
        let keys = inherited(first);
        if let Some((_, other)) = below.find(|(_, other)| !same(&inherited(other), &keys)) {
            let shown = |keys: &[Key]| keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ");
            let (one, other_keys) = (shown(&keys), shown(&inherited(other)));
            let message = format!("`{name}` cannot bind {one} in `{}` and {other_keys} in `{}`", first.module, other.module);
            problem(message, "arguments must have one name and one type: `[rename]` gives them one name");
        }
        handles.push(ir::Handle { module: Ident::lossy(name), ty: ident(Kind::Call, name), keys });
    }
    handles
}

fn same(a: &[Key], b: &[Key]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.name == b.name && a.ty == b.ty)
}
