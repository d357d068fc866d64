//! Modules and requirements.

use super::shows;
use crate::qtest_manager::PROJECT;
use crate::qtest_manager::world::{BOB, DEFECT, INNER_MODULE, MODULE, OTHER_COMMENT, REQUIREMENT, RUN, value};
use qtest_manager::Date;
use qtest_manager::types::{ModuleExpansion, ModuleUpdate, NewComment, NewModule, NewRequirement, RequirementUpdate};
use tms_mock::qtest_manager as records;

crate::rest::exercises! { qtest_manager:
    modules::List |client, world| client.project(PROJECT).modules().list()
            .parent_id(MODULE).search("pay").expand(ModuleExpansion::Descendants),
        |modules| modules.iter().map(|module| module.id).eq([INNER_MODULE]);
    modules::Create |client, world| client.project(PROJECT).modules().create(
            NewModule::new("Cart").with_order(2).with_description("All of it").with_shared(false).with_projects_shared_to([])
                .with_tosca_guid("guid").with_tosca_node_path("/Cart"),
        ).parent_id(MODULE),
        |module| module.name.as_deref() == Some("Cart") && module.parent_id == Some(MODULE) && module.tosca_guid.as_deref() == Some("guid");
    modules::Get |client, world| client.project(PROJECT).modules().get(MODULE).expand(ModuleExpansion::Descendants),
        |module| module.id == MODULE && module.children.iter().flatten().map(|child| child.id).eq([INNER_MODULE]);
    modules::Update |client, world| client.project(PROJECT).modules().update(
            INNER_MODULE, ModuleUpdate::default().with_name("Paying").with_description("By card").with_shared(true),
        ),
        |module| module.name.as_deref() == Some("Paying") && module.shared == Some(true) && module.parent_id == Some(MODULE);
    modules::Delete |client, world| client.project(PROJECT).modules().delete(MODULE).force(true),
        |said| said.message.is_some() && !world.has(records::MODULES, MODULE) && !world.has(records::MODULES, INNER_MODULE);

    requirements::List |client, world| client.project(PROJECT).requirements().list()
            .parent_id(MODULE).page(1).size(20).include_external_properties(true),
        |requirements| requirements.iter().map(|requirement| requirement.id).eq([REQUIREMENT]);
    requirements::Create |client, world| client.project(PROJECT).requirements().create(
            NewRequirement::new("Refund").with_order(2).with_properties([value(502, "303")]),
        ).parent_id(MODULE),
        |requirement| requirement.parent_id == Some(MODULE) && shows(requirement.properties.as_ref(), 502, "303");
    requirements::TraceabilityMatrix |client, world| client.project(PROJECT).requirements().traceability_matrix()
            .page(1).size(20).field_ids([502]).last_modified_from("2025-01-01").last_modified_to(Date::new(2025, 1, 31).expect("a day")),
        |nodes| nodes.iter().flat_map(|node| node.requirements.iter().flatten())
            .any(|entry| entry.get("name").and_then(qtest_manager::Value::as_str) == Some("Pay by card"));
    requirements::Get |client, world| client.project(PROJECT).requirements().get(REQUIREMENT).include_external_properties(true),
        |requirement| requirement.pid.as_deref() == Some("RQ-1") && requirement.name.as_deref() == Some("Pay by card");
    requirements::Update |client, world| client.project(PROJECT).requirements().update(
            REQUIREMENT, RequirementUpdate::default().with_name("Pay").with_order(3).with_properties([value(503, "312")]),
        ).parent_id(INNER_MODULE),
        |requirement| requirement.name.as_deref() == Some("Pay") && requirement.parent_id == Some(INNER_MODULE)
            && shows(requirement.properties.as_ref(), 503, "312");
    requirements::Delete |client, world| client.project(PROJECT).requirements().delete(REQUIREMENT),
        |()| !world.has(records::REQUIREMENTS, REQUIREMENT);
    requirements::Defects |client, world| client.project(PROJECT).requirements().defects(REQUIREMENT).page(1).page_size(10),
        |defects| defects.iter().map(|defect| defect.id).eq([Some(DEFECT)]);
    requirements::TestRuns |client, world| client.project(PROJECT).requirements().test_runs(REQUIREMENT)
            .expand("testcase").include_latest_log(true).page(1).page_size(10),
        |runs| runs.iter().map(|run| run.id).eq([RUN]) && runs[0].latest_test_log.is_some();

    requirements::Comments |client, world| client.project(PROJECT).requirements().comments("RQ-1"),
        |page| page.items.iter().flatten().map(|comment| comment.id).eq([Some(OTHER_COMMENT)]);
    requirements::AddComment |client, world| client.project(PROJECT).requirements().add_comment("RQ-1", NewComment::new("Why?")),
        |comment| comment.content.as_deref() == Some("Why?") && comment.id.is_some();
    requirements::GetComment |client, world| client.project(PROJECT).requirements().get_comment("RQ-1", OTHER_COMMENT),
        |comment| comment.user_id == Some(BOB);
    requirements::UpdateComment |client, world| client.project(PROJECT).requirements().update_comment(
            "201", OTHER_COMMENT, NewComment::new("Never mind"),
        ),
        |comment| comment.id == Some(OTHER_COMMENT) && comment.content.as_deref() == Some("Never mind");
    requirements::DeleteComment |client, world| client.project(PROJECT).requirements().delete_comment("RQ-1", OTHER_COMMENT),
        |()| world.mock.records(records::COMMENTS, "1/requirements/201").is_empty();
}
