use super::table::{Table, invalid};

/// A kind of job: work that goes on after the answer, and is asked for until it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The operation that asks for a job.
    pub poll: String,
    /// Member of its answer that says which job it is.
    pub id: String,
    /// Member of its answer that says how far the job is.
    pub state: String,
    /// States of a job that goes on.
    pub running: Vec<String>,
    /// States of a job that went well.
    pub done: Vec<String>,
    /// States of a job that did not go well.
    pub failed: Vec<String>,
}

/// `[jobs.<name>]`
pub(super) fn read(mut table: Table<'_, '_>) -> Option<Job> {
    table.only(&["poll", "id", "state", "running", "done", "failed"]);
    let (poll, id, state) = (table.needed("poll"), table.needed("id"), table.needed("state"));
    table.demand("done");
    let [running, done, failed] = ["running", "done", "failed"].map(|key| table.texts(key));
    if let (true, Some(at)) = (done.is_empty(), table.at.get("done")) {
        table.report.push(invalid(&at, "`done` is empty: no job would ever be over".to_owned()));
    }
    Some(Job { poll: poll?, id: id?, state: state?, running, done, failed })
}

impl Job {
    /// All states, with the list each stands in and its index there.
    pub(crate) fn states(&self) -> impl Iterator<Item = (&'static str, usize, &str)> {
        let lists = [("running", &self.running), ("done", &self.done), ("failed", &self.failed)];
        lists.into_iter().flat_map(|(key, list)| list.iter().enumerate().map(move |(index, state)| (key, index, state.as_str())))
    }
}
