use super::{ArgId, Ident};

/// How the job that an operation answers is asked for, until it is over.
#[derive(Clone, Debug)]
pub struct Job {
    /// Module of the resource whose operation asks for it.
    pub module: Ident,
    /// Type of that operation; it has the answer and the fault of this one.
    pub poll: Ident,
    /// Its required arguments, in its order.
    pub args: Vec<JobArg>,
    /// Member of the answer that says how far the job is: a text or a word, which may be missing.
    pub state: Ident,
    /// States of a job that went well; words as they are written.
    pub done: Vec<String>,
    /// States of a job that did not go well. In all other states, and without any, it goes on.
    pub failed: Vec<String>,
}

/// What an argument of the operation that asks for a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobArg {
    /// This member of the answer, which names the job.
    Id(Ident),
    /// This argument of the operation that was answered.
    Own(ArgId),
}
