//! The kinds of the test library: tests, test sets, test runs, and what they consist of.

use super::fields::Fields;
use super::kinds::{Kind, Place, TEST_RUN_ITEMS, TEST_RUNS, TEST_SETS, TESTS};

const PLAIN: Kind = Kind {
    collection: TESTS,
    code: "",
    area: "",
    place: Place::Project,
    key: "id",
    fields: Fields::NONE,
    writes: &[],
    created: &[],
    filled: &[],
    permissions: false,
};

pub(super) static TEST: Kind = Kind {
    collection: TESTS,
    code: "Tests",
    area: "Tests",
    permissions: true,
    fields: Fields {
        numbers: &[
            "id",
            "project_id",
            "assignee_user_id",
            "avg_run_time",
            "create_user_id",
            "folder_id",
            "import_id",
            "last_escalation_rule_id",
            "last_run_by_user_id",
            "last_run_test_set",
            "nbr_escalations",
            "nbr_events",
            "nbr_fail_status",
            "nbr_files",
            "nbr_notes",
            "nbr_pass_status",
            "nbr_steps",
            "nbr_times_run",
            "original_id",
            "owner_user_id",
            "update_user_id",
            "version",
        ],
        texts: &[
            "title",
            "status",
            "assigned_to_name",
            "avg_run_time_formated",
            "description",
            "execution_type",
            "folder_name",
            "last_escalation_rule",
            "last_run_by_name",
            "last_run_status",
            "last_run_test_set_title",
            "owner_name",
            "priority",
            "test_type",
            "user_name",
        ],
        truths: &[("active", true)],
        moments: &["date_created", "date_last_escalated", "date_updated", "last_run_date"],
        lists: &["custom_fields", "test_steps"],
        ..Fields::NONE
    },
    writes: &[
        "Title",
        "Status",
        "Active",
        "AssigneeUserId",
        "CustomFields",
        "Description",
        "ExecutionType",
        "FolderId",
        "OwnerUserId",
        "Priority",
        "TestSteps",
        "TestType",
    ],
    filled: &["Title", "Status"],
    ..PLAIN
};

/// The steps in a test.
pub(super) const STEP: Fields = Fields {
    numbers: &["id", "create_user_id", "nbr_files", "script_source_id", "seq", "update_user_id"],
    texts: &["expected_result", "step"],
    truths: &[("is_stopped_on_fail", false)],
    moments: &["date_created", "date_updated"],
    ..Fields::NONE
};

pub(super) static TEST_SET: Kind = Kind {
    collection: TEST_SETS,
    code: "TestSets",
    area: "TestSets",
    fields: Fields {
        numbers: &[
            "id",
            "project_id",
            "folder_id",
            "create_user_id",
            "update_user_id",
            "owner_user_id",
            "assignee_user_id",
            "nbr_tests",
            "last_run_by_user_id",
            "nbr_times_run",
            "avg_run_time",
            "nbr_files",
            "nbr_notes",
            "last_run_release_id",
            "last_run_test_config_id",
            "nbr_schedules",
            "est_hrs",
            "est_hrs_remaining",
            "act_hrs",
            "pct_complete",
            "original_id",
            "import_id",
        ],
        texts: &[
            "folder_name",
            "title",
            "status_code",
            "priority_code",
            "execution_type",
            "description",
            "assigned_to_name",
            "user_name",
            "owner_name",
            "last_run_status",
            "last_run_by_user_name",
            "avg_run_time_formated",
            "last_run_release_name",
        ],
        truths: &[("is_active", true), ("is_sequential", false), ("allow_run", true)],
        moments: &["date_created", "date_updated", "last_run_date", "est_start", "est_finish", "act_start", "act_finish"],
        lists: &["custom_fields"],
        ..Fields::NONE
    },
    writes: &[
        "Title",
        "FolderId",
        "IsSequential",
        "AssigneeUserId",
        "StatusCode",
        "PriorityCode",
        "ExecutionType",
        "Description",
        "OwnerUserId",
    ],
    filled: &["Title"],
    ..PLAIN
};

pub(super) static TEST_RUN: Kind = Kind {
    collection: TEST_RUNS,
    code: "TestRuns",
    area: "Tests",
    fields: Fields {
        numbers: &[
            "id",
            "test_set_id",
            "test_config_id",
            "release_id",
            "project_id",
            "run_by_user_id",
            "nbr_tests",
            "nbr_passed",
            "nbr_failed",
            "nbr_blocked",
            "nbr_awaiting_run",
            "run_time",
        ],
        texts: &[
            "test_set_name",
            "configuration_name",
            "release_name",
            "run_by_user_name",
            "status_code",
            "execution_type",
            "run_time_formated",
            "schedule_id",
            "test_host",
        ],
        truths: &[("is_sequential", false)],
        moments: &["date_started", "date_finished"],
        ..Fields::NONE
    },
    created: &["TestId", "TestSetId", "TestConfigId", "ReleaseId", "RunByHostId", "IsSequential", "ForceNewRunCreation"],
    ..PLAIN
};

pub(super) static RUN_ITEM: Kind = Kind {
    collection: TEST_RUN_ITEMS,
    code: "TestRunItems",
    area: "Tests",
    place: Place::Below("TestRuns"),
    fields: Fields {
        numbers: &[
            "id",
            "test_set_id",
            "project_id",
            "test_run_id",
            "test_id",
            "version",
            "sequence_number",
            "seq_token",
            "run_time",
            "release_id",
            "avg_run_time",
            "run_by_user_id",
            "status_updated_by",
        ],
        texts: &[
            "test_name",
            "status_code",
            "run_time_formated",
            "last_run_by_name",
            "release_name",
            "test_set_name",
            "avg_run_time_formated",
            "folder_name",
            "test_description",
            "last_run_status",
            "status_updated_by_user_name",
            "file_report",
            "file_log",
            "configuration_name",
            "test_host",
        ],
        truths: &[("is_stopped_on_fail", false), ("is_tokenized", false), ("automated", false)],
        moments: &["last_run_date", "test_run_started"],
        lists: &["test_run_results"],
        ..Fields::NONE
    },
    writes: &["Critical", "RunTime", "RunByUserId", "RunByHostId", "SaveToTestLibrary", "StatusCode", "Steps"],
    filled: &["StatusCode"],
    ..PLAIN
};

/// The steps in a test of a run.
pub(super) const RESULT: Fields = Fields {
    numbers: &["id", "test_run_item_id", "seq", "test_step_id", "project_id"],
    texts: &["status_code", "step", "expected_result", "actual_result"],
    truths: &[("is_stopped_on_fail", false), ("is_tokenized", false)],
    ..Fields::NONE
};
