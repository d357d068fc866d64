use std::collections::BTreeMap;

use super::draft::{Drafts, without_null};
use super::group::{Callable, Group};
use super::paging::paging;
use super::settle::{Graph, Root, Way, build, replaced};
use super::texts::{Look, fit, look};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::{Api, Arg, Body, Key, Operation, Output, Resource, Scheme, SchemePlace, TypeId, TypeRef, Wire};
use crate::source::{Location, Sources};

/// What finishing an API needs beside it.
pub(super) struct Context<'a> {
    pub(super) sources: &'a Sources,
    pub(super) config: &'a Config,
    pub(super) report: &'a mut Report,
}

/// Turns drafts and the operations that refer to them into the finished API.
pub(super) fn api<C: Callable>(mut head: Api, groups: Vec<(Group<C>, Vec<Operation>)>, drafts: Drafts<'_>, context: Context<'_>) -> Api {
    let Context { sources, config, report } = context;
    let graph = Graph::new(drafts, report);
    let mut resources: Vec<Resource> = Vec::new();
    for (group, mut operations) in groups {
        for operation in &mut operations {
            each_type(operation, &mut |ty| *ty = graph.resolved(ty));
            plain(&graph, operation, &group, report);
        }
        let keys = keys(&group, &mut operations, config, report);
        let Group { module, ty, docs, .. } = group;
        resources.push(Resource { module, ty, docs, keys, operations });
    }
    resources.retain(|resource| !resource.operations.is_empty());
    let fault = shared_fault(&resources);
    for scheme in &mut head.schemes {
        if let SchemePlace::Element { ty, .. } = &mut scheme.place {
            *ty = graph.resolved(ty);
        }
    }
    let roots = roots(&resources, fault.as_ref(), &head.schemes);
    let (types, places) = build(&graph, &roots, (sources, config, report));
    let place = |ty: &TypeRef| placed(ty, &places);
    for scheme in &mut head.schemes {
        if let SchemePlace::Element { ty, .. } = &mut scheme.place {
            *ty = place(ty);
        }
    }
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        each_type(operation, &mut |ty| *ty = place(ty));
        operation.paging = paging(operation, &types, config);
    }
    Api { fault: fault.as_ref().map(place), types, resources, ..head }
}

fn placed(ty: &TypeRef, places: &BTreeMap<TypeId, TypeId>) -> TypeRef {
    replaced(ty, &mut |id| places.get(&id).map_or(TypeRef::Json, |id| TypeRef::Named(*id)))
}

/// Runs over all types an operation uses.
fn each_type(operation: &mut Operation, change: &mut impl FnMut(&mut TypeRef)) {
    operation.args.iter_mut().for_each(|arg| change(&mut arg.ty));
    match &mut operation.body {
        Some(Body::Json { ty, .. } | Body::Form(ty) | Body::Xml(ty)) => change(ty),
        Some(Body::Multipart(form)) => form.parts.iter_mut().for_each(|part| change(&mut part.ty)),
        Some(Body::Bytes { .. } | Body::Text { .. }) | None => {}
    }
    if let Output::Json { ty, .. } | Output::Xml { ty, .. } = &mut operation.output {
        change(ty);
    }
    if let Wire::Soap(soap) = &mut operation.wire {
        soap.details.iter_mut().for_each(|detail| change(&mut detail.ty));
    }
    change(&mut operation.fault);
}

/// Brings types into the forms that arguments, parts and faults may have.
fn plain<C: Callable>(graph: &Graph, operation: &mut Operation, group: &Group<C>, report: &mut Report) {
    let call = group.calls.iter().find(|call| *call.ty() == operation.ty);
    for arg in operation.args.iter_mut().filter(|arg| arg.xml.is_none()) {
        let declared = call.map(|call| call.declares(arg));
        if !fit(graph, arg) {
            let message = format!("`{}` is taken as text: its style does not say how its values are written", arg.wire);
            report.push(Diagnostic::new(Tag::ParameterAsText, message, declared.unwrap_or(Location::Path(String::new()))));
        }
    }
    if let Some(Body::Multipart(form)) = &mut operation.body {
        for part in &mut form.parts {
            part.ty = without_null(part.ty.clone()).0;
            part.json |= matches!(look(graph, &part.ty), Look::Object | Look::Nested);
        }
    }
    operation.fault = without_null(operation.fault.clone()).0;
}

/// The arguments that the handle binds; they must have one type in all operations.
fn keys<C>(group: &Group<C>, operations: &mut [Operation], config: &Config, report: &mut Report) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for wire in &group.keys {
        let args = || operations.iter().filter_map(|operation| operation.args.iter().find(|arg| arg.from_handle && arg.wire == *wire));
        let Some(first) = args().next() else { continue };
        if args().all(|arg| arg.ty == first.ty && arg.name == first.name && matches!(arg.ty, TypeRef::Prim(_))) {
            keys.push(Key { name: first.name.clone(), ty: first.ty.clone(), docs: first.docs.clone() });
            continue;
        }
        let message = format!("`{wire}` is not the same everywhere: the handle can only bind an argument of one plain type");
        let module = group.module.bare();
        if let Some(at) = config.value(["resources", module, "args"]) {
            report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at));
        }
        let same = |arg: &&mut Arg| arg.wire == *wire;
        operations.iter_mut().flat_map(|operation| &mut operation.args).filter(same).for_each(|arg| arg.from_handle = false);
    }
    keys
}

/// The fault of all operations, if they share one.
fn shared_fault(resources: &[Resource]) -> Option<TypeRef> {
    let mut faults = resources.iter().flat_map(|resource| &resource.operations).map(|operation| &operation.fault);
    let first = faults.next()?;
    (*first != TypeRef::Json && faults.all(|fault| fault == first)).then(|| first.clone())
}

/// What the client and each operation send and receive.
fn roots(resources: &[Resource], shared_fault: Option<&TypeRef>, schemes: &[Scheme]) -> Vec<Root> {
    let always = |way, ty: &TypeRef| Root { module: None, way, ty: ty.clone() };
    let mut roots: Vec<Root> = shared_fault.map(|fault| always(Way::Out, fault)).into_iter().collect();
    for scheme in schemes {
        if let SchemePlace::Element { ty, .. } = &scheme.place {
            roots.push(always(Way::In, ty));
        }
    }
    for resource in resources {
        let mut add = |way, ty: &TypeRef| roots.push(Root { module: Some(resource.module.clone()), way, ty: ty.clone() });
        for operation in &resource.operations {
            operation.args.iter().for_each(|arg| add(Way::In, &arg.ty));
            match &operation.body {
                Some(Body::Json { ty, .. } | Body::Form(ty) | Body::Xml(ty)) => add(Way::In, ty),
                Some(Body::Multipart(form)) => form.parts.iter().for_each(|part| add(Way::In, &part.ty)),
                Some(Body::Bytes { .. } | Body::Text { .. }) | None => {}
            }
            if let Output::Json { ty, .. } | Output::Xml { ty, .. } = &operation.output {
                add(Way::Out, ty);
            }
            if let Wire::Soap(soap) = &operation.wire {
                soap.details.iter().for_each(|detail| add(Way::Out, &detail.ty));
            }
            if shared_fault.is_none() {
                add(Way::Out, &operation.fault);
            }
        }
    }
    roots
}
