//! Modules, requirements, test cases.

use super::{project, word};
use qtest_manager::types;

crate::rest::replays! { qtest_manager:
    modules::List |client, call| project(client, call).modules().list(),
        parent_id <- call.query::<i64>("parentId"), search <- call.query::<String>("search"),
        expand <- call.word::<types::ModuleExpansion>("expand");
    modules::Create |client, call| project(client, call).modules().create(call.whole()), parent_id <- call.query::<i64>("parentId");
    modules::Get |client, call| project(client, call).modules().get(call.path("moduleId")),
        expand <- call.word::<types::ModuleExpansion>("expand");
    modules::Update |client, call| project(client, call).modules().update(call.path("moduleId"), call.whole()),
        parent_id <- call.query::<i64>("parentId");
    modules::Delete |client, call| project(client, call).modules().delete(call.path("moduleId")), force <- call.query::<bool>("force");

    requirements::List |client, call| project(client, call).requirements().list(),
        parent_id <- call.query::<i64>("parentId"), page <- call.query::<i64>("page"), size <- call.query::<i32>("size"),
        include_external_properties <- call.query::<bool>("includeExternalProperties");
    requirements::Create |client, call| project(client, call).requirements().create(call.whole()),
        parent_id <- call.query::<i64>("parentId");
    requirements::TraceabilityMatrix |client, call| project(client, call).requirements().traceability_matrix(),
        page <- call.query::<i64>("page"), size <- call.query::<i32>("size"), field_ids <- call.query::<Vec<i64>>("fieldIds"),
        last_modified_from <- call.query::<String>("lastModifiedFrom"), last_modified_to <- call.query::<String>("lastModifiedTo");
    requirements::Comments |client, call| project(client, call).requirements().comments(word(call, "idOrKey"));
    requirements::AddComment |client, call| project(client, call).requirements().add_comment(word(call, "idOrKey"), call.whole());
    requirements::GetComment |client, call| project(client, call).requirements().get_comment(
            word(call, "idOrKey"), call.path("commentId"),
        );
    requirements::UpdateComment |client, call| project(client, call).requirements().update_comment(
            word(call, "idOrKey"), call.path("commentId"), call.whole(),
        );
    requirements::DeleteComment |client, call| project(client, call).requirements().delete_comment(
            word(call, "idOrKey"), call.path("commentId"),
        );
    requirements::Get |client, call| project(client, call).requirements().get(call.path("requirementId")),
        include_external_properties <- call.query::<bool>("includeExternalProperties");
    requirements::Update |client, call| project(client, call).requirements().update(call.path("requirementId"), call.whole()),
        parent_id <- call.query::<i64>("parentId");
    requirements::Delete |client, call| project(client, call).requirements().delete(call.path("requirementId"));
    requirements::Defects |client, call| project(client, call).requirements().defects(call.path("requirementId")),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    requirements::TestRuns |client, call| project(client, call).requirements().test_runs(call.path("requirementId")),
        expand <- call.query::<String>("expand"), include_latest_log <- call.query::<bool>("includeLatestLog"),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");

    test_cases::List |client, call| project(client, call).test_cases().list(),
        parent_id <- call.query::<i64>("parentId"), page <- call.query::<i64>("page"), size <- call.query::<i32>("size"),
        expand_properties <- call.query::<bool>("expandProps"), expand_steps <- call.query::<bool>("expandSteps"),
        show_param_identifier <- call.query::<bool>("showParamIdentifier"), utc <- call.query::<bool>("utc"),
        modified_after <- call.query::<String>("modifiedAfter");
    test_cases::Create |client, call| project(client, call).test_cases().create(call.whole()),
        parent_id <- call.query::<i64>("parentId"), agent_id <- call.query::<String>("agentId"),
        show_param_identifier <- call.query::<bool>("showParamIdentifier"), ai_generated <- call.query::<bool>("aiGenerated");
    test_cases::UpdateMany |client, call| project(client, call).test_cases().update_many(call.map::<types::TestCaseUpdate>()),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::Comments |client, call| project(client, call).test_cases().comments(word(call, "idOrKey")),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    test_cases::AddComment |client, call| project(client, call).test_cases().add_comment(word(call, "idOrKey"), call.whole());
    test_cases::GetComment |client, call| project(client, call).test_cases().get_comment(word(call, "idOrKey"), call.path("commentId"));
    test_cases::UpdateComment |client, call| project(client, call).test_cases().update_comment(
            word(call, "idOrKey"), call.path("commentId"), call.whole(),
        );
    test_cases::DeleteComment |client, call| project(client, call).test_cases().delete_comment(
            word(call, "idOrKey"), call.path("commentId"),
        );
    test_cases::Get |client, call| project(client, call).test_cases().get(word(call, "testCaseId")),
        version_id <- call.query::<i64>("versionId"), expand <- call.word::<types::TestCaseExpand>("expand"),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::Update |client, call| project(client, call).test_cases().update(call.path("testCaseId"), call.whole()),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::Delete |client, call| project(client, call).test_cases().delete(call.path("testCaseId"));
    test_cases::Approve |client, call| project(client, call).test_cases().approve(call.path("testCaseId"));
    test_cases::Steps |client, call| project(client, call).test_cases().steps(call.path("testCaseId")),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::AddStep |client, call| project(client, call).test_cases().add_step(call.path("testCaseId"), call.whole()),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::GetStep |client, call| project(client, call).test_cases().get_step(call.path("testCaseId"), call.path("stepId")),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::UpdateStep |client, call| project(client, call).test_cases().update_step(
            call.path("testCaseId"), call.path("stepId"), call.whole(),
        ), show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::DeleteStep |client, call| project(client, call).test_cases().delete_step(call.path("testCaseId"), call.path("stepId")),
        update_version <- call.query::<bool>("updateVersion");
    test_cases::ApproveByVera |client, call| project(client, call).test_cases().approve_by_vera(call.path("testCaseId"));
    test_cases::Versions |client, call| project(client, call).test_cases().versions(call.path("testCaseId")),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::GetVersion |client, call| project(client, call).test_cases().get_version(
            call.path("testCaseId"), call.path("versionId"),
        ), show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::VersionSteps |client, call| project(client, call).test_cases().version_steps(
            call.path("testCaseId"), call.path("versionId"),
        ), expand <- call.word::<types::TestStepExpand>("expand"), show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::StepsPaged |client, call| project(client, call).test_cases().steps_paged(call.path("testCaseId")),
        page <- call.query::<i64>("page"), size <- call.query::<i32>("size"),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
    test_cases::VersionStepsPaged |client, call| project(client, call).test_cases().version_steps_paged(
            call.path("testCaseId"), call.path("versionId"),
        ),
        expand <- call.word::<types::TestStepExpand>("expand"), page <- call.query::<i64>("page"), size <- call.query::<i32>("size"),
        show_param_identifier <- call.query::<bool>("showParamIdentifier");
}
