//! Who is let in, and who may do what.

use super::{ask, basic, call, call_as, failed, get, mock, verdict};
use crate::client::send;
use serde_json::json;
use tms_mock::{Reason, qacomplete as api};

#[test]
fn logins_are_checked() {
    let mock = mock();
    let right = mock.token().to_owned();
    for (header, status) in [
        (Some(basic(api::JOHN, &right)), 200),
        (Some(basic("JOHN@example.com", &right)), 200),
        (Some(basic(api::JOHN, &right).replace("Basic", "basic")), 200),
        (Some(basic(api::JOHN, "wrong")), 401),
        (Some(basic("nobody@example.com", &right)), 401),
        (Some(basic(api::GONE, &right)), 401),
        (Some(format!("Bearer {right}")), 401),
        (Some("Basic not-base64!".to_owned()), 401),
        (Some("Basic".to_owned()), 401),
        (None, 401),
    ] {
        let request = send(&mock, "GET", "/v1/projects").without("Token");
        let request = match &header {
            Some(header) => request.header("Authorization", header),
            None => request,
        };
        let reply = request.now();
        assert_eq!(reply.status, status, "{header:?}");
        if status == 401 {
            failed(&reply, 401);
            assert_eq!(verdict(&mock)[0].0, Reason::Unauthorized, "{header:?}");
        }
    }
    let printed = format!("{:?}", mock.requests());
    assert!(!printed.contains(&basic(api::JOHN, &right)[6..]), "credentials are not printed");
}

/// Method, path, body and what each user gets: administrator, writer, reader, outsider.
#[test]
fn rights_decide() {
    let defect = || Some(json!({ "Title": "t", "Status": "s" }));
    let note = || Some(json!({ "Description": "d" }));
    for (method, path, body, expected) in [
        ("GET", "/v1/projects/11873", None, [200, 200, 200, 403]),
        ("GET", "/v1/projects/11873/defects", None, [200, 200, 200, 403]),
        ("GET", "/v1/projects/11873/defects/12", None, [200, 200, 200, 403]),
        ("POST", "/v1/projects/11873/defects", defect(), [200, 200, 403, 403]),
        ("PUT", "/v1/projects/11873/defects/12", defect(), [200, 200, 403, 403]),
        ("PATCH", "/v1/projects/11873/defects/12", defect(), [200, 200, 403, 403]),
        ("DELETE", "/v1/projects/11873/defects/12", None, [200, 403, 403, 403]),
        ("POST", "/v1/projects/11873/Bugs/12/notes", note(), [200, 200, 403, 403]),
        ("DELETE", "/v1/projects/11873/Bugs/12/notes/1", None, [200, 200, 403, 403]),
        ("GET", "/v1/projects/11873/Bugs/12/notes", None, [200, 200, 200, 403]),
        ("DELETE", "/v1/projects/11873/testsets/182/items/1", None, [200, 200, 403, 403]),
        ("DELETE", "/v2/projects/11873/testsets/182", None, [200, 403, 403, 403]),
        ("DELETE", "/v2/projects/11873/Bugs/folders/254", None, [200, 403, 403, 403]),
        ("POST", "/v2/projects/11873/testruns", Some(json!({ "TestId": 1 })), [200, 200, 403, 403]),
        ("GET", "/v1/projects/11873/users", None, [200, 200, 200, 403]),
        ("GET", "/v1/depts/8162", None, [200, 200, 200, 403]),
        ("GET", "/v1/depts/8162/users", None, [200, 403, 403, 403]),
        ("GET", "/v1/depts/8162/securitygroups", None, [200, 403, 403, 403]),
        ("DELETE", "/v1/depts/8162/users/24793", None, [200, 403, 403, 403]),
        ("GET", "/v1/projects/99999/defects", None, [403, 403, 403, 403]),
        ("DELETE", "/v1/projects/99999/defects/1", None, [403, 403, 403, 403]),
        ("GET", "/v1/projects/98429/defects", None, [200, 403, 403, 403]),
    ] {
        let mock = mock();
        for (login, expected) in [api::OUTSIDER, api::READER, api::WRITER, api::JOHN].into_iter().zip(expected.into_iter().rev()) {
            let request = call_as(&mock, login, method, path);
            let reply = match &body {
                Some(body) => request.json(body).now(),
                None => request.now(),
            };
            assert_eq!(reply.status, expected, "{login} {method} {path}: {}", String::from_utf8_lossy(&reply.body));
            if expected == 403 {
                assert_eq!(failed(&reply, 403), "Access is denied.");
            }
            // The writer deletes what the administrator is to delete after him.
            if reply.status == 200 && method == "DELETE" && login == api::WRITER {
                mock.reset();
            }
        }
        mock.assert_no_verdicts();
    }
}

#[test]
fn groups_take_effect_at_once() {
    let mock = mock();
    let groups = |name: &str| Some(json!({ "Groups": [{ "ProjId": 11873, "GroupName": name }] }));
    let delete = |login: &str, id: i64| call_as(&mock, login, "DELETE", &format!("/v1/projects/11873/defects/{id}")).now().status;
    assert_eq!(delete(api::READER, 12), 403);
    ask(&mock, "PATCH", "/v1/depts/8162/users/24801/securitygroups", groups("Administrator")).ok();
    assert_eq!(delete(api::READER, 12), 200);
    ask(&mock, "PUT", "/v1/depts/8162/users/24801/securitygroups", Some(json!({ "Groups": [] }))).ok();
    assert_eq!(delete(api::READER, 17), 403);
    let page = get(&mock, "/v1/depts/8162/users/24801/securitygroups");
    assert_eq!(page["metadata"]["result_set"]["total"], 0);
}

#[test]
fn a_disabled_user_is_not_let_in() {
    let mock = mock();
    let list = || call_as(&mock, api::WRITER, "GET", "/v1/projects").now().status;
    assert_eq!(list(), 200);
    let deleted = call(&mock, "DELETE", "/v1/depts/8162/users/24802").now();
    assert_eq!((deleted.status, deleted.body.len()), (200, 0));
    assert_eq!(get(&mock, "/v1/depts/8162/users/24802")["is_active"], false, "nobody is deleted");
    assert_eq!(list(), 401);
}
