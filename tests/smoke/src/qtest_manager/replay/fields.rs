//! Fields and templates.

use super::{project, word};
use qtest_manager::types;

crate::rest::replays! { qtest_manager:
    fields::List |client, call| project(client, call).fields().list(word(call, "objectType")),
        include_inactive <- call.query::<bool>("includeInactive");
    fields::Create |client, call| project(client, call).fields().create(word(call, "objectType"), call.whole());
    fields::Get |client, call| project(client, call).fields().get(word(call, "objectType"), call.path("fieldId"));
    fields::Update |client, call| project(client, call).fields().update(word(call, "objectType"), call.path("fieldId"), call.whole());
    fields::Delete |client, call| project(client, call).fields().delete(word(call, "objectType"), call.path("fieldId"));
    fields::Values |client, call| project(client, call).fields().values(word(call, "objectType"), call.path("fieldId")),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    fields::AddValues |client, call| project(client, call).fields().add_values(
            word(call, "objectType"), call.path("fieldId"), call.whole::<Vec<types::AllowedValueInput>>(),
        );
    fields::UpdateValue |client, call| project(client, call).fields().update_value(
            word(call, "objectType"), call.path("fieldId"), call.path("value"), call.whole(),
        );
    fields::DeleteValue |client, call| project(client, call).fields().delete_value(
            word(call, "objectType"), call.path("fieldId"), call.path("value"),
        );

    site_fields::List |client, call| client.site_fields().list(word(call, "objectType")),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    site_fields::Create |client, call| client.site_fields().create(word(call, "objectType"), call.whole());
    site_fields::Get |client, call| client.site_fields().get(word(call, "objectType"), call.path("fieldId"));
    site_fields::Update |client, call| client.site_fields().update(word(call, "objectType"), call.path("fieldId"), call.whole());
    site_fields::Delete |client, call| client.site_fields().delete(word(call, "objectType"), call.path("fieldId"));
    site_fields::Values |client, call| client.site_fields().values(word(call, "objectType"), call.path("fieldId")),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    site_fields::AddValues |client, call| client.site_fields().add_values(
            word(call, "objectType"), call.path("fieldId"), call.whole::<Vec<types::AllowedValueInput>>(),
        );
    site_fields::UpdateValue |client, call| client.site_fields().update_value(
            word(call, "objectType"), call.path("fieldId"), call.path("value"), call.whole(),
        );
    site_fields::DeleteValue |client, call| client.site_fields().delete_value(
            word(call, "objectType"), call.path("fieldId"), call.path("value"),
        );

    field_settings::SetActive |client, call| project(client, call).field_settings().set_active(
            word(call, "objectType"), call.whole::<Vec<types::FieldActivation>>(),
        );
    field_settings::UpdateSystemField |client, call| project(client, call).field_settings().update_system_field(
            word(call, "objectType"), call.path("fieldId"), call.whole(),
        );

    site_templates::List |client, call| client.site_templates().list();
    site_templates::Apply |client, call| client.site_templates().apply(call.path("templateId"), call.whole());
    site_templates::Detach |client, call| client.site_templates().detach(call.path("templateId"), call.whole::<Vec<i64>>());
}
