use super::*;
use crate::types::RunResult;

/// `7: 1 2! 3; 8: 1`: run 7 with three tests, the second of which stops it when it fails, and run 8.
fn runs(text: &str) -> Vec<Run> {
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{text:?} is no number"));
    let item = |text: &str| {
        let (place, stop_on_fail) = text.strip_suffix('!').map_or((text, None), |place| (place, Some(true)));
        RunItem { sequence_number: Some(number(place)), stop_on_fail, ..RunItem::default() }
    };
    let run = |text: &str| {
        let (id, items) = text.split_once(':').unwrap_or_else(|| panic!("{text:?} is no run"));
        Run { test_run_items: Some(items.split_whitespace().map(item).collect()), ..Run::new(number(id.trim())) }
    };
    text.split(';').filter(|run| !run.trim().is_empty()).map(run).collect()
}

fn trouble(text: &str) -> Option<Trouble> {
    match text {
        "passing" => Some(Trouble::Passing),
        "garbled" => Some(Trouble::Garbled),
        "final" => Some(Trouble::Final),
        _ => None,
    }
}

/// `Passed`, with `+log` and `+mht` what is to be uploaded, or a trouble.
fn result(text: &str) -> Result<TestResult, Trouble> {
    if let Some(trouble) = trouble(text) {
        return Err(trouble);
    }
    let mut parts = text.split('+');
    let mut result = TestResult::new(parts.next().unwrap_or_default().into());
    for part in parts {
        match part {
            "log" => result.log = Some(File::from_bytes("a.xml", "")),
            "mht" => result.report = Some(File::from_bytes("a.mht", "")),
            "stop" => {}
            _ => panic!("what is {part:?}?"),
        }
    }
    Ok(result)
}

/// What a loop does that reads these lists (`-`: in vain), whose tests bring these results, which are answered like this (`ok`
/// from there on). It is stopped at the end of the lists, or while a test runs of which the result has `+stop`.
fn trace(lists: &[&str], results: &str, answers: &str) -> String {
    let (mut lists, mut results, mut answers) = (lists.iter(), results.split_whitespace(), answers.split_whitespace());
    let mut machine = Machine::new(Duration::from_secs(60));
    let (mut trace, mut stopped) = (Vec::new(), false);
    while trace.last().is_none_or(|last| last != "end") {
        assert!(trace.len() < 100, "the loop does not end: {trace:?}");
        let step = match machine.next(stopped) {
            Step::Poll => {
                match lists.next() {
                    None => stopped = true,
                    Some(&"-") => {}
                    Some(list) => {
                        machine.polled(runs(list));
                    }
                }
                "poll".to_owned()
            }
            Step::Wait(time) => format!("wait-{}", time.as_secs()),
            Step::Run(place, _) => {
                let text = results.next().unwrap_or_else(|| panic!("{place} has no result: {trace:?}"));
                stopped |= text.ends_with("+stop");
                machine.ran(result(text));
                format!("run-{}.{}", place.run, place.sequence_number)
            }
            Step::Report(place, report) => {
                machine.reported(trouble(answers.next().unwrap_or("ok")).map_or(Ok(()), Err));
                let outcome = report.status.map_or_else(String::new, |status| status.to_string());
                format!("{outcome}-{}.{}", place.run, place.sequence_number)
            }
            Step::UploadLog(place, _) => format!("log-{}.{}", place.run, place.sequence_number),
            Step::UploadReport(place, _) => format!("mht-{}.{}", place.run, place.sequence_number),
            Step::End => "end".to_owned(),
        };
        trace.push(step);
    }
    assert_eq!(results.next(), None, "not all tests were run: {trace:?}");
    trace.join(" ")
}

#[test]
fn what_a_loop_does() {
    type Row<'a> = (&'a str, &'a [&'a str], &'a str, &'a str, &'a str);
    let table: [Row<'_>; 21] = [
        ("waits when there is nothing", &["", ""], "", "", "poll wait-60 poll wait-60 poll end"),
        ("reads again after a failure", &["-", "-", ""], "", "", "poll wait-60 poll wait-60 poll wait-60 poll end"),
        (
            "runs in order, and reads the list at once when something was done",
            &["8: 2 1; 9: 1", ""],
            "Passed Failed Skipped",
            "",
            "poll run-8.1 Passed-8.1 run-8.2 Failed-8.2 run-9.1 Skipped-9.1 poll wait-60 poll end",
        ),
        ("uploads after reporting", &["8: 1"], "Passed+log+mht", "", "poll run-8.1 Passed-8.1 log-8.1 mht-8.1 poll end"),
        (
            "uploads what there is",
            &["8: 1 2"],
            "Passed+mht Passed+log",
            "",
            "poll run-8.1 Passed-8.1 mht-8.1 run-8.2 Passed-8.2 log-8.2 poll end",
        ),
        (
            "does not run again what is still listed",
            &["8: 1", "8: 1", "8: 1"],
            "Passed",
            "",
            "poll run-8.1 Passed-8.1 poll wait-60 poll wait-60 poll end",
        ),
        (
            "goes on with what is new in a run",
            &["8: 1", "8: 1 2"],
            "Passed Failed",
            "",
            "poll run-8.1 Passed-8.1 poll run-8.2 Failed-8.2 poll end",
        ),
        (
            "runs again what was gone",
            &["8: 1", "", "8: 1"],
            "Passed Failed",
            "",
            "poll run-8.1 Passed-8.1 poll wait-60 poll run-8.1 Failed-8.1 poll end",
        ),
        (
            "keeps in mind what was listed when the list cannot be read",
            &["8: 1", "-", "8: 1"],
            "Passed",
            "",
            "poll run-8.1 Passed-8.1 poll wait-60 poll wait-60 poll end",
        ),
        ("does not run twice what is listed twice", &["8: 1; 8: 1"], "Passed", "", "poll run-8.1 Passed-8.1 poll end"),
        (
            "skips the rest when a test fails that stops the run",
            &["8: 1! 2! 3; 9: 1"],
            "Passed Failed Passed",
            "",
            "poll run-8.1 Passed-8.1 run-8.2 Failed-8.2 Skipped-8.3 run-9.1 Passed-9.1 poll end",
        ),
        (
            "goes on when a test fails that does not",
            &["8: 1 2"],
            "Failed Passed",
            "",
            "poll run-8.1 Failed-8.1 run-8.2 Passed-8.2 poll end",
        ),
        ("goes on when a test does not fail", &["8: 1! 2"], "Blocked Passed", "", "poll run-8.1 Blocked-8.1 run-8.2 Passed-8.2 poll end"),
        (
            "leaves the run when a test cannot be run now",
            &["8: 1 2; 9: 1", "8: 1 2"],
            "passing Passed Failed Failed",
            "",
            "poll run-8.1 run-9.1 Passed-9.1 poll run-8.1 Failed-8.1 run-8.2 Failed-8.2 poll end",
        ),
        ("waits before it tries again", &["8: 1", "8: 1"], "passing passing", "", "poll run-8.1 wait-60 poll run-8.1 wait-60 poll end"),
        (
            "reports as blocked what cannot be run",
            &["8: 1! 2"],
            "final Passed+log",
            "",
            "poll run-8.1 Blocked-8.1 run-8.2 Passed-8.2 log-8.2 poll end",
        ),
        (
            "reports later what cannot be reported now",
            &["8: 1! 2; 9: 1", "8: 1! 2"],
            "Failed+log Passed",
            "passing",
            "poll run-8.1 Failed-8.1 run-9.1 Passed-9.1 poll Failed-8.1 log-8.1 Skipped-8.2 poll end",
        ),
        (
            "waits before it reports again",
            &["8: 1", "8: 1"],
            "Passed",
            "passing passing",
            "poll run-8.1 Passed-8.1 wait-60 poll Passed-8.1 wait-60 poll end",
        ),
        (
            "gives up what cannot be reported",
            &["8: 1! 2", "8: 1! 2"],
            "Failed+log",
            "final",
            "poll run-8.1 Failed-8.1 Skipped-8.2 poll wait-60 poll end",
        ),
        (
            "takes for reported what was answered unreadably",
            &["8: 1", "8: 1"],
            "Passed+log",
            "garbled",
            "poll run-8.1 Passed-8.1 log-8.1 poll wait-60 poll end",
        ),
        (
            "reports and uploads before it ends",
            &["8: 1! 2; 9: 1"],
            "Failed+log+mht+stop",
            "",
            "poll run-8.1 Failed-8.1 log-8.1 mht-8.1 end",
        ),
    ];
    for (name, lists, results, answers, expected) in table {
        assert_eq!(trace(lists, results, answers), expected, "{name}");
    }
}

#[test]
fn ends_although_a_report_cannot_be_sent() {
    assert_eq!(trace(&["8: 1 2"], "Passed+log+stop", "passing"), "poll run-8.1 Passed-8.1 end");
}

#[test]
fn where_a_test_stands() {
    let at_steps = |number| RunResult { sequence_number: number, ..RunResult::default() };
    let item = |number, steps: &[Option<i64>]| RunItem {
        sequence_number: number,
        test_run_results: Some(steps.iter().copied().map(at_steps).collect()),
        ..RunItem::default()
    };
    let table = [(item(Some(5), &[Some(6)]), 5), (item(None, &[None, Some(6), Some(7)]), 6), (item(None, &[]), 3), (RunItem::default(), 3)];
    for (item, expected) in table {
        assert_eq!(Test::new(8, item.clone(), 3).place, Place::new(8, expected), "{item:?}");
    }
}
