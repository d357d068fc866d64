//! What carries out what the state machine says, in both modes.

use super::item::{self, BulkItem};
use super::machine::Machine;
use super::{Bulk, BulkOutcome};
use crate::Mode;

impl<M: Mode, T: BulkItem> Bulk<M, T> {
    fn machine(&self) -> Machine {
        Machine::new(self.items.iter().map(item::weight).collect(), self.limits, T::ONCE)
    }

    fn request(&self, chunk: &[usize]) -> tms_runtime::Request<M, T::Operation> {
        let items = chunk.iter().filter_map(|index| self.items.get(*index).cloned()).collect();
        let request = self.client.request(T::operation(&self.target, items));
        if T::ONCE { request.repeatable() } else { request }
    }

    fn outcome(self, machine: Machine) -> BulkOutcome<T> {
        let (statuses, error) = machine.end();
        BulkOutcome::new(self.target.run, self.items.into_iter().zip(statuses).collect(), error)
    }
}

#[cfg(feature = "async")]
impl<T: BulkItem + Sync> Bulk<crate::Async, T> {
    /// Sends them. Dropping the future ends it; what has become of the results is then not known.
    pub async fn send(self) -> BulkOutcome<T> {
        let mut machine = self.machine();
        while let Some(chunk) = machine.next() {
            let answer = self.request(chunk).send().await;
            machine.answered(answer);
        }
        self.outcome(machine)
    }
}

#[cfg(feature = "blocking")]
impl<T: BulkItem> Bulk<crate::Blocking, T> {
    /// Sends them.
    pub fn send(self) -> BulkOutcome<T> {
        let mut machine = self.machine();
        while let Some(chunk) = machine.next() {
            let answer = self.request(chunk).send();
            machine.answered(answer);
        }
        self.outcome(machine)
    }
}
