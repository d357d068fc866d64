//! Every operation of QAComplete Test Automation with the arguments of a transcribed vector.

use crate::Call;
use crate::rest::replays;
use crate::shown::shown;
use qacomplete_automation::ApiClient;
use qacomplete_automation::runs::Runs;
use qacomplete_automation::types::{LogUpload, ReportUpload};
use tms_runtime::Mode;

shown!(qacomplete_automation: DepartmentPage, Host, RunItem, RunPage);

fn runs<M: Mode>(client: &ApiClient<M>, call: &mut Call) -> Runs<M> {
    client.runs(call.path("HostId"))
}

/// The run, and the place of a test in it.
fn item(call: &mut Call) -> (i64, i64) {
    (call.path("RunId"), call.path("SequenceNumber"))
}

replays! { qacomplete_automation:
    departments::List |client, call| client.departments().list();

    hosts::Find |client, call| client.hosts().find(call.query::<String>("name").unwrap_or_default()),
        dept_id <- call.query::<i64>("deptid");
    hosts::Register |client, call| client.hosts().register(call.whole()), dept_id <- call.query::<i64>("DeptId");
    hosts::Get |client, call| client.hosts().get(call.path("HostId"));
    hosts::Update |client, call| client.hosts().update(call.path("HostId"), call.whole());

    runs::Current |client, call| runs(client, call).current(),
        offset <- call.query::<i64>("offset"), limit <- call.query::<i64>("limit");
    runs::Report |client, call| {
        let ((run, place), runs) = (item(call), runs(client, call));
        runs.report(run, place, call.whole())
    };
    runs::UploadLog |client, call| {
        let ((run, place), runs) = (item(call), runs(client, call));
        runs.upload_log(run, place, LogUpload::new(call.body().file("log")))
    };
    runs::UploadReport |client, call| {
        let ((run, place), runs) = (item(call), runs(client, call));
        runs.upload_report(run, place, ReportUpload::new(call.body().file("report")))
    };
    runs::Script |client, call| {
        let ((run, place), runs) = (item(call), runs(client, call));
        runs.script(run, place, call.query::<String>("agent").unwrap_or_default())
    };
}
