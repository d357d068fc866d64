//! What hangs on items: files, notes, links; and the folders they are in.

use crate::qacomplete::PROJECT;
use qacomplete::File;
use qacomplete::types::{
    AttachmentReplacement, AttachmentUpdate, AttachmentUpload, EntityCode, FolderInput, FolderUpdate, NewLinkedItem, NoteInput, Search,
};

crate::rest::exercises! { qacomplete:
    attachments::List |client, world| client.project(PROJECT).attachments(EntityCode::Bugs, world.defect).list().limit(25).offset(0),
        |page| page.results.iter().flatten().map(|file| file.file_name.as_deref()).eq([Some("log.txt")]);
    attachments::Create |client, world| client.project(PROJECT).attachments(EntityCode::Bugs, world.defect).create(
            AttachmentUpload::new(File::from_bytes("screen.png", "not really")).with_title("Screen").with_comments("As seen"),
        ),
        |file| file.file_name.as_deref() == Some("screen.png") && file.title.as_deref() == Some("Screen");
    attachments::Get |client, world| client.project(PROJECT).attachments(EntityCode::Bugs, world.defect).get(world.attachment),
        |file| file.file_name.as_deref() == Some("log.txt") && file.entity_code == Some(EntityCode::Bugs);
    attachments::Replace |client, world| client.project(PROJECT).attachments(EntityCode::Bugs, world.defect).replace(
            world.attachment, AttachmentReplacement::new(File::from_bytes("log2.txt", "again"), "Newer log").with_comments("Later"),
        ),
        |file| file.file_name.as_deref() == Some("log2.txt") && file.title.as_deref() == Some("Newer log");
    attachments::Update |client, world| client.project(PROJECT).attachments(EntityCode::Bugs, world.defect).update(
            world.attachment, AttachmentUpdate::new("Old log").with_comments("Kept"),
        ),
        |file| file.file_name.as_deref() == Some("log.txt") && file.title.as_deref() == Some("Old log");
    attachments::Delete |client, world| client.project(PROJECT).attachments(EntityCode::Bugs, world.defect).delete(world.attachment);

    notes::List |client, world| client.project(PROJECT).notes(EntityCode::Bugs, world.defect).list().limit(25).offset(0),
        |page| page.results.iter().flatten().map(|note| note.id).eq([world.note]);
    notes::Create |client, world| client.project(PROJECT).notes(EntityCode::Bugs, world.defect).create(
            NoteInput::new("Looked at again").with_original_id(0).with_update_user_id(world.user),
        ),
        |note| note.id != world.note && note.description.as_deref() == Some("Looked at again");
    notes::Get |client, world| client.project(PROJECT).notes(EntityCode::Bugs, world.defect).get(world.note),
        |note| note.description.as_deref() == Some("Looked at") && note.entity_id == Some(world.defect);
    notes::Replace |client, world| client.project(PROJECT).notes(EntityCode::Bugs, world.defect).replace(
            world.note, NoteInput::new("Looked away").with_update_user_id(world.user),
        ),
        |note| note.id == world.note && note.description.as_deref() == Some("Looked away");
    notes::Delete |client, world| client.project(PROJECT).notes(EntityCode::Bugs, world.defect).delete(world.note);

    linked_items::List |client, world| client.project(PROJECT).linked_items(EntityCode::Bugs, world.defect).list().limit(25).offset(0)
            .filter(format!("LinkedEntityId = {}", world.requirement)),
        |page| page.results.iter().flatten().map(|link| link.link_id).eq([world.link]);
    linked_items::Create |client, world| client.project(PROJECT).linked_items(EntityCode::Bugs, world.defect).create(
            NewLinkedItem::new(EntityCode::Tests, world.test),
        ),
        |link| link.link_id != world.link && link.linked_entity_id == Some(world.test);
    linked_items::Search |client, world| client.project(PROJECT).linked_items(EntityCode::Bugs, world.defect).search(
            Search::new(format!("LinkedEntityId = {}", world.requirement)),
        ).limit(25).offset(0),
        |page| page.results.iter().flatten().map(|link| link.link_id).eq([world.link]);
    linked_items::Get |client, world| client.project(PROJECT).linked_items(EntityCode::Bugs, world.defect).get(world.link),
        |link| link.linked_entity_code == Some(EntityCode::FunctionalSpecs) && link.linked_entity_id == Some(world.requirement);
    linked_items::Delete |client, world| client.project(PROJECT).linked_items(EntityCode::Bugs, world.defect).delete(world.link);

    folders::List |client, world| client.project(PROJECT).folders(EntityCode::Bugs).list().limit(25).offset(0).filter("FolderName = 'Inbox'"),
        |page| page.results.iter().flatten().map(|folder| folder.id).eq([world.folder]);
    folders::Create |client, world| client.project(PROJECT).folders(EntityCode::Bugs).create(
            FolderInput::new("Old ones").with_description("Read").with_is_public(true).with_parent_name("Inbox").with_is_active(true),
        ),
        |folder| folder.folder_name == "Old ones" && folder.parent_name.as_deref() == Some("Inbox");
    folders::Get |client, world| client.project(PROJECT).folders(EntityCode::Bugs).get(world.folder),
        |folder| folder.id == world.folder && folder.folder_name == "Inbox";
    folders::Replace |client, world| client.project(PROJECT).folders(EntityCode::Bugs).replace(
            world.folder, FolderInput::new("Outbox").with_is_public(false).with_is_active(true),
        ),
        |folder| folder.id == world.folder && folder.folder_name == "Outbox" && folder.is_public == Some(false);
    folders::Update |client, world| client.project(PROJECT).folders(EntityCode::Bugs).update(
            world.folder, FolderUpdate::default().with_folder_name("Box").with_description("Of all").with_is_public(true).with_is_active(true),
        ),
        |folder| folder.id == world.folder && folder.folder_name == "Box";
    folders::Delete |client, world| client.project(PROJECT).folders(EntityCode::Bugs).delete(world.folder);
}
