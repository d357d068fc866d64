//! Fields of the project and of the site with their allowed values, and templates.

use crate::qtest_manager::PROJECT;
use crate::qtest_manager::world::{ALLOWED, FIELD};
use qtest_manager::types::{
    AllowedValueInput, AllowedValueUpdate, FieldActivation, FieldObject, FieldUpdate, NewField, ProjectFieldObject, SystemFieldUpdate,
    TemplateProjects,
};
use tms_mock::qtest_manager as records;

/// A pick list.
fn pick_list() -> NewField {
    let system = AllowedValueInput::default().with_label("Linux").with_order(1).with_is_default(true).with_is_active(true);
    NewField::new("System", 3)
        .with_required(false)
        .with_multiple(false)
        .with_searchable(true)
        .with_order(10)
        .with_is_active(true)
        .with_allowed_values([system])
}

/// A value more.
fn opera() -> [AllowedValueInput; 1] {
    [AllowedValueInput::default().with_label("Opera").with_order(3).with_is_default(false).with_is_active(true).with_color("#cc0000")]
}

crate::rest::exercises! { qtest_manager:
    fields::List |client, world| client.project(PROJECT).fields().list(FieldObject::TestCases).include_inactive(true),
        |fields| fields.iter().any(|field| field.id == FIELD && field.allowed_values.iter().flatten().count() == 2);
    fields::Create |client, world| client.project(PROJECT).fields().create(ProjectFieldObject::TestCases, pick_list()),
        |field| field.label.as_deref() == Some("System") && field.allowed_values.iter().flatten().count() == 1;
    fields::Get |client, world| client.project(PROJECT).fields().get(FieldObject::TestCases, FIELD),
        |field| field.id == FIELD && field.system_field == Some(false);
    fields::Update |client, world| client.project(PROJECT).fields().update(
            ProjectFieldObject::TestCases, FIELD,
            FieldUpdate::default().with_label("Engine").with_data_type(3).with_required(true).with_multiple(false).with_searchable(false)
                .with_order(9).with_default_value("19001").with_is_active(true)
                .with_allowed_values([AllowedValueInput::default().with_value(ALLOWED).with_label("Gecko")]),
        ),
        |field| field.label.as_deref() == Some("Engine") && field.required == Some(true)
            && field.allowed_values.iter().flatten().map(|value| value.value).eq([Some(ALLOWED)]);
    fields::Delete |client, world| client.project(PROJECT).fields().delete(ProjectFieldObject::TestCases, FIELD),
        |()| world.member(records::FIELDS, "1/test-cases", FIELD, "").is_null();
    fields::Values |client, world| client.project(PROJECT).fields().values(FieldObject::TestCases, FIELD).page(2).page_size(1),
        |values| values.iter().map(|value| value.label.as_deref()).eq([Some("Chrome")]);
    fields::AddValues |client, world| client.project(PROJECT).fields().add_values(ProjectFieldObject::TestCases, FIELD, opera()),
        |added| added.iter().flat_map(|list| list.items.iter().flatten()).map(|value| value.label.as_deref()).eq([Some("Opera")]);
    fields::UpdateValue |client, world| client.project(PROJECT).fields().update_value(
            ProjectFieldObject::TestCases, FIELD, ALLOWED,
            AllowedValueUpdate::default().with_label("Gecko").with_order(2).with_is_default(false).with_is_active(true)
                .with_color("#0000cc"),
        ),
        |()| world.member(records::FIELDS, "1/test-cases", FIELD, "/allowed_values/0/label") == "Gecko";
    fields::DeleteValue |client, world| client.project(PROJECT).fields().delete_value(ProjectFieldObject::TestCases, FIELD, ALLOWED),
        |()| world.member(records::FIELDS, "1/test-cases", FIELD, "/allowed_values/0/label") == "Chrome";

    site_fields::List |client, world| client.site_fields().list(FieldObject::TestCases).page(1).page_size(100),
        |fields| fields.iter().any(|field| field.id == FIELD);
    site_fields::Create |client, world| client.site_fields().create(FieldObject::TestCases, pick_list()),
        |field| field.label.as_deref() == Some("System");
    site_fields::Get |client, world| client.site_fields().get(FieldObject::TestCases, FIELD),
        |field| field.id == FIELD && field.system_field == Some(false);
    site_fields::Update |client, world| client.site_fields().update(
            FieldObject::TestCases, FIELD, FieldUpdate::default().with_label("Engine").with_searchable(false).with_order(9),
        ),
        |field| field.label.as_deref() == Some("Engine") && field.searchable == Some(false);
    site_fields::Delete |client, world| client.site_fields().delete(FieldObject::TestCases, FIELD),
        |()| world.member(records::FIELDS, "test-cases", FIELD, "").is_null();
    site_fields::Values |client, world| client.site_fields().values(FieldObject::TestCases, FIELD).page(2).page_size(1),
        |values| values.iter().map(|value| value.label.as_deref()).eq([Some("Chrome")]);
    site_fields::AddValues |client, world| client.site_fields().add_values(FieldObject::TestCases, FIELD, opera()),
        |added| added.iter().flat_map(|list| list.items.iter().flatten()).map(|value| value.label.as_deref()).eq([Some("Opera")]);
    site_fields::UpdateValue |client, world| client.site_fields().update_value(
            FieldObject::TestCases, FIELD, ALLOWED, AllowedValueUpdate::default().with_label("Gecko").with_default(true),
        ),
        |_| world.member(records::FIELDS, "test-cases", FIELD, "/allowed_values/0/label") == "Gecko";
    site_fields::DeleteValue |client, world| client.site_fields().delete_value(FieldObject::TestCases, FIELD, ALLOWED),
        |()| world.member(records::FIELDS, "test-cases", FIELD, "/allowed_values/0/label") == "Chrome";

    field_settings::SetActive |client, world| client.project(PROJECT).field_settings().set_active(
            FieldObject::TestCases, [FieldActivation::new(FIELD, "Browser", false)],
        ),
        |fields| fields.iter().map(|field| (field.id, field.is_active)).eq([(FIELD, Some(false))]);
    field_settings::UpdateSystemField |client, world| client.project(PROJECT).field_settings().update_system_field(
            FieldObject::TestCases, 402,
            SystemFieldUpdate::new("Urgency").with_id(402).with_data_type(3).with_required(true).with_constrained(true).with_multiple(false)
                .with_searchable(true).with_order(2).with_system_field(true).with_original_name("Priority").with_is_active(true),
        ),
        |field| field.id == 402 && field.label.as_deref() == Some("Urgency") && field.original_name.as_deref() == Some("Priority");

    site_templates::List |client, world| client.site_templates().list(),
        |templates| templates.iter().all(|template| template.template_id.is_some()) && !templates.is_empty();
    site_templates::Apply |client, world| client.site_templates().apply(
            1, TemplateProjects::new([PROJECT]).with_create_new_site_field_values(true),
        ),
        |projects| projects.iter().map(|project| project.id).eq([1]);
    site_templates::Detach |client, world| client.site_templates().detach(1, [PROJECT]),
        |projects| projects.iter().map(|project| project.id).eq([1]);
}
