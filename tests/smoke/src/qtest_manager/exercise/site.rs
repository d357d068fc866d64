//! Projects, users, and the rest of the site.

use crate::qtest_manager::PROJECT;
use crate::qtest_manager::world::{ANN, BOB, RUN, WEBHOOK, moment};
use qtest_manager::types::{
    AuthorityName, AutomationAgentField, AutomationAgentSearch, Grant, IdRef, LdapUserImport, NewAutomationSchedule, NewProject, NewUser,
    NewUserGroup, NewWebhook, ProfileAssignment, ProfileType, ProjectAssignment, ProjectExpand, ProjectQuery, ProjectUpdate, ProjectUsers,
    TokenRequest, UserAssignment, UserUpdate, WebhookEvent, WebhookFormat, WebhookUpdate,
};
use std::collections::BTreeMap;
use tms_mock::qtest_manager as server;

/// A project that holds nothing.
const EMPTY: i64 = 2;

crate::rest::exercises! { qtest_manager:
    projects::List |client, world| client.projects().list().expand(ProjectExpand::Userprofile).assigned(false).page(1).page_size(10),
        |projects| projects.iter().map(|project| project.id).eq([PROJECT, EMPTY, 108_781]) && projects[0].user_profile.is_some();
    projects::Create |client, world| client.projects().create(
            NewProject::new("Web").with_description("The site").with_status_id(101).with_start_date(moment(1)).with_end_date(moment(31))
                .with_admins([server::USERNAME.to_owned()]).with_admin_ids([BOB]).with_template_id(1).with_uuid("web"),
        ),
        |project| project.name.as_deref() == Some("Web") && project.admin_ids.as_ref().is_some_and(|ids| ids.contains(&ANN));
    projects::Search |client, world| client.projects().search(ProjectQuery::default().with_uuid(["shop".to_owned()])),
        |projects| projects.iter().map(|project| project.id).eq([PROJECT]);
    projects::Get |client, world| client.projects().get(PROJECT).expand(ProjectExpand::Userprofile),
        |project| project.name.as_deref() == Some("Shop") && project.user_profile.is_some();
    projects::Update |client, world| client.projects().update(
            PROJECT,
            ProjectUpdate::default().with_name("Shops").with_description("All of them").with_start_date(moment(1)).with_end_date(moment(31))
                .with_admin_ids([ANN]).with_uuid("shops").with_template_id(1),
        ),
        |project| project.name.as_deref() == Some("Shops") && project.uuid.as_deref() == Some("shops");

    members::CurrentProfile |client, world| client.project(PROJECT).members().current_profile(),
        |profile| profile.user_id == Some(ANN) && profile.project_id == Some(PROJECT);
    members::List |client, world| client.project(PROJECT).members().list().inactive(false),
        |users| users.iter().map(|user| user.id).eq([ANN, BOB]);

    users::Current |client, world| client.users().current().include_inaccessible_apps(true),
        |user| user.id == ANN && user.user_name.as_deref() == Some(server::USERNAME);
    users::SearchByProject |client, world| client.users().search_by_project()
            .project_name("Sho").inactive(false).pagination(true).page(1).page_size(10),
        |page| page.items.iter().flatten().map(|user| user.id).eq([ANN, BOB]);
    users::Create |client, world| client.users().create(
            NewUser::new("dan@example.com", "Dan", "Day").with_password("mock-password").with_user_group_ids([1])
                .with_external_auth_config_id(-1).with_external_user_name("dan").with_send_activation_email(false)
                .with_include_default_groups(true),
        ),
        |user| user.username.as_deref() == Some("dan@example.com") && user.status == Some(1);
    users::RemoveFromProjects |client, world| client.users().remove_from_projects([ProjectUsers::new(PROJECT, [BOB])])
            .skip_email_notifications(true),
        |said| said.message.is_some();
    users::AssignMany |client, world| client.users().assign_many(UserAssignment::new(EMPTY, [ANN, BOB]).with_profile(IdRef::new(2)))
            .skip_email_notifications(true),
        |assigned| assigned.project_id == Some(EMPTY) && assigned.user_ids.as_ref().is_some_and(|ids| *ids == [ANN, BOB]);
    users::Search |client, world| client.users().search()
            .username("bob").include_inactive_users(true).pagination(true).auth_system_config_ids([-1]).page(1).page_size(10),
        |page| page.total == Some(1) && page.items.iter().flatten().map(|user| user.id).eq([BOB]);
    users::Get |client, world| client.users().get(BOB),
        |user| user.id == BOB && user.first_name.as_deref() == Some("Bob");
    users::Update |client, world| client.users().update(
            BOB,
            UserUpdate::default().with_first_name("Rob").with_last_name("Roy").with_password("mock-password").with_status(1)
                .with_user_group_ids([1]).with_external_auth_config_id(-1).with_external_user_name("rob"),
        ),
        |user| user.id == BOB && user.first_name.as_deref() == Some("Rob");
    users::Avatar |client, world| client.users().avatar(BOB),
        |picture| picture.starts_with(b"GIF89a");
    users::Assign |client, world| client.users().assign(BOB, ProjectAssignment::new(EMPTY).with_profile(IdRef::new(2))),
        |assigned| assigned.project_id == Some(EMPTY) && assigned.profile.as_ref().and_then(|profile| profile.id) == Some(2);

    groups::List |client, world| client.groups().list(),
        |groups| groups.iter().map(|group| (group.id, group.total_user)).eq([(1, Some(3))]);
    groups::Create |client, world| client.groups().create(
            NewUserGroup::new("Testers").with_description("Who test").with_is_default(false).with_user_ids([BOB])
                .with_authority_names([AuthorityName::UserAdmin]),
        ),
        |group| group.name.as_deref() == Some("Testers") && group.total_user == Some(1)
            && group.authorities.iter().flatten().map(|authority| authority.name.as_ref()).eq([Some(&AuthorityName::UserAdmin)]);

    profiles::CurrentAdmin |client, world| client.profiles().current_admin(),
        |profile| profile.user_id == Some(1) && profile.create_project == Some(true);
    profiles::List |client, world| client.profiles().list().r#type(ProfileType::User),
        |lists| lists.user_profiles.iter().flatten().map(|profile| profile.id).eq([Some(1)]);
    profiles::Assign |client, world| client.profiles().assign(ProfileAssignment::new(1, [BOB])),
        |users| users.iter().map(|user| user.id).eq([1]);
    profiles::Current |client, world| client.profiles().current(),
        |profiles| profiles.iter().map(|profile| profile.project_id).eq([Some(PROJECT), Some(EMPTY), Some(108_781)]);

    project_profiles::Assign |client, world| client.project(PROJECT).project_profiles().assign(ProfileAssignment::new(1, [BOB])),
        |users| users.iter().map(|user| user.id).eq([1]);

    auth_systems::Get |client, world| client.auth_systems().get(),
        |systems| systems.ldaps.iter().flatten().map(|ldap| ldap.id).eq([Some(1)]);
    auth_systems::ImportLdapUsers |client, world| client.auth_systems().import_ldap_users(
            1,
            [LdapUserImport::new("dan").with_first_name("Dan").with_last_name("Day").with_email("dan@example.com")],
        ).merge_user(true),
        |import| import.result.is_some();
    auth_systems::LdapUsers |client, world| client.auth_systems().ldap_users(1).page_size(10).page(1),
        |page| page.items.iter().flatten().count() > 0;

    automation_jobs::SearchAgents |client, world| client.automation_jobs().search_agents(
            AutomationAgentSearch::default().with_fields([AutomationAgentField::All]).with_query("'Active' = true"),
        ).page_size(10).page(1),
        |page| page.items.iter().flatten().map(|agent| agent.name.as_deref()).eq([Some("qTest agent")]);
    automation_jobs::CreateSchedule |client, world| client.automation_jobs().create_schedule(
            NewAutomationSchedule::new(1, PROJECT).with_client_id(2).with_name("nightly").with_start_date(moment(7)).with_creator(ANN)
                .with_test_run_ids([RUN]).with_dynamic(BTreeMap::from([("browser".to_owned(), "firefox".to_owned())])),
        ),
        |number| *number == 1;

    webhooks::List |client, world| client.webhooks().list(),
        |webhooks| webhooks.iter().map(|webhook| webhook.name.as_deref()).eq([Some("ci")]);
    webhooks::Create |client, world| client.webhooks().create(
            NewWebhook::new(
                "chat", "https://hooks.example.com/c", [WebhookEvent::DefectSubmitted, WebhookEvent::DefectModified], "mock-secret",
            ).with_response_type(WebhookFormat::Json).with_project_ids([PROJECT]),
        ),
        |webhook| webhook.events.as_ref().is_some_and(|events| *events == [WebhookEvent::DefectSubmitted, WebhookEvent::DefectModified]);
    webhooks::Events |client, world| client.webhooks().events(),
        |events| events.len() == 20 && events.contains(&WebhookEvent::TestLogSubmitted);
    webhooks::Get |client, world| client.webhooks().get(WEBHOOK),
        |webhook| webhook.events.as_ref().is_some_and(|events| *events == [WebhookEvent::TestLogSubmitted]);
    webhooks::Update |client, world| client.webhooks().update(
            WEBHOOK,
            WebhookUpdate::new([WebhookEvent::TestLogModified]).with_name("ci 2").with_url("https://hooks.example.com/2")
                .with_secret_key("mock-secret").with_response_type(WebhookFormat::Text).with_project_ids([PROJECT]),
        ),
        |webhook| webhook.name.as_deref() == Some("ci 2") && webhook.project_ids.as_ref().is_some_and(|ids| *ids == [PROJECT]);
    webhooks::Delete |client, world| client.webhooks().delete(WEBHOOK),
        |()| world.mock.records(server::WEBHOOKS, "").is_empty();

    tokens::Status |client, world| client.tokens().status(),
        |status| status.expiration == Some(0);
    tokens::Issue |client, world| client.tokens().issue(
            TokenRequest::default().with_grant_type(Grant::Password).with_username(server::USERNAME).with_password(server::PASSWORD),
        ),
        |token| token.access_token.is_some() && token.refresh_token.is_some() && token.expires_in == Some(3599);
}
