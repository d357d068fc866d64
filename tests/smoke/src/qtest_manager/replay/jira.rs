//! Integration with Jira.

use super::{project, word};
use qtest_manager::types;

crate::rest::replays! { qtest_manager:
    connections::List |client, call| project(client, call).connections().list();
    connections::Create |client, call| project(client, call).connections().create(call.whole());
    connections::Authorization |client, call| project(client, call).connections().authorization(call.needed::<String>("serverUrl"));
    connections::Switch |client, call| project(client, call).connections().switch(
            call.path("connectionId"), call.needed::<bool>("active"),
        );
    connections::Delete |client, call| project(client, call).connections().delete(call.path("connectionId"));
    connections::SwitchUnlinkedDefects |client, call| project(client, call).connections().switch_unlinked_defects(
            call.path("connectionId"),
        ), store_unlinked_defects <- call.query::<bool>("storeUnlinkedDefects");
    connections::RefreshFields |client, call| project(client, call).connections().refresh_fields(
            call.path("connectionId"), call.needed::<String>("artifact"),
        ), mapping_id <- call.query::<i64>("mappingId");
    connections::SwitchReleases |client, call| project(client, call).connections().switch_releases(call.path("connectionId")),
        active <- call.query::<bool>("active"), auto_filter_test_run <- call.word::<types::CapitalFlag>("autoFilterTestRun"),
        merge_duplicated_fix_versions <- call.word::<types::CapitalFlag>("mergeDuplicatedFixVersions");
    connections::SwitchRequirements |client, call| project(client, call).connections().switch_requirements(call.path("connectionId")),
        active <- call.query::<bool>("active");
    connections::Retrieve |client, call| project(client, call).connections().retrieve(
            call.path("connectionId"), call.needed::<String>("artifact"),
        );
    connections::DeleteMapping |client, call| project(client, call).connections().delete_mapping(
            call.path("connectionId"), word(call, "artifact"),
            call.needed::<String>("externalProjectId"), call.needed::<String>("externalIssueTypeId"),
        );
    connections::RetrieveDefects |client, call| project(client, call).connections().retrieve_defects(call.whole::<Vec<String>>());

    defect_mappings::List |client, call| project(client, call).defect_mappings(call.path("connectionId")).list(),
        external_project_id <- call.query::<String>("externalProjectId"),
        external_issue_type_id <- call.query::<String>("externalIssueTypeId");
    defect_mappings::Update |client, call| project(client, call).defect_mappings(call.path("connectionId")).update(
            call.needed::<String>("externalProjectId"), call.needed::<String>("externalIssueTypeId"), call.whole(),
        );
    defect_mappings::Create |client, call| project(client, call).defect_mappings(call.path("connectionId")).create(
            call.needed::<String>("externalProjectId"), call.needed::<String>("externalIssueTypeId"),
        );

    release_mappings::List |client, call| project(client, call).release_mappings(call.path("connectionId")).list(),
        external_project_id <- call.query::<String>("externalProjectId"),
        external_issue_type_id <- call.word::<types::JiraReleaseType>("externalIssueTypeId");
    release_mappings::Update |client, call| project(client, call).release_mappings(call.path("connectionId")).update(
            call.needed::<String>("externalProjectId"), call.needed::<String>("externalIssueTypeId"), call.whole(),
        );
    release_mappings::Create |client, call| project(client, call).release_mappings(call.path("connectionId")).create(
            call.needed::<String>("externalProjectId"), call.needed::<String>("externalIssueTypeId"),
        );

    requirement_mappings::List |client, call| project(client, call).requirement_mappings(call.path("connectionId")).list(),
        external_project_id <- call.query::<String>("externalProjectId"),
        external_issue_type_id <- call.query::<String>("externalIssueTypeId");
    requirement_mappings::Update |client, call| project(client, call).requirement_mappings(call.path("connectionId")).update(
            call.needed::<String>("externalProjectId"), call.needed::<String>("externalIssueTypeId"), call.whole(),
        );
    requirement_mappings::Create |client, call| project(client, call).requirement_mappings(call.path("connectionId")).create(
            call.needed::<String>("externalProjectId"), call.needed::<String>("externalIssueTypeId"),
        );
}
