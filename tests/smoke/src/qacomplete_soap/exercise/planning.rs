//! Agile tasks, project plans and contacts.

use super::{CONDITION, exercises};
use qacomplete_soap::types::{Contact, PpResource, PpTask, ProjectPlan, ProjectPlanTask, ProjectTask};

exercises! {
    project_tasks::Add |client, world| client.project_tasks().add(
            ProjectTask::default().with_title("Call back").with_task_type_code("Appointment").with_est_hrs(2),
        ).send_email_alert("N").new_notes("By phone"),
        |id| *id > 0 && *id != world.project_task;
    project_tasks::Load |client, world| client.project_tasks().load(world.project_task),
        |task| task.task_id == Some(world.project_task) && task.title.as_deref() == Some("Write tests");
    project_tasks::LoadByCriteria |client, world|
            client.project_tasks().load_by_criteria(CONDITION).sorting("DateDue DESC").page_size(50).page_number(1),
        |tasks| tasks.iter().map(|task| task.task_id).eq([Some(world.project_task)]);
    project_tasks::Update |client, world| client.project_tasks().update(
            ProjectTask::default().with_task_id(world.project_task).with_title("Run tests"),
        ).send_email_alert("N");
    project_tasks::Delete |client, world| client.project_tasks().delete(world.project_task);

    project_plan_tasks::Add |client, world| client.project_plan_tasks().add(
            ProjectPlanTask::default().with_proj_plan_id(world.project_plan).with_task_name("Build").with_est_hrs(8),
        ).send_email_alert("N").new_notes("Soon"),
        |id| *id > 0 && *id != world.project_plan_task;
    project_plan_tasks::Load |client, world| client.project_plan_tasks().load(world.project_plan_task),
        |task| task.task_id == Some(world.project_plan_task) && task.task_name.as_deref() == Some("Design");
    project_plan_tasks::LoadByCriteria |client, world|
            client.project_plan_tasks().load_by_criteria(CONDITION).sorting("SeqNum").page_size(50).page_number(1),
        |tasks| tasks.iter().map(|task| task.task_id).eq([Some(world.project_plan_task)]);
    project_plan_tasks::Update |client, world| client.project_plan_tasks().update(
            ProjectPlanTask::default().with_task_id(world.project_plan_task).with_proj_plan_id(world.project_plan).with_task_name("Draw"),
        ).send_email_alert("N");
    project_plan_tasks::Delete |client, world| client.project_plan_tasks().delete(world.project_plan_task);

    project_plans::List |client, world| client.project_plans().list(false),
        |plans| plans.iter().any(|plan| plan.proj_plan_id == Some(world.project_plan));
    project_plans::ImportMsProject |client, world| client.project_plans().import_ms_project(
            ProjectPlan::default().with_name("Imported")
                .with_tasks([PpTask::default().with_task_id(1).with_task_name("First")
                    .with_est_start("2014-08-12T08:00:00+04:00").with_work(480)])
                .with_resources([PpResource::default().with_user_id(world.user).with_person_name("Doe, John").with_standard_rate(20)]),
        ),
        |id| *id > 0 && *id != world.project_plan;
    project_plans::ExportMsProject |client, world| client.project_plans().export_ms_project(world.project_plan),
        |plan| plan.proj_plan_id == Some(world.project_plan) && plan.name.as_deref() == Some("Summer");

    contacts::Add |client, world| client.contacts().add(
            Contact::default().with_contact_person("Jane Roe").with_company_name("Roe & Sons").with_email("jane.roe@example.com"),
        ).send_email_alert("N").new_notes("Met at the fair"),
        |id| *id > 0 && *id != world.contact;
    contacts::Load |client, world| client.contacts().load(world.contact),
        |contact| contact.contact_id == Some(world.contact) && contact.contact_person.as_deref() == Some("Max Moe");
    contacts::LoadByCriteria |client, world|
            client.contacts().load_by_criteria(CONDITION).sorting("CompanyName").page_size(50).page_number(1),
        |contacts| contacts.iter().map(|contact| contact.contact_id).eq([Some(world.contact)]);
    contacts::Update |client, world| client.contacts().update(
            Contact::default().with_contact_id(world.contact).with_contact_person("Max Moe"),
        ).send_email_alert("N");
    contacts::Delete |client, world| client.contacts().delete(world.contact);
}
