//! Jobs: which operations answer one, and how it is asked for.

use std::collections::BTreeMap;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::ir::{Api, Arg, ArgId, Field, Job, JobArg, Operation, Output, Place, Presence, Prim, Shape, TypeRef, Word};
use crate::source::Location;

/// Finds the operations whose answers are the jobs that `sdk.toml` speaks of.
pub(super) fn jobs(api: &mut Api, config: &Config, report: &mut Report) {
    for (name, setting) in &config.jobs {
        let found = Kind { api, name, setting, config, report: &mut *report }.find();
        for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
            if let Some(job) = found.as_ref().and_then(|found| found.of(operation)).filter(|_| operation.job.is_none()) {
                operation.job = Some(job);
            }
        }
    }
}

/// A kind of job, and the operation that asks for it.
struct Found {
    poll: Operation,
    /// As for the poll itself: its own arguments are at the place of those of the operation.
    job: Job,
}

impl Found {
    /// How the job is asked for that this operation answers, if it answers one.
    fn of(&self, operation: &Operation) -> Option<Job> {
        if answer(operation)? != answer(&self.poll)? || operation.fault != self.poll.fault {
            return None;
        }
        let arg = |arg: &JobArg| match arg {
            JobArg::Id(field) => Some(JobArg::Id(field.clone())),
            JobArg::Own(id) => {
                let wanted = self.poll.args.get(id.0)?;
                let is_it = |arg: &Arg| arg.required && arg.wire == wanted.wire && arg.ty == wanted.ty;
                operation.args.iter().position(is_it).map(|index| JobArg::Own(ArgId(index)))
            }
        };
        let args = self.job.args.iter().map(arg).collect::<Option<_>>()?;
        Some(Job { args, ..self.job.clone() })
    }
}

/// The type of an answer that is always there.
fn answer(operation: &Operation) -> Option<&TypeRef> {
    match &operation.output {
        Output::Json { ty, optional: false, .. } => Some(ty),
        _ => None,
    }
}

/// The members of an answer.
fn members<'a>(api: &'a Api, operation: &Operation) -> Option<&'a [Field]> {
    let TypeRef::Named(id) = answer(operation)? else { return None };
    match &api.types.get(*id)?.shape {
        Shape::Struct(shape) => Some(&shape.fields),
        _ => None,
    }
}

struct Kind<'a> {
    api: &'a Api,
    name: &'a str,
    setting: &'a config::Job,
    config: &'a Config,
    report: &'a mut Report,
}

impl<'a> Kind<'a> {
    fn find(&mut self) -> Option<Found> {
        let (api, setting) = (self.api, self.setting);
        if setting.done.is_empty() {
            return None;
        }
        let all = api.resources.iter().flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)));
        // That there is no such operation was told when `sdk.toml` was checked; one that is left out was told of, too.
        let (resource, poll) = all.into_iter().find(|(_, operation)| operation.id == setting.poll)?;
        let Some(members) = members(api, poll) else {
            let message = format!("the answer of `{}` is no object that could say how a job is", setting.poll);
            return self.fault("poll", message, "name the operation that asks for a job");
        };
        let asks = poll.args.iter().rposition(|arg| arg.place == Place::Path && arg.required).filter(|_| poll.body.is_none());
        let Some(asks) = asks else {
            let message = format!("`{}` cannot ask for a job: it has no parameter in its path, or sends a body", setting.poll);
            return self.fault("poll", message, "the last parameter of the path is to say which job is meant");
        };
        let id = self.member("id", &setting.id, members);
        let state = self.member("state", &setting.state, members);
        let (id, state) = (id?, state?);
        let (ty, wire) = poll.args.get(asks).map(|arg| (&arg.ty, arg.wire.as_str()))?;
        if id.ty != *ty || id.presence == Presence::Patch {
            let message = format!("`{}` cannot be the parameter `{wire}` of `{}`: they are of different types", setting.id, setting.poll);
            return self.fault("id", message, "name the member that says which job it is");
        }
        let states = self.states(state)?;
        let arg = |(index, _)| if index == asks { JobArg::Id(id.name.clone()) } else { JobArg::Own(ArgId(index)) };
        let job = Job {
            module: resource.module.clone(),
            poll: poll.ty.clone(),
            args: poll.args.iter().enumerate().filter(|(_, arg)| arg.required).map(arg).collect(),
            state: state.name.clone(),
            done: setting.done.iter().filter_map(|state| states.get(state.as_str()).cloned()).collect(),
            failed: setting.failed.iter().filter_map(|state| states.get(state.as_str()).cloned()).collect(),
        };
        Some(Found { poll: poll.clone(), job })
    }

    fn member<'f>(&mut self, key: &str, wire: &str, members: &'f [Field]) -> Option<&'f Field> {
        let found = members.iter().find(|member| member.wire == wire);
        let at = self.place(key).filter(|_| found.is_none());
        if let Some(at) = at {
            let names = || members.iter().map(|member| member.wire.as_str());
            let help = did_you_mean(wire, names())
                .map_or_else(|| format!("it has: {}", listed(names())), |near| format!("did you mean `{near}`?"));
            let message = format!("the answer of `{}` has no member `{wire}`", self.setting.poll);
            self.report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).help(help));
        }
        found
    }

    /// How each state that `sdk.toml` names is written; of a list of words, all must be named.
    fn states(&mut self, member: &Field) -> Option<BTreeMap<&'a str, String>> {
        let (api, setting) = (self.api, self.setting);
        let words = match &member.ty {
            _ if member.presence == Presence::Patch => None,
            TypeRef::Prim(Prim::String) => Some(None),
            TypeRef::Named(id) => match api.types.get(*id).map(|ty| &ty.shape) {
                Some(Shape::Words(words)) => Some(Some(words.words.as_slice())),
                _ => None,
            },
            _ => None,
        };
        let Some(words) = words else {
            let message = format!("`{}` is neither a text nor a list of words", self.setting.state);
            return self.fault("state", message, "name the member that says how far a job is");
        };
        let mut states = BTreeMap::new();
        for (key, index, state) in setting.states() {
            let word = words.map(|words| words.iter().find(|word| is_spelling(word, state)));
            let written = match word {
                Some(Some(word)) => word.wire.clone(),
                None => state.to_owned(),
                Some(None) => {
                    let message = format!("`{}` is never `{state}`", self.setting.state);
                    self.fault_in_list(key, index, message, "use the words of the document");
                    continue;
                }
            };
            if states.values().any(|known| *known == written) {
                self.fault_in_list(key, index, format!("`{state}` is listed twice"), "a job is running, done or failed");
            }
            states.insert(state, written);
        }
        let unnamed: Vec<&str> = words.into_iter().flatten().map(|word| word.wire.as_str()).collect();
        let unnamed: Vec<&str> = unnamed.into_iter().filter(|wire| !states.values().any(|known| known == wire)).collect();
        if !unnamed.is_empty() {
            let message = format!("`{}` may be {}, of which nothing is said", self.setting.state, listed(unnamed.into_iter()));
            return self.fault("state", message, "list it under `running`, `done` or `failed`");
        }
        Some(states)
    }

    fn place(&self, key: &str) -> Option<Location> {
        self.config.value(["jobs", self.name, key])
    }

    fn fault<T>(&mut self, key: &str, message: String, help: &str) -> Option<T> {
        if let Some(at) = self.place(key) {
            self.report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help(help));
        }
        None
    }

    fn fault_in_list(&mut self, key: &str, index: usize, message: String, help: &str) {
        if let Some(at) = self.config.value(["jobs", self.name, key, &index.to_string()]) {
            self.report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help(help));
        }
    }
}

fn is_spelling(word: &Word, state: &str) -> bool {
    word.wire == state || word.aliases.iter().any(|alias| alias == state)
}
