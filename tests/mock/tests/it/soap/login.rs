//! Signing in and users.

use super::{Post, Version, all, call, fault, only, qacomplete};

#[test]
fn signing_in_tells_what_other_calls_need() {
    let mock = qacomplete();
    let ask = |inner: &str| Post::new(Version::V11, "GetLoginInfo", inner).send(&mock);
    let info = ask("<Email>John.Doe@example.com</Email><Password>p@ssword</Password>");
    assert_eq!((only(&info, "UserId"), only(&info, "AppCode")), ("25315".to_owned(), "agSP".to_owned()));
    assert_eq!(all(&info, "ProjId"), ["1032", "1032", "11873"], "the last used one, then all");
    for inner in [
        "<Email>john.doe@example.com</Email><Password>wrong</Password>",
        "<Email>nobody@example.com</Email><Password>p@ssword</Password>",
        "<AppCode>other</AppCode><Email>john.doe@example.com</Email><Password>p@ssword</Password>",
    ] {
        let fault = fault(&ask(inner), Version::V11, 500);
        assert_eq!(fault.actor.as_deref(), Some("psWS.AuthenticationException"), "{inner}");
        assert!(fault.message.is_some_and(|m| m.starts_with("Authentication data is not valid")), "{inner}");
    }
}

#[test]
fn another_pass_code_opens_the_mock_if_it_was_told_so() {
    let mock = crate::client::start(tms_mock::Mock::qacomplete_soap().token("other"));
    fault(&call(&mock, "User_GetByProject", ""), Version::V11, 500);
    let credentials = super::CREDENTIALS.replace("p@ssword", mock.token());
    super::ok(&Post::new(Version::V11, "User_GetByProject", &credentials).send(&mock));
    let env = mock.env();
    assert!(env.contains(&("QACOMPLETE_SOAP_PASS_CODE".to_owned(), "other".to_owned())), "{env:?}");
    assert!(env.contains(&("QACOMPLETE_SOAP_BASE_URL".to_owned(), mock.url())), "{env:?}");
}

#[test]
fn users_are_found_and_their_passwords_are_not_shown() {
    let mock = qacomplete();
    let add = "<User><FirstName>Ann</FirstName><LastName>Lee</LastName><Email>ann@example.com</Email><Password>x</Password></User>";
    let id = only(&call(&mock, "User_Add", add), "User_AddResult");
    let by_email = |email: &str| only(&call(&mock, "User_GetIdByEmail", &format!("<Email>{email}</Email>")), "User_GetIdByEmailResult");
    assert_eq!((by_email("ann@example.com"), by_email("nobody@example.com")), (id.clone(), "0".to_owned()));
    let by_id = |id: &str| only(&call(&mock, "User_GetEmailById", &format!("<UserId>{id}</UserId>")), "User_GetEmailByIdResult");
    assert_eq!((by_id(&id), by_id("1")), ("ann@example.com".to_owned(), String::new()));
    let users = call(&mock, "User_GetByProject", "");
    assert_eq!((all(&users, "UserId").len(), all(&users, "Password").len()), (3, 0));
}

#[test]
fn credentials_are_not_in_the_debug_text_of_the_log() {
    let mock = qacomplete();
    super::ok(&call(&mock, "User_GetByProject", ""));
    assert!(mock.requests()[0].body.windows(8).any(|w| w == b"p@ssword"), "they are in the log");
    let printed = format!("{:?} {mock:?}", mock.requests());
    assert!(!printed.contains("p@ssword"), "{printed}");
}
