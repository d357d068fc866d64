//! Projects, users, and the rest of the site.

use super::{project, word};
use crate::qtest_manager::{Access, Replay};
use crate::{Call, Vector};
use qtest_manager::{ApiClient, Request, tokens, types};
use tms_runtime::Mode;

crate::rest::replays! { qtest_manager:
    projects::List |client, call| client.projects().list(),
        expand <- call.word::<types::ProjectExpand>("expand"), assigned <- call.query::<bool>("assigned"),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    projects::Create |client, call| client.projects().create(call.whole());
    projects::Search |client, call| client.projects().search(call.whole());
    projects::Get |client, call| client.projects().get(call.path("projectId")), expand <- call.word::<types::ProjectExpand>("expand");
    projects::Update |client, call| client.projects().update(call.path("projectId"), call.whole());

    members::CurrentProfile |client, call| project(client, call).members().current_profile();
    members::List |client, call| project(client, call).members().list(), inactive <- call.query::<bool>("inactive");

    users::Current |client, call| client.users().current(), include_inaccessible_apps <- call.query::<bool>("includeInaccessibleApps");
    users::SearchByProject |client, call| client.users().search_by_project(),
        project_name <- call.query::<String>("projectName"), inactive <- call.query::<bool>("inactive"),
        pagination <- call.query::<bool>("pagination"), page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    users::Create |client, call| client.users().create(call.whole());
    users::RemoveFromProjects |client, call| client.users().remove_from_projects(call.whole::<Vec<types::ProjectUsers>>()),
        skip_email_notifications <- call.query::<bool>("skipEmailNotifications");
    users::AssignMany |client, call| client.users().assign_many(call.whole()),
        skip_email_notifications <- call.query::<bool>("skipEmailNotifications");
    users::Search |client, call| client.users().search(),
        username <- call.query::<String>("username"), include_inactive_users <- call.query::<bool>("includeInactiveUsers"),
        pagination <- call.query::<bool>("pagination"), auth_system_config_ids <- call.query::<Vec<i64>>("authSystemConfigIds"),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    users::Get |client, call| client.users().get(call.path("userId"));
    users::Update |client, call| client.users().update(call.path("userId"), call.whole());
    users::Avatar |client, call| client.users().avatar(call.path("userId"));
    users::Assign |client, call| client.users().assign(call.path("userId"), call.whole());

    groups::List |client, call| client.groups().list();
    groups::Create |client, call| client.groups().create(call.whole());

    profiles::CurrentAdmin |client, call| client.profiles().current_admin();
    profiles::List |client, call| client.profiles().list(), r#type <- call.word::<types::ProfileType>("type");
    profiles::Assign |client, call| client.profiles().assign(call.whole());
    profiles::Current |client, call| client.profiles().current();

    project_profiles::Assign |client, call| project(client, call).project_profiles().assign(call.whole());

    auth_systems::Get |client, call| client.auth_systems().get();
    auth_systems::ImportLdapUsers |client, call| client.auth_systems().import_ldap_users(
            call.path("ldapAuthConfigId"), call.whole::<Vec<types::LdapUserImport>>(),
        ), merge_user <- call.query::<bool>("mergeUser");
    auth_systems::LdapUsers |client, call| client.auth_systems().ldap_users(call.path("ldapAuthConfigId")),
        page_size <- call.query::<i64>("pageSize"), page <- call.query::<i64>("page");

    automation_jobs::SearchAgents |client, call| client.automation_jobs().search_agents(call.whole()),
        page_size <- call.query::<i64>("pageSize"), page <- call.query::<i64>("page");
    automation_jobs::CreateSchedule |client, call| client.automation_jobs().create_schedule(call.whole());

    webhooks::List |client, call| client.webhooks().list();
    webhooks::Create |client, call| client.webhooks().create(call.whole());
    webhooks::Events |client, call| client.webhooks().events();
    webhooks::Get |client, call| client.webhooks().get(word(call, "webhookId"));
    webhooks::Update |client, call| client.webhooks().update(word(call, "webhookId"), call.whole());
    webhooks::Delete |client, call| client.webhooks().delete(word(call, "webhookId"));

    tokens::Status |client, call| client.tokens().status();
}

/// By hand, because the name of the client is another one each time.
impl Replay for tokens::Issue {
    fn request<M: Mode>(client: &ApiClient<M>, call: &mut Call) -> Request<M, Self> {
        client.tokens().issue(call.whole())
    }

    fn access(vector: &Vector) -> Access {
        Access::default().site(vector.at("/credentials/user").as_str().unwrap_or_default())
    }
}
