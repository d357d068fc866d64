//! The service itself, users, logs.

use super::exercises;
use crate::qacomplete_soap::world::{EMAIL, PASSWORD};
use qacomplete_soap::types::{Audit, PerfLog, User};

exercises! {
    service::GetVersion |client, world| client.service().get_version(),
        |version| version.split('.').count() == 4;
    service::GetLoginInfo |client, world| client.service().get_login_info(EMAIL, PASSWORD).app_code("agSP"),
        |login| login.user_id == Some(world.user) && login.projects.as_ref().is_some_and(|projects| projects.len() == 2);
    service::GetLoginInfoByEntity |client, world| client.service().get_login_info_by_entity(EMAIL, PASSWORD, "Bugs").app_code("agSP"),
        |login| login.user_id == Some(world.user);
    service::GetServerProperties |client, world| client.service().get_server_properties(),
        |properties| !properties.as_str().is_empty();
    service::SendEmail |client, world|
            client.service().send_email(EMAIL, "jane.roe@example.com", "Test", "<p>A test & more</p>").cc("max.moe@example.com");

    perf_logs::Add |client, world| client.perf_logs().add(
            PerfLog::default().with_task("Show Test Results").with_begin_date_time("2024-05-06T07:08:09")
                .with_end_date_time("2024-05-06T08:08:09"),
        );

    audits::Add |client, world| client.audits().add(
            Audit::default().with_fk_id(world.bug).with_entity_code("Bugs").with_title("Status").with_old_value("New")
                .with_new_value("Closed"),
        );
    audits::LoadElevated |client, world|
            client.audits().load_elevated("Bugs").r#where(format!("FKId = {}", world.bug)).order_by("DateCreated"),
        |audits| audits.iter().any(|audit| audit.fk_id == Some(world.bug));

    users::Add |client, world| client.users().add(
            User::default().with_first_name("Max").with_last_name("Moe").with_email("max.moe@example.com").with_password("s3cret"),
        ),
        |id| *id > 0 && *id != world.user;
    users::GetIdByEmail |client, world| client.users().get_id_by_email(EMAIL),
        |id| *id == world.user;
    users::GetEmailById |client, world| client.users().get_email_by_id(world.user),
        |email| email == EMAIL;
    users::GetByProject |client, world| client.users().get_by_project(),
        |users| users.iter().any(|user| user.user_id == Some(world.user) && user.email.as_deref() == Some(EMAIL));
}
