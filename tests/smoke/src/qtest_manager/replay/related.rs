//! Defects, and what hangs on things: files, links; searches.

use super::{project, word};

crate::rest::replays! { qtest_manager:
    defects::Create |client, call| project(client, call).defects().create(call.whole());
    defects::ChangedSince |client, call| project(client, call).defects().changed_since(call.needed::<String>("startTime")),
        end_time <- call.query::<String>("endTime"), size <- call.query::<i32>("size"), page <- call.query::<i64>("page");
    defects::Get |client, call| project(client, call).defects().get(word(call, "defectId"));
    defects::Update |client, call| project(client, call).defects().update(call.path("defectId"), call.whole());
    defects::Comments |client, call| project(client, call).defects().comments(word(call, "idOrKey")),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    defects::AddComment |client, call| project(client, call).defects().add_comment(word(call, "idOrKey"), call.whole());
    defects::GetComment |client, call| project(client, call).defects().get_comment(word(call, "idOrKey"), call.path("commentId"));
    defects::UpdateComment |client, call| project(client, call).defects().update_comment(
            word(call, "idOrKey"), call.path("commentId"), call.whole(),
        );
    defects::DeleteComment |client, call| project(client, call).defects().delete_comment(word(call, "idOrKey"), call.path("commentId"));

    attachments::Search |client, call| project(client, call).attachments().search(call.needed::<String>("type")),
        ids <- call.query::<Vec<i64>>("ids"), author <- call.query::<i64>("author"), created_date <- call.query::<String>("createdDate"),
        page_size <- call.query::<i64>("pageSize"), page <- call.query::<i64>("page");
    attachments::List |client, call| project(client, call).attachments().list(word(call, "objectType"), call.path("objectId"));
    attachments::Get |client, call| project(client, call).attachments().get(
            word(call, "objectType"), call.path("objectId"), call.path("attachmentId"),
        ), force_download <- call.query::<bool>("forceDownload");
    attachments::Upload |client, call| project(client, call).attachments().upload(
            word(call, "objectType"), call.path("objectId"), call.header("File-Name"), call.file(),
        );
    attachments::Delete |client, call| project(client, call).attachments().delete(
            word(call, "objectType"), call.path("objectId"), call.path("blobHandleId"),
        );

    links::List |client, call| project(client, call).links().list(call.needed::<String>("type")),
        ids <- call.query::<Vec<i64>>("ids"), pids <- call.query::<Vec<String>>("pids"),
        test_runs_of_shared_projects <- call.query::<bool>("TRofSharedprojects");
    links::Create |client, call| project(client, call).links().create(
            word(call, "objectType"), call.path("objectId"), call.needed::<String>("type"), call.whole::<Vec<i64>>(),
        );
    links::Delete |client, call| project(client, call).links().delete(
            word(call, "objectType"), call.path("objectId"), call.needed::<String>("type"), call.whole::<Vec<i64>>(),
        );
    links::LinkDefects |client, call| project(client, call).links().link_defects(
            word(call, "objectType"), call.path("objectId"), word(call, "linkType"), call.whole::<Vec<String>>(),
        );
    links::UnlinkDefects |client, call| project(client, call).links().unlink_defects(
            word(call, "objectType"), call.path("objectId"), word(call, "linkType"), call.whole::<Vec<String>>(),
        );

    search::Comments |client, call| project(client, call).search().comments(call.whole()),
        page <- call.query::<i64>("page"), page_size <- call.query::<i64>("pageSize");
    search::Histories |client, call| project(client, call).search().histories(call.whole()),
        page_size <- call.query::<i64>("pageSize"), page <- call.query::<i64>("page");
    search::Artifacts |client, call| project(client, call).search().artifacts(call.whole()),
        append_test_steps <- call.query::<bool>("appendTestSteps"),
        include_external_properties <- call.query::<bool>("includeExternalProperties"),
        include_test_log_properties <- call.query::<bool>("includeTestLogProperties"), page_size <- call.query::<i64>("pageSize"),
        page <- call.query::<i64>("page");
}
