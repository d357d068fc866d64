//! Integration with Jira. The mock server judges these calls, and answers with the examples of the document.

use crate::qtest_manager::PROJECT;
use qtest_manager::types::{
    AutoFillRule, CapitalFlag, ExternalSystem, JiraArtifact, JiraDefectMappingUpdate, JiraFieldSource, JiraLogin, JiraMappingKind,
    JiraReleaseMappingUpdate, JiraReleaseType, JiraRequirementMappingUpdate, JobState, NewJiraConnection, RetrievalFlags, RetrievalOption,
};

/// A connection.
const CONNECTION: i64 = 1;

crate::rest::exercises! { qtest_manager:
    connections::List |client, world| client.project(PROJECT).connections().list(),
        |connections| connections.iter().any(|connection| connection.id == CONNECTION);
    connections::Create |client, world| client.project(PROJECT).connections().create(
            NewJiraConnection::new(ExternalSystem::Jira, "Ours", "https://jira.example.com", JiraLogin::Token)
                .with_web_url("https://jira.example.com").with_username("ann@example.com").with_token("jira-token")
                .with_password("jira-password").with_jira_token("oauth-token").with_jira_secret("oauth-secret")
                .with_jira_verifier("oauth-verifier"),
        ),
        |made| made.connection_id == Some(CONNECTION);
    connections::Authorization |client, world| client.project(PROJECT).connections().authorization("https://jira.example.com"),
        |found| found.authorize_url.is_some() && found.jira_token.is_some();
    connections::Switch |client, world| client.project(PROJECT).connections().switch(CONNECTION, true);
    connections::Delete |client, world| client.project(PROJECT).connections().delete(CONNECTION);
    connections::SwitchUnlinkedDefects |client, world| client.project(PROJECT).connections().switch_unlinked_defects(CONNECTION)
            .store_unlinked_defects(true);
    connections::RefreshFields |client, world| client.project(PROJECT).connections().refresh_fields(
            CONNECTION, JiraFieldSource::Requirements,
        ).mapping_id(1),
        |fields| fields.iter().map(|field| field.external_field_id.as_deref()).eq([Some("id")]);
    connections::SwitchReleases |client, world| client.project(PROJECT).connections().switch_releases(CONNECTION)
            .active(true).auto_filter_test_run(CapitalFlag::True).merge_duplicated_fix_versions(CapitalFlag::False);
    connections::SwitchRequirements |client, world| client.project(PROJECT).connections().switch_requirements(CONNECTION).active(true);
    connections::Retrieve |client, world| client.project(PROJECT).connections().retrieve(CONNECTION, JiraArtifact::Defects),
        |job| job.state == Some(JobState::InWaiting);
    connections::RetrieveDefects |client, world| client.project(PROJECT).connections().retrieve_defects(["SHOP-17".to_owned()]),
        |job| job.state == Some(JobState::InWaiting);
    connections::DeleteMapping |client, world| client.project(PROJECT).connections().delete_mapping(
            CONNECTION, JiraMappingKind::Defect, "10031", "10100",
        );

    defect_mappings::List |client, world| client.project(PROJECT).defect_mappings(CONNECTION).list()
            .external_project_id("10031").external_issue_type_id("10100"),
        |mappings| mappings.iter().map(|mapping| mapping.external_type_id.as_deref()).eq([Some("10100")]);
    defect_mappings::Create |client, world| client.project(PROJECT).defect_mappings(CONNECTION).create("10031", "10100"),
        |mapping| mapping.external_project_id.as_deref() == Some("10031");
    defect_mappings::Update |client, world| client.project(PROJECT).defect_mappings(CONNECTION).update(
            "10031", "10100",
            JiraDefectMappingUpdate::default().with_send_attachment_to_jira(CapitalFlag::True).with_configures([
                AutoFillRule::default().with_external_field_id("summary").with_qtest_field_ids("Assigned To"),
            ]),
        ),
        |mapping| mapping.send_attachment_to_jira == Some(CapitalFlag::True) && mapping.configures.iter().flatten().count() == 1;

    release_mappings::List |client, world| client.project(PROJECT).release_mappings(CONNECTION).list()
            .external_project_id("10031").external_issue_type_id(JiraReleaseType::Sprint),
        |mappings| mappings.iter().map(|mapping| mapping.external_issue_type_id.as_ref()).eq([Some(&JiraReleaseType::Sprint)]);
    release_mappings::Create |client, world| client.project(PROJECT).release_mappings(CONNECTION).create("10031", JiraReleaseType::Sprint),
        |mapping| mapping.external_project_id.as_deref() == Some("10031");
    release_mappings::Update |client, world| client.project(PROJECT).release_mappings(CONNECTION).update(
            "10031", JiraReleaseType::Sprint,
            JiraReleaseMappingUpdate::default().with_data_retrieval_options([RetrievalOption::Completed])
                .with_auto_update_release_scope(CapitalFlag::True)
                .with_configuration_values(RetrievalFlags::default().with_completed(true).with_active(false)),
        ),
        |mapping| mapping.data_retrieval_options.as_ref().is_some_and(|options| *options == [RetrievalOption::Completed]);

    requirement_mappings::List |client, world| client.project(PROJECT).requirement_mappings(CONNECTION).list()
            .external_project_id("10031").external_issue_type_id("10100"),
        |mappings| mappings.iter().map(|mapping| mapping.mapping_id).eq([Some(1)]);
    requirement_mappings::Create |client, world| client.project(PROJECT).requirement_mappings(CONNECTION).create("10031", "10100"),
        |mapping| mapping.mapping_id == Some(1);
    requirement_mappings::Update |client, world| client.project(PROJECT).requirement_mappings(CONNECTION).update(
            "10031", "10100",
            JiraRequirementMappingUpdate::default().with_external_filter("10048").with_external_field_1_id("id")
                .with_external_field_2_id("project").with_active_external_fields("id,status"),
        ),
        |mapping| mapping.external_filter.as_deref() == Some("10048");
}
