//! The operations that only today's service has.

use super::{code, hash, id};
use crate::Call;
use crate::call::Arguments;
use crate::shown::shown;
use qase::File;
use qase::types::AttachmentUpload;

shown!(qase: Author, AuthorPage, CaseNumbers, ConfigurationGroupPage, CustomFieldV2, CustomFieldV2Page, Environment, EnvironmentPage, PublicRun, Review, ReviewOutcomes, ReviewPage, SearchPage, SharedParameter, SharedParameterPage, TakenResult, UuidRef);

/// The identifier of a thing that has a UUID.
fn uuid(call: &mut Call) -> String {
    call.path("id")
}

fn upload(call: &mut Call) -> AttachmentUpload {
    let files = call.body().need::<Vec<Arguments>>("file[]").into_iter().map(|mut file| {
        let made = File::new(file.need::<String>("filename"), file.need::<String>("content_type"), file.need::<String>("text"));
        file.finish("file[]");
        made
    });
    AttachmentUpload::new(files.collect::<Vec<_>>())
}

crate::rest::replays! { qase:
    projects::List |client, call| client.projects().list(), limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");
    projects::Delete |client, call| client.projects().delete(code(call));
    projects::GrantAccess |client, call| client.projects().grant_access(code(call), call.whole());
    projects::RevokeAccess |client, call| client.projects().revoke_access(code(call), call.whole());

    cases::Create |client, call| client.cases(code(call)).create(call.whole());
    cases::Update |client, call| client.cases(code(call)).update(id(call), call.whole());
    cases::CreateBulk |client, call| client.cases(code(call)).create_bulk(call.whole());
    cases::AttachIssues |client, call| client.cases(code(call)).attach_issues(call.whole());
    cases::DetachIssues |client, call| client.cases(code(call)).detach_issues(call.whole());

    runs::Update |client, call| client.runs(code(call)).update(id(call), call.whole());
    runs::Complete |client, call| client.runs(code(call)).complete(id(call));
    runs::Publish |client, call| client.runs(code(call)).publish(id(call), call.whole());
    runs::LinkIssues |client, call| client.runs(code(call)).link_issues(call.whole());

    results::CreateBulk |client, call| client.results(code(call)).create_bulk(id(call), call.whole());
    results::Delete |client, call| client.results(code(call)).delete(id(call), hash(call));

    defects::Create |client, call| client.defects(code(call)).create(call.whole());
    defects::Update |client, call| client.defects(code(call)).update(id(call), call.whole());
    defects::SetStatus |client, call| client.defects(code(call)).set_status(id(call), call.whole());

    custom_fields::List |client, call| client.custom_fields().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        entity <- call.word::<qase::types::FieldEntity>("entity"), r#type <- call.word::<qase::types::FieldType>("type");
    custom_fields::Create |client, call| client.custom_fields().create(call.whole());
    custom_fields::Get |client, call| client.custom_fields().get(id(call));
    custom_fields::Update |client, call| client.custom_fields().update(id(call), call.whole());
    custom_fields::Delete |client, call| client.custom_fields().delete(id(call));
    system_fields::List |client, call| client.system_fields().list();

    attachments::Upload |client, call| client.attachments().upload(code(call), upload(call));
    attachments::Delete |client, call| client.attachments().delete(hash(call));

    environments::List |client, call| client.environments(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("search"), slug <- call.query::<String>("slug");
    environments::Create |client, call| client.environments(code(call)).create(call.whole());
    environments::Get |client, call| client.environments(code(call)).get(id(call));
    environments::Update |client, call| client.environments(code(call)).update(id(call), call.whole());
    environments::Delete |client, call| client.environments(code(call)).delete(id(call));

    configurations::List |client, call| client.configurations(code(call)).list();
    configurations::Create |client, call| client.configurations(code(call)).create(call.whole());
    configurations::CreateGroup |client, call| client.configurations(code(call)).create_group(call.whole());

    shared_parameters::List |client, call| client.shared_parameters().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("filters[search]"),
        r#type <- call.word::<qase::types::ParameterType>("filters[type]"),
        project_codes <- call.query::<Vec<String>>("filters[project_codes][]");
    shared_parameters::Create |client, call| client.shared_parameters().create(call.whole());
    shared_parameters::Get |client, call| client.shared_parameters().get(uuid(call));
    shared_parameters::Update |client, call| client.shared_parameters().update(uuid(call), call.whole());
    shared_parameters::Delete |client, call| client.shared_parameters().delete(uuid(call));

    authors::List |client, call| client.authors().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        search <- call.query::<String>("search"), r#type <- call.word::<qase::types::AuthorType>("type");
    authors::Get |client, call| client.authors().get(uuid(call));

    reviews::List |client, call| client.reviews(code(call)).list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        status <- call.word::<qase::types::ReviewStatus>("status"), r#type <- call.word::<qase::types::ReviewType>("type"),
        case_id <- call.query::<i64>("case_id"), author_uuid <- call.query::<String>("author_uuid"),
        reviewer_uuid <- call.query::<String>("reviewer_uuid"), search <- call.query::<String>("search");
    reviews::Create |client, call| client.reviews(code(call)).create(call.whole());
    reviews::Get |client, call| client.reviews(code(call)).get(id(call));
    reviews::Update |client, call| client.reviews(code(call)).update(id(call), call.whole());
    reviews::Delete |client, call| client.reviews(code(call)).delete(id(call));
    reviews::CreateBulk |client, call| client.reviews(code(call)).create_bulk(call.whole());

    search::Query |client, call| client.search().query(call.query::<String>("query").unwrap_or_default()),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset");

    results_v2::Create |client, call| client.results_v2(call.path::<String>("project_code"), call.path::<i64>("run_id")).create(call.whole());
    results_v2::CreateBulk |client, call|
        client.results_v2(call.path::<String>("project_code"), call.path::<i64>("run_id")).create_bulk(call.whole());
    custom_fields_v2::List |client, call| client.custom_fields_v2().list(),
        limit <- call.query::<i64>("limit"), offset <- call.query::<i64>("offset"),
        entity <- call.word::<qase::types::FieldEntity>("entity"), r#type <- call.word::<qase::types::FieldType>("type");
    custom_fields_v2::Get |client, call| client.custom_fields_v2().get(id(call));
}
