//! Lists of all operations, for tests and tools that must not forget one.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use super::soap;
use crate::ir::{Api, Resource};

/// `macro_rules! operations`, row by row.
pub(super) fn callback(api: &Api) -> String {
    let groups: String = api.resources.iter().map(group).collect();
    format!(
        "/// Hands every operation to the macro `$callback`, grouped by resource: `cases {{ list: List = \"listCases\" }}` names the\n\
         /// module, the handle's method, the operation's type and its id in the specification. For tests that must not forget one.\n\
         #[doc(hidden)]\n#[macro_export]\nmacro_rules! operations {{\n    ($callback:ident) => {{\n        $callback! {{\n{groups}        \
         }}\n    }};\n}}\n"
    )
}

/// `macro_rules! types`, row by row, of a SOAP API: its tests send every type there and back.
pub(super) fn types(api: &Api) -> Option<String> {
    let rows: Vec<String> = api.types.iter().map(|(_, ty)| format!("            {} = {:?}", ty.name, ty.wire)).collect();
    soap::speaks(api).then(|| {
        format!(
            "/// Hands every type to the macro `$callback`, by its name here and in the schema: `Bug = \"Bug\"`. For tests that must\n\
             /// not forget one.\n#[doc(hidden)]\n#[macro_export]\nmacro_rules! types {{\n    ($callback:ident) => {{\n        \
             $callback! {{\n{}\n        }}\n    }};\n}}\n",
            rows.join(",\n")
        )
    })
}

fn group(resource: &Resource) -> String {
    let rows: Vec<String> =
        resource.operations.iter().map(|op| format!("                {}: {} = {:?}", op.method, op.ty, op.id)).collect();
    format!("            {} {{\n{}\n            }}\n", resource.module, rows.join(",\n"))
}

/// `const OPERATIONS`
pub(super) fn list(api: &Api) -> TokenStream {
    let rows = api.resources.iter().flat_map(|resource| {
        let (feature, module) = (&resource.feature, ident(&resource.module));
        resource.operations.iter().map(move |op| {
            let ty = ident(&op.ty);
            quote! { #[cfg(feature = #feature)] #module::#ty::INFO }
        })
    });
    quote! {
        /// Every operation that is compiled in: its name, method, path and rules.
        pub const OPERATIONS: &[Info] = &[#(#rows),*];
    }
}
