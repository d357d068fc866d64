use crate::config::Config;
use crate::ir::{Prim, Shape, TypeRef, Types};

/// Makes members secret that `sdk.toml` names as `Type.Member`; only texts can be.
pub(super) fn hide(types: &mut Types, config: &Config) {
    for ty in &mut types.0 {
        let Shape::Struct(shape) = &mut ty.shape else { continue };
        for field in shape.fields.iter_mut().filter(|field| field.ty == TypeRef::Prim(Prim::String)) {
            let name = format!("{}.{}", ty.wire, field.wire);
            if config.secrets.contains(&name) {
                field.ty = TypeRef::Prim(Prim::Secret);
            }
        }
    }
}
