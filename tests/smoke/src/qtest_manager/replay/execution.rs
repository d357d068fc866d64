//! Releases, builds, cycles, suites, runs, logs.

use super::{project, word};
use qtest_manager::types;

crate::rest::replays! { qtest_manager:
    releases::List |client, call| project(client, call).releases().list(), include_closed <- call.query::<bool>("includeClosed");
    releases::Create |client, call| project(client, call).releases().create(call.whole());
    releases::Get |client, call| project(client, call).releases().get(call.path("releaseId"));
    releases::Update |client, call| project(client, call).releases().update(call.path("releaseId"), call.whole());
    releases::Delete |client, call| project(client, call).releases().delete(call.path("releaseId"));

    builds::List |client, call| project(client, call).builds().list(call.needed::<i64>("releaseId"));
    builds::Create |client, call| project(client, call).builds().create(call.whole());
    builds::Get |client, call| project(client, call).builds().get(call.path("buildId"));
    builds::Update |client, call| project(client, call).builds().update(call.path("buildId"), call.whole());
    builds::Delete |client, call| project(client, call).builds().delete(call.path("buildId"));

    test_cycles::List |client, call| project(client, call).test_cycles().list(),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::ParentType>("parentType"),
        expand <- call.word::<types::TestCycleExpand>("expand"), tosca <- call.query::<bool>("tosca"), page <- call.query::<i64>("page"),
        page_size <- call.query::<i64>("pageSize");
    test_cycles::Create |client, call| project(client, call).test_cycles().create(call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::ParentType>("parentType");
    test_cycles::Get |client, call| project(client, call).test_cycles().get(call.path("testCycleId")),
        expand <- call.word::<types::TestCycleExpand>("expand");
    test_cycles::Update |client, call| project(client, call).test_cycles().update(call.path("testCycleId"), call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::ParentType>("parentType");
    test_cycles::Delete |client, call| project(client, call).test_cycles().delete(call.path("testCycleId")),
        force <- call.query::<bool>("force");

    test_suites::List |client, call| project(client, call).test_suites().list(),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::ParentType>("parentType");
    test_suites::Create |client, call| project(client, call).test_suites().create(call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::ParentType>("parentType");
    test_suites::Get |client, call| project(client, call).test_suites().get(call.path("testSuiteId"));
    test_suites::Update |client, call| project(client, call).test_suites().update(call.path("testSuiteId"), call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::ParentType>("parentType"),
        no_email <- call.query::<bool>("noEmail");
    test_suites::Delete |client, call| project(client, call).test_suites().delete(call.path("testSuiteId"));

    test_runs::List |client, call| project(client, call).test_runs().list(),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::RunParentType>("parentType"),
        expand <- call.word::<types::TestRunListExpand>("expand"),
        include_tosca_properties <- call.query::<bool>("includeToscaProperties"), page <- call.query::<i64>("page"),
        page_size <- call.query::<i64>("pageSize");
    test_runs::Create |client, call| project(client, call).test_runs().create(call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::RunParentType>("parentType");
    test_runs::CreateFromDataset |client, call| project(client, call).test_runs().create_from_dataset(call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::RunParentType>("parentType");
    test_runs::CreateManually |client, call| project(client, call).test_runs().create_manually(call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::RunParentType>("parentType");
    test_runs::CreateRandomly |client, call| project(client, call).test_runs().create_randomly(call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::RunParentType>("parentType");
    test_runs::Statuses |client, call| project(client, call).test_runs().statuses();
    test_runs::Tree |client, call| project(client, call).test_runs().tree(),
        parent_type <- call.query::<String>("parentType"), parent_id <- call.query::<i64>("parentId");
    test_runs::Comments |client, call| project(client, call).test_runs().comments(word(call, "idOrKey"));
    test_runs::AddComment |client, call| project(client, call).test_runs().add_comment(word(call, "idOrKey"), call.whole());
    test_runs::GetComment |client, call| project(client, call).test_runs().get_comment(word(call, "idOrKey"), call.path("commentId"));
    test_runs::UpdateComment |client, call| project(client, call).test_runs().update_comment(
            word(call, "idOrKey"), call.path("commentId"), call.whole(),
        );
    test_runs::DeleteComment |client, call| project(client, call).test_runs().delete_comment(
            word(call, "idOrKey"), call.path("commentId"),
        );
    test_runs::Get |client, call| project(client, call).test_runs().get(call.path("testRunId")),
        expand <- call.word::<types::TestRunExpand>("expand"), include_tosca_properties <- call.query::<bool>("includeToscaProperties");
    test_runs::Update |client, call| project(client, call).test_runs().update(call.path("testRunId"), call.whole()),
        parent_id <- call.query::<i64>("parentId"), parent_type <- call.word::<types::RunParentType>("parentType");
    test_runs::Delete |client, call| project(client, call).test_runs().delete(call.path("testRunId"));

    test_logs::SubmitBatch |client, call| {
        call.constant("testRunId", 0);
        call.constant("type", "automation");
        project(client, call).test_logs().submit_batch(call.whole())
    },
        escape_xml <- call.query::<bool>("escapeXml"), user_id <- call.query::<String>("userId");
    test_logs::SubmitTree |client, call| {
        call.constant("type", "automation");
        project(client, call).test_logs().submit_tree(call.whole())
    },
        escape_xml <- call.query::<bool>("escapeXml"), user_id <- call.query::<String>("userId");
    test_logs::CreateAutomated |client, call| project(client, call).test_logs().create_automated(call.path("testRunId"), call.whole()),
        suite_per_day <- call.query::<bool>("suitePerDay"), suite_date <- call.query::<String>("suiteDate"),
        encode_note <- call.query::<bool>("encodeNote"), force_update_version <- call.query::<bool>("forceUpdateVersion"),
        agent_id <- call.query::<String>("agentId"), user_id <- call.query::<String>("userId");
    test_logs::UpdateAutomated |client, call| project(client, call).test_logs().update_automated(
            call.path("testRunId"), call.path("id"), call.whole(),
        ), encode_note <- call.query::<bool>("encodeNote");
    test_logs::List |client, call| project(client, call).test_logs().list(call.path("testRunId")),
        page_size <- call.query::<i64>("pageSize"), page <- call.query::<i64>("page");
    test_logs::Create |client, call| project(client, call).test_logs().create(call.path("testRunId"), call.whole());
    test_logs::Last |client, call| project(client, call).test_logs().last(call.path("testRunId")),
        expand <- call.word::<types::TestLogExpand>("expand");
    test_logs::Get |client, call| project(client, call).test_logs().get(call.path("testRunId"), call.path("id"));
    test_logs::Update |client, call| project(client, call).test_logs().update(call.path("testRunId"), call.path("id"), call.whole());

    queue::Get |client, call| client.queue().get(call.path("id"));

    tosca::ImportTestEvents |client, call| project(client, call).tosca().import_test_events(call.whole::<Vec<types::ToscaTestCycle>>());
}
