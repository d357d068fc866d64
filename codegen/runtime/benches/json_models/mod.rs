//! One list, and three ways to hold and read it.

pub(crate) mod derived;
pub(crate) mod ours;
pub(crate) mod pulled;

/// A list of `size` entries of thirteen members. Of the optional ones a fifth is absent and a tenth `null`; a tenth of the
/// texts has escapes or non-ASCII characters. With `unknown`, every entry has three members that no model names.
pub(crate) fn document(size: usize, unknown: bool) -> Vec<u8> {
    let mut chance = fastrand::Rng::with_seed(42);
    let entries: Vec<String> = (0..size).map(|index| entry(&mut chance, index, unknown)).collect();
    format!("{{\"total\":{size},\"entities\":[{}]}}", entries.join(",")).into_bytes()
}

fn entry(chance: &mut fastrand::Rng, index: usize, unknown: bool) -> String {
    let mut members = vec![format!("\"id\":{}", index + 1_000_000), format!("\"title\":{}", text(chance, 40))];
    let mut optional = |name: &str, value: &mut dyn FnMut(&mut fastrand::Rng) -> String| match chance.u8(0..10) {
        0 | 1 => {}
        2 => members.push(format!("\"{name}\":null")),
        _ => members.push(format!("\"{name}\":{}", value(chance))),
    };
    optional("description", &mut |chance| text(chance, 320));
    optional("preconditions", &mut |chance| text(chance, 120));
    optional("priority", &mut |chance| chance.u8(0..4).to_string());
    optional("severity", &mut |chance| text(chance, 8));
    optional("suiteId", &mut |chance| chance.u32(..).to_string());
    optional("isFlaky", &mut |chance| chance.bool().to_string());
    optional("created", &mut |_| "\"2018-05-02T20:32:23.000000Z\"".to_owned());
    optional("updated", &mut |_| "\"2019-07-21T13:24:08.000000Z\"".to_owned());
    optional("author", &mut |chance| {
        format!("{{\"id\":{},\"name\":{},\"email\":\"someone@example.org\"}}", chance.u16(..), text(chance, 16))
    });
    optional("tags", &mut |chance| {
        let tags: Vec<String> = (0..chance.usize(0..5)).map(|_| text(chance, 10)).collect();
        format!("[{}]", tags.join(","))
    });
    optional("steps", &mut |chance| {
        let steps: Vec<String> = (1..=chance.usize(0..4))
            .map(|at| format!("{{\"position\":{at},\"action\":{},\"expected\":{}}}", text(chance, 50), text(chance, 30)))
            .collect();
        format!("[{}]", steps.join(","))
    });
    if unknown {
        members.push("\"hash\":\"0123456789abcdef\"".to_owned());
        members.push("\"links\":{\"self\":[1,2,3],\"next\":null}".to_owned());
        members.push("\"weight\":12.50".to_owned());
    }
    format!("{{{}}}", members.join(","))
}

fn text(chance: &mut fastrand::Rng, length: usize) -> String {
    let plain: String = (0..length).map(|at| if at % 7 == 6 { ' ' } else { chance.lowercase() }).collect();
    match chance.u8(0..20) {
        0 => format!("\"a \\\"quoted\\\"\\n{plain}\""),
        1 => format!("\"größer – {plain}\""),
        _ => format!("\"{plain}\""),
    }
}
