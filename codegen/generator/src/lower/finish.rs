use std::collections::BTreeMap;

use super::draft::{Drafts, without_null};
use super::group::{Bound, Callable, Group};
use super::key::{handles, keys};
use super::paging::paging;
use super::settle::{Graph, Root, Way, build, replaced};
use super::texts::fit;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::{Api, Body, Ident, Operation, Output, Resource, Scheme, SchemePlace, TypeId, TypeRef, Wire};
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
    let mut resources: Vec<(Bound, Resource)> = Vec::new();
    for (group, mut operations) in groups {
        for operation in &mut operations {
            each_type(operation, &mut |ty| *ty = graph.resolved(ty));
            plain(&graph, operation, &group, report);
        }
        let keys = keys(&graph, &group, &mut operations, (config, report));
        let Group { module, ty, docs, bound, .. } = group;
        let under = bound.under.as_deref().map(Ident::lossy);
        let feature = config.feature(module.bare());
        resources.push((bound, Resource { module, feature, ty, docs, under, keys, operations }));
    }
    resources.retain(|(_, resource)| !resource.operations.is_empty());
    let mut handles = handles(&resources, config, report);
    let mut resources: Vec<Resource> = resources.into_iter().map(|(_, resource)| resource).collect();
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
    let keys = resources.iter_mut().map(|resource| &mut resource.keys).chain(handles.iter_mut().map(|handle| &mut handle.keys));
    keys.flatten().for_each(|key| key.ty = place(&key.ty));
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        each_type(operation, &mut |ty| *ty = place(ty));
        operation.paging = paging(operation, &types, config);
    }
    Api { fault: fault.as_ref().map(place), types, handles, resources, ..head }
}

fn placed(ty: &TypeRef, places: &BTreeMap<TypeId, TypeId>) -> TypeRef {
    replaced(ty, &mut |id| places.get(&id).map_or(TypeRef::Json, |id| TypeRef::Named(*id)))
}

/// Runs over all types an operation uses.
fn each_type(operation: &mut Operation, change: &mut impl FnMut(&mut TypeRef)) {
    operation.args.iter_mut().for_each(|arg| change(&mut arg.ty));
    match &mut operation.body {
        Some(Body::Json { ty, .. } | Body::Form(ty) | Body::Multipart(ty) | Body::Xml(ty)) => change(ty),
        Some(Body::File { .. } | Body::Text { .. }) | None => {}
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
    operation.fault = without_null(operation.fault.clone()).0;
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
                Some(Body::Json { ty, .. } | Body::Form(ty) | Body::Multipart(ty) | Body::Xml(ty)) => add(Way::In, ty),
                Some(Body::File { .. } | Body::Text { .. }) | None => {}
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
