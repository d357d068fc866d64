//! One answer with a list of records, and four ways to read it.

pub(crate) mod derived;
pub(crate) mod events;
pub(crate) mod instant;
pub(crate) mod ours;

pub(crate) const NAMESPACE: &str = "http://www.example.com/records/";

/// An answer as ASP.NET writes it, with `size` records of 30 elements. Of the seven nillable ones a third is nil; a tenth of the
/// texts has references or non-ASCII characters.
pub(crate) fn document(size: usize) -> String {
    let mut chance = fastrand::Rng::with_seed(42);
    let records: String = (0..size).map(|index| record(&mut chance, index)).collect();
    enveloped(&records)
}

/// An answer with these records.
pub(crate) fn enveloped(records: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><soap:Body>\
         <LoadByCriteriaResponse xmlns=\"{NAMESPACE}\"><LoadByCriteriaResult>{records}</LoadByCriteriaResult>\
         </LoadByCriteriaResponse></soap:Body></soap:Envelope>"
    )
}

fn record(chance: &mut fastrand::Rng, index: usize) -> String {
    let mut record = format!("<Record><Id>{}</Id>", index + 1_000_000);
    let mut add = |name: &str, value: &str| record.push_str(&format!("<{name}>{value}</{name}>"));
    for name in ["Title", "Description", "Steps", "Product", "Module", "Version", "Owner", "Reporter"] {
        add(name, &text(chance));
    }
    add("Status", chance.choice(["Open", "Closed", "In progress"]).unwrap_or_default());
    add("Severity", chance.choice(["High", "Low"]).unwrap_or_default());
    add("IsOpen", if chance.bool() { "true" } else { "false" });
    add("Amount", &format!("{}.{:04}", chance.u32(0..100_000), chance.u32(0..10_000)));
    add("Guid", &format!("{:032x}", chance.u128(..)));
    add("Ratio", &format!("{}", chance.f64()));
    add("Share", &format!("{}", chance.f32()));
    add("Ticks", &chance.i64(..).to_string());
    for name in ["Created", "Updated", "Assigned"] {
        add(name, &date(chance));
    }
    for name in ["ProjectId", "FolderId", "ReleaseId"] {
        add(name, &chance.u16(..).to_string());
    }
    for name in ["Due", "Closed", "Started"] {
        nillable(&mut record, chance, name, &date(&mut chance.clone()));
    }
    for name in ["ParentId", "LinkId"] {
        nillable(&mut record, chance, name, "4711");
    }
    nillable(&mut record, chance, "Estimate", "17.25");
    nillable(&mut record, chance, "Comment", "as before");
    record + "</Record>"
}

fn nillable(record: &mut String, chance: &mut fastrand::Rng, name: &str, value: &str) {
    if chance.u8(0..3) == 0 {
        record.push_str(&format!("<{name} xsi:nil=\"true\" />"));
    } else {
        record.push_str(&format!("<{name}>{value}</{name}>"));
    }
}

fn text(chance: &mut fastrand::Rng) -> String {
    let length = chance.usize(4..40);
    let odd = chance.u8(0..10) == 0;
    let words = (0..length).map(|index| if index % 7 == 6 { ' ' } else { chance.lowercase() });
    let text: String = words.collect();
    if odd { format!("{text} &lt;é&gt;") } else { text }
}

fn date(chance: &mut fastrand::Rng) -> String {
    format!("20{:02}-{:02}-{:02}T{:02}:15:30.1234567Z", chance.u8(10..30), chance.u8(1..13), chance.u8(1..29), chance.u8(0..24))
}
