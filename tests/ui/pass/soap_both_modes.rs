//! SOAP operations have the builders of REST operations, in both modes; records can be read one at a time.
use qacomplete_soap::types::{AuthenticationData, Bug};
use qacomplete_soap::{Client, SoapVersion, blocking};

fn send<T: Send>(value: T) -> T {
    value
}

async fn asynchronous(client: &Client) -> Result<(), qacomplete_soap::Error> {
    let id: i32 = send(client.bugs().add(Bug::default().with_title("x")).send_email_alert("N").send()).await?;
    let bug: Bug = send(client.bugs().load(id).send()).await?;
    let mut items = client.bugs().load_by_criteria("").sorting("BugId DESC").items();
    while let Some(other) = send(items.next()).await? {
        println!("{}", other == bug);
    }
    for record in send(client.bugs().load_by_criteria("").records()).await? {
        println!("{:?}", record?.title);
    }
    Ok(())
}

fn blocking(client: &blocking::Client) -> Result<(), qacomplete_soap::Error> {
    for bug in client.bugs().load_by_criteria("").page_size(200).items() {
        println!("{:?}", bug?.title);
    }
    for record in client.bugs().load_by_criteria("").records()? {
        println!("{:?}", record?.title);
    }
    if let Err(qacomplete_soap::Error::Api(error)) = client.bugs().delete(1).send() {
        println!("{:?}", error.fault().message());
    }
    Ok(())
}

fn main() {
    let data = AuthenticationData::default().with_pass_code("fake-pass-code");
    assert!(!format!("{data:?}").contains("fake-pass-code"));
    let client = Client::builder().authentication_data(data.clone()).soap_version(SoapVersion::V12).build().unwrap();
    let other = blocking::Client::builder().authentication_data(data).build().unwrap();
    drop(send(asynchronous(&client)));
    let _ = (blocking, other);
}
