//! Defects, releases, requirements, and what hangs on all items.

use super::{CONDITION, exercises};
use qacomplete_soap::types::{Attachment, Bug, CustomBlock, CustomField, Folder, FunctionalSpec, LookUp, Notes, Release, TraceabilityLink};

exercises! {
    bugs::Add |client, world| client.bugs().add(Bug::default().with_title("Total < sum & more").with_status_code("New").with_custom(CustomBlock::default().with_custom1("é")))
            .send_email_alert("Y").new_notes("Seen twice"),
        |id| *id > 0 && *id != world.bug;
    bugs::Load |client, world| client.bugs().load(world.bug),
        |bug| bug.bug_id == Some(world.bug) && bug.title.as_deref() == Some("Dangerous");
    bugs::LoadByCriteria |client, world| client.bugs().load_by_criteria(CONDITION).sorting("BugId DESC").page_size(50).page_number(1),
        |bugs| bugs.iter().map(|bug| bug.bug_id).eq([Some(world.bug)]);
    bugs::Update |client, world| client.bugs().update(Bug::default().with_bug_id(world.bug).with_title("Harmless")).send_email_alert("N");
    bugs::Delete |client, world| client.bugs().delete(world.bug);
    bugs::GetStatuses |client, world| client.bugs().get_statuses(),
        |statuses| statuses.iter().flatten().any(|status| status == "New");

    releases::Add |client, world| client.releases().add(
            Release::default().with_title("2.0").with_release_type("Release").with_est_start_date("2024-05-06T00:00:00"),
        ).send_email_alert("N").new_notes("Planned"),
        |id| *id > 0 && *id != world.release;
    releases::Load |client, world| client.releases().load(world.release),
        |release| release.id == Some(world.release) && release.title.as_deref() == Some("1.0");
    releases::LoadByCriteria |client, world| client.releases().load_by_criteria(CONDITION).sorting("Id").page_size(50).page_number(1),
        |releases| releases.iter().map(|release| release.id).eq([Some(world.release)]);
    releases::Update |client, world|
            client.releases().update(Release::default().with_id(world.release).with_title("1.1")).send_email_alert("N");
    releases::Delete |client, world| client.releases().delete(world.release);

    functional_specs::Add |client, world| client.functional_specs().add(
            FunctionalSpec::default().with_title("Log in").with_est_hrs("2.50".parse::<qacomplete_soap::Decimal>().expect("a number")),
        ).send_email_alert("N").new_notes("Draft"),
        |id| *id > 0 && *id != world.functional_spec;
    functional_specs::Load |client, world| client.functional_specs().load(world.functional_spec),
        |spec| spec.funct_spec_id == Some(world.functional_spec) && spec.title.as_deref() == Some("Check out");
    functional_specs::LoadByCriteria |client, world|
            client.functional_specs().load_by_criteria(CONDITION).sorting("Title").page_size(50).page_number(1),
        |specs| specs.iter().map(|spec| spec.funct_spec_id).eq([Some(world.functional_spec)]);
    functional_specs::Update |client, world| client.functional_specs().update(
            FunctionalSpec::default().with_funct_spec_id(world.functional_spec).with_title("Pay"),
        ).send_email_alert("N");
    functional_specs::Delete |client, world| client.functional_specs().delete(world.functional_spec);

    attachments::Add |client, world| client.attachments().add(
            Attachment::default().with_entity_code("Bugs").with_fk_id(world.bug)
                .with_file_name("screen.png"), b"\x89PNG\r\n".to_vec(), true,
        ),
        |id| *id > 0 && *id != world.attachment;
    attachments::Get |client, world| client.attachments().get(world.attachment),
        |bytes| bytes.0 == b"log";
    attachments::List |client, world| client.attachments().list("Bugs", world.bug),
        |list| list.iter().any(|file| file.attachment_id == Some(world.attachment));
    attachments::Delete |client, world| client.attachments().delete(world.attachment);

    notes::Add |client, world|
            client.notes().add(Notes::default().with_fk_id(world.bug).with_entity_code("Bugs").with_description("A note.")),
        |id| *id > 0 && *id != world.note;
    notes::Get |client, world| client.notes().get("Bugs", world.note),
        |note| note.description.as_deref() == Some("Looked at");
    notes::List |client, world| client.notes().list("Bugs", world.bug),
        |notes| notes.iter().any(|note| note.description.as_deref() == Some("Looked at"));
    notes::Update |client, world| client.notes().update(
            Notes::default().with_note_id(world.note).with_fk_id(world.bug).with_entity_code("Bugs").with_description("Looked at again"),
        ),
        |note| note.description.as_deref() == Some("Looked at again");
    notes::Delete |client, world| client.notes().delete("Bugs", world.note);

    traceability_links::Add |client, world| client.traceability_links().add(
            TraceabilityLink::default().with_entity_code("Bugs").with_fk_id(world.bug)
                .with_linked_entity_code("FunctionalSpecs").with_linked_fk_id(world.functional_spec).with_link_type("Found in build"),
        ),
        |id| *id > 0 && *id != world.link;
    traceability_links::Load |client, world| client.traceability_links().load("Bugs", world.bug),
        |links| links.iter().any(|link| link.link_id == Some(world.link) && link.linked_fk_id == Some(world.release));
    traceability_links::Delete |client, world| client.traceability_links().delete(
            TraceabilityLink::default().with_entity_code("Bugs").with_fk_id(world.bug)
                .with_linked_entity_code("Releases").with_linked_fk_id(world.release),
        );

    folders::Add |client, world| client.folders().add(
            Folder::default().with_folder_name("Backlog").with_entity_code("Bugs").with_is_active("Y").with_is_version("N"),
        ),
        |id| *id > 0 && *id != world.folder;
    folders::Load |client, world| client.folders().load(world.folder),
        |folder| folder.folder_id == Some(world.folder) && folder.folder_name.as_deref() == Some("Inbox");
    folders::LoadByCriteria |client, world|
            client.folders().load_by_criteria(CONDITION).sorting("ParentName, FolderName").page_size(200).page_number(1),
        |folders| folders.iter().map(|folder| folder.folder_id).eq([Some(world.folder)]);
    folders::Update |client, world| client.folders().update(
            Folder::default().with_folder_id(world.folder).with_folder_name("Old").with_entity_code("Bugs").with_is_active("N")
                .with_is_version("N"),
        );
    folders::Delete |client, world| client.folders().delete(world.folder);

    custom_fields::Add |client, world| client.custom_fields().add(
            CustomField::default().with_entity_code("Bugs").with_custom_field_nbr(2).with_field_name("Found on").with_field_type("Date")
                .with_field_size(30).with_is_required("N"),
        ),
        |id| *id > 0;
    custom_fields::AddLookup |client, world| client.custom_fields().add_lookup(
            CustomField::default().with_entity_code("Bugs").with_custom_field_nbr(3).with_field_name("Component").with_field_type("Look Up")
                .with_field_size(100),
            "TextBox\nListView\nComboBox",
        ),
        |id| *id > 0;
    custom_fields::Load |client, world| client.custom_fields().load("Bugs"),
        |fields| fields.iter().any(|field| field.field_name.as_deref() == Some("Browser"));

    lookups::Load |client, world| client.lookups().load("Bugs"),
        |lists| lists.iter().any(|list| list.look_up_type.as_deref() == Some("Bugs-Custom1"));
    lookups::Update |client, world| client.lookups().update(
            "Bugs", LookUp::default().with_look_up_type("Bugs-Custom1").with_values([Some("One".to_owned()), Some("Two".to_owned())]),
        );
}
