//! Projects, departments, users and their groups.

use crate::qacomplete::world::GROUP;
use crate::qacomplete::{DEPARTMENT, PROJECT};
use qacomplete::types::{NewUser, ProjectGroup, UserGroups, UserInput};

crate::rest::exercises! { qacomplete:
    projects::List |client, world| client.projects().list().limit(25).offset(0),
        |page| page.results.iter().flatten().any(|project| project.id == PROJECT && !project.name.is_empty());
    projects::Get |client, world| client.projects().get(PROJECT),
        |project| project.id == PROJECT && project.dept_id == Some(DEPARTMENT);

    departments::List |client, world| client.departments().list().limit(25).offset(0).filter(format!("Id = {DEPARTMENT}")),
        |page| page.results.iter().flatten().map(|department| department.id).eq([DEPARTMENT]);
    departments::Get |client, world| client.departments().get(DEPARTMENT),
        |department| department.id == DEPARTMENT && department.name.is_some();

    project_users::List |client, world| client.project(PROJECT).project_users().list().limit(25).offset(0).filter("LastName ~ 'Roe'"),
        |page| page.results.iter().flatten().map(|user| user.id).eq([world.user]);
    project_users::Get |client, world| client.project(PROJECT).project_users().get(world.user),
        |user| user.last_name.as_deref() == Some("Roe");

    security_groups::List |client, world| client.department(DEPARTMENT).security_groups().list().limit(25).offset(0)
            .filter(format!("Name = '{GROUP}'")),
        |page| page.results.iter().flatten().map(|group| group.name.as_str()).eq([GROUP]);
    security_groups::Privileges |client, world| client.department(DEPARTMENT).security_groups().privileges(GROUP),
        |page| page.results.iter().flatten().any(|privilege| privilege.can_read == Some(true));

    user_groups::List |client, world| client.department(DEPARTMENT).user_groups(world.user).list().limit(25).offset(0),
        |page| page.results.iter().flatten().any(|group| group.group_name.as_deref() == Some(GROUP));
    user_groups::Replace |client, world| client.department(DEPARTMENT).user_groups(world.user)
            .replace(UserGroups::new([ProjectGroup::new(PROJECT, GROUP)])),
        |answer| !answer.contains_key("errors");
    user_groups::Update |client, world| client.department(DEPARTMENT).user_groups(world.user)
            .update(UserGroups::new([ProjectGroup::new(PROJECT, GROUP)])),
        |answer| !answer.contains_key("errors");

    users::List |client, world| client.department(DEPARTMENT).users().list().limit(25).offset(0).filter("(IsActive = true) AND (LastName = 'Roe')"),
        |page| page.results.iter().flatten().map(|user| user.id).eq([world.user]);
    users::Create |client, world| client.department(DEPARTMENT).users().create(
            NewUser::new("Moe", "Max", "max@example.com").with_middle_name("Q").with_time_zone("UTC").with_is_security_admin(false)
                .with_phone("555-0100").with_company_name("Edgar Solutions").with_is_ad_account(false).with_ad_search_value("")
                .with_custom1("a").with_custom2("b").with_custom3("c").with_custom4("d").with_custom5("e")
                .with_custom6("f").with_custom7("g").with_custom8("h").with_custom9("i").with_custom10("j"),
        ),
        |user| user.id != world.user && user.last_name.as_deref() == Some("Moe") && user.middle_name.as_deref() == Some("Q");
    users::Get |client, world| client.department(DEPARTMENT).users().get(world.user),
        |user| user.id == world.user && user.first_name.as_deref() == Some("Jane");
    users::Replace |client, world| client.department(DEPARTMENT).users().replace(
            world.user,
            UserInput::new("Jane", "Doe", "jane@example.com").with_middle_name("Q").with_is_security_admin(false).with_phone("555-0101")
                .with_is_ad_account(false).with_ad_search_value(""),
        ),
        |user| user.id == world.user && user.last_name.as_deref() == Some("Doe") && user.middle_name.as_deref() == Some("Q");
    users::Update |client, world| client.department(DEPARTMENT).users().update(
            world.user, UserInput::new("Jane", "Poe", "jane@example.com").with_is_security_admin(false),
        ),
        |user| user.id == world.user && user.last_name.as_deref() == Some("Poe");
    users::Disable |client, world| client.department(DEPARTMENT).users().disable(world.user);
}
