//! Typed bodies from transcribed ones, made as a caller would make them.

use crate::Call;
use crate::call::Arguments;
use crate::fluent;
use qase::Value;
use qase::types::{
    MilestoneUpdate, NewMilestone, NewPlan, NewProject, NewResult, NewResultStep, NewRun, NewSharedStep, NewSuite, PlanUpdate,
    ResultUpdate, SharedStepUpdate, SuiteUpdate,
};

pub(super) fn new_project(call: &mut Call) -> NewProject {
    let body = call.body();
    fluent!(NewProject::new(body.need::<String>("title"), body.need::<String>("code"));
        with_description <- body.get::<String>("description"),
        with_access <- body.get::<String>("access"),
        with_members <- body.get::<Vec<Value>>("members"),
    )
}

pub(super) fn new_suite(call: &mut Call) -> NewSuite {
    let body = call.body();
    fluent!(NewSuite::new(body.need::<String>("title"));
        with_description <- body.get::<String>("description"),
        with_preconditions <- body.get::<String>("preconditions"),
        with_parent_id <- body.nullable::<i64>("parent_id"),
    )
}

pub(super) fn suite_update(call: &mut Call) -> SuiteUpdate {
    let body = call.body();
    fluent!(SuiteUpdate::default();
        with_title <- body.get::<String>("title"),
        with_description <- body.nullable::<String>("description"),
        with_preconditions <- body.nullable::<String>("preconditions"),
        with_parent_id <- body.nullable::<i64>("parent_id"),
    )
}

pub(super) fn new_milestone(call: &mut Call) -> NewMilestone {
    let body = call.body();
    fluent!(NewMilestone::new(body.need::<String>("title"));
        with_description <- body.get::<String>("description"),
    )
}

pub(super) fn milestone_update(call: &mut Call) -> MilestoneUpdate {
    let body = call.body();
    fluent!(MilestoneUpdate::default();
        with_title <- body.get::<String>("title"),
        with_description <- body.nullable::<String>("description"),
    )
}

pub(super) fn new_shared_step(call: &mut Call) -> NewSharedStep {
    let body = call.body();
    fluent!(NewSharedStep::new(body.need::<String>("title"));
        with_action <- body.get::<String>("action"),
        with_expected_result <- body.get::<String>("expected_result"),
    )
}

pub(super) fn shared_step_update(call: &mut Call) -> SharedStepUpdate {
    let body = call.body();
    fluent!(SharedStepUpdate::new(body.need::<String>("title"));
        with_action <- body.get::<String>("action"),
        with_expected_result <- body.get::<String>("expected_result"),
    )
}

pub(super) fn new_plan(call: &mut Call) -> NewPlan {
    let body = call.body();
    fluent!(NewPlan::new(body.need::<String>("title"), body.need::<Vec<i64>>("cases"));
        with_description <- body.get::<String>("description"),
    )
}

pub(super) fn plan_update(call: &mut Call) -> PlanUpdate {
    let body = call.body();
    fluent!(PlanUpdate::default();
        with_title <- body.get::<String>("title"),
        with_description <- body.nullable::<String>("description"),
        with_cases <- body.get::<Vec<i64>>("cases"),
    )
}

pub(super) fn new_run(call: &mut Call) -> NewRun {
    let body = call.body();
    fluent!(NewRun::new(body.need::<String>("title"));
        with_cases <- body.get::<Vec<i64>>("cases"),
        with_description <- body.get::<String>("description"),
        with_environment_id <- body.nullable::<i64>("environment_id"),
    )
}

pub(super) fn new_result(call: &mut Call) -> NewResult {
    let body = call.body();
    fluent!(NewResult::new(body.need::<String>("status"));
        with_case_id <- body.get::<i64>("case_id"),
        with_time <- body.get::<i64>("time"),
        with_member_id <- body.get::<i64>("member_id"),
        with_comment <- body.get::<String>("comment"),
        with_defect <- body.get::<bool>("defect"),
        with_steps <- body.get::<Vec<Arguments>>("steps").map(steps),
    )
}

pub(super) fn result_update(call: &mut Call) -> ResultUpdate {
    let body = call.body();
    // The page shows steps keyed by position as well. The typed field is the list; a caller who wants the other form sets
    // the member by name.
    let keyed = body.is_mapping("steps").then(|| body.need::<Value>("steps"));
    let mut update = fluent!(ResultUpdate::default();
        with_status <- body.get::<String>("status"),
        with_time <- body.get::<i64>("time"),
        with_comment <- body.get::<String>("comment"),
        with_defect <- body.get::<bool>("defect"),
        with_steps <- body.get::<Vec<Arguments>>("steps").map(steps),
    );
    if let Some(keyed) = keyed {
        update.extra.set("steps", keyed);
    }
    update
}

fn steps(list: Vec<Arguments>) -> Vec<NewResultStep> {
    let step = |mut step: Arguments| {
        let made = NewResultStep::new(step.need::<String>("status"));
        fluent!(made; with_position <- step.get::<i64>("position"))
    };
    list.into_iter().map(step).collect()
}
