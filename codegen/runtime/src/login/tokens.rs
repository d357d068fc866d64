//! What is known of a login's tokens and what follows from it: rules without clock, lock and I/O.

use super::answer::{Granted, Problem};
use crate::secret::{Redaction, Secret};
use http::HeaderValue;
use std::time::{Duration, Instant};

/// A token is renewed so long before it expires, or a tenth of its life before: clocks differ, and requests take time.
const MARGIN: Duration = Duration::from_secs(30);

/// A token as it goes out.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    number: u64,
    pub(crate) header: HeaderValue,
    /// The texts that must not be shown for its sake.
    pub(crate) redaction: Redaction,
}

/// By which right a token is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    Password,
    Refresh(Secret),
}

/// What a call does about its token.
#[derive(Debug)]
pub(super) enum Decision {
    Use(Token),
    /// Ask for one; the others wait meanwhile.
    Fetch(Grant),
    /// Somebody else is asking.
    Wait,
    /// Somebody asked meanwhile, in vain.
    Fail(Problem),
}

/// How asking for a token ended.
#[derive(Debug)]
pub(super) enum Outcome {
    Granted(Granted),
    /// The server does not give one for this grant.
    Refused(Problem),
    /// It cannot be known whether it would.
    Failed(Problem),
    /// Whoever asked went away.
    Abandoned,
}

/// The tokens of a login.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    held: Option<Held>,
    refresh: Option<Secret>,
    /// The number of the last request for a token, and whether it is under way.
    flight: u64,
    flying: bool,
    failure: Option<(u64, Problem)>,
}

#[derive(Debug)]
struct Held {
    token: Token,
    renew_at: Option<Instant>,
    refused: bool,
    /// Its texts alone.
    secrets: Redaction,
}

impl Tokens {
    /// What a call does that waited for the request of number `waited`, if it did.
    pub(super) fn decide(&self, now: Instant, waited: Option<u64>) -> Decision {
        let is_good = |held: &&Held| !held.refused && held.renew_at.is_none_or(|at| now < at);
        if let Some(held) = self.held.as_ref().filter(is_good) {
            return Decision::Use(held.token.clone());
        }
        if let Some((flight, problem)) = &self.failure
            && waited.is_some_and(|waited| waited <= *flight)
        {
            return Decision::Fail(problem.clone());
        }
        match &self.refresh {
            _ if self.flying => Decision::Wait,
            Some(refresh) => Decision::Fetch(Grant::Refresh(refresh.clone())),
            None => Decision::Fetch(Grant::Password),
        }
    }

    /// A token is being asked for; returns the number of the request.
    pub(super) fn take_off(&mut self) -> u64 {
        self.flying = true;
        self.flight += 1;
        self.flight
    }

    pub(super) fn flight(&self) -> u64 {
        self.flight
    }

    pub(super) fn is_flying(&self, flight: u64) -> bool {
        self.flying && self.flight == flight
    }

    /// The request that was sent at `asked` is over.
    pub(super) fn land(&mut self, grant: &Grant, outcome: Outcome, asked: Instant) {
        self.flying = false;
        match outcome {
            Outcome::Granted(granted) => self.hold(granted, asked),
            // There is still the password.
            Outcome::Refused(_) if *grant != Grant::Password => self.refresh = None,
            Outcome::Refused(problem) | Outcome::Failed(problem) => self.failure = Some((self.flight, problem)),
            Outcome::Abandoned => {}
        }
    }

    fn hold(&mut self, granted: Granted, asked: Instant) {
        let secrets = Redaction::of(granted.secrets());
        let redaction = self.held.take().map_or_else(|| secrets.clone(), |before| secrets.joined(&before.secrets));
        let renew_at = granted.life.and_then(|life| asked.checked_add(life.saturating_sub(MARGIN.min(life / 10))));
        let token = Token { number: self.flight, header: granted.header, redaction };
        self.held = Some(Held { token, renew_at, refused: false, secrets });
        self.refresh = granted.refresh.or_else(|| self.refresh.take());
    }

    /// The texts of the tokens there are.
    pub(super) fn redaction(&self) -> Redaction {
        self.held.as_ref().map_or_else(Redaction::default, |held| held.token.redaction.clone())
    }

    /// The server did not take this token.
    pub(super) fn refuse(&mut self, token: &Token) {
        if let Some(held) = self.held.as_mut().filter(|held| held.token.number == token.number) {
            held.refused = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn granted(access: &str, refresh: Option<&str>, life: Option<u64>) -> Outcome {
        Outcome::Granted(Granted::of(access, refresh, life.map(s)).expect("a token that can be sent"))
    }

    fn problem() -> Problem {
        Problem::new("no such user")
    }

    /// A decision in short.
    fn told(tokens: &Tokens, now: Instant, waited: Option<u64>) -> String {
        match tokens.decide(now, waited) {
            Decision::Use(token) => String::from_utf8_lossy(token.header.as_bytes()).replace("Bearer", "use"),
            Decision::Fetch(Grant::Password) => "fetch by password".into(),
            Decision::Fetch(Grant::Refresh(refresh)) => format!("fetch by {}", refresh.expose()),
            Decision::Wait => "wait".into(),
            Decision::Fail(problem) => format!("fail: {problem}"),
        }
    }

    #[test]
    fn lives() {
        // life of the token, seconds since it was asked for -> whether it is used
        let table = [
            (Some(3600), 0, true),
            (Some(3600), 3569, true),
            (Some(3600), 3570, false),
            (Some(300), 269, true),
            (Some(300), 270, false),
            (Some(100), 89, true),
            (Some(100), 90, false),
            (Some(1), 0, true),
            (Some(1), 1, false),
            (None, 1_000_000, true),
            (Some(u64::MAX), 1_000_000, true),
        ];
        for (life, age, good) in table {
            let zero = Instant::now();
            let mut tokens = Tokens::default();
            tokens.take_off();
            tokens.land(&Grant::Password, granted("a1", None, life), zero);
            let expected = if good { "use a1" } else { "fetch by password" };
            assert_eq!(told(&tokens, zero + s(age), None), expected, "life {life:?}, {age} s old");
        }
    }

    #[test]
    fn what_follows_from_what_happened() {
        let now = Instant::now();
        let refresh = |text: &str| Grant::Refresh(Secret::from(text));
        let mut tokens = Tokens::default();
        assert_eq!(told(&tokens, now, None), "fetch by password");
        assert_eq!(tokens.take_off(), 1);
        assert_eq!(told(&tokens, now, None), "wait");
        tokens.land(&Grant::Password, Outcome::Abandoned, now);
        assert_eq!(told(&tokens, now, Some(1)), "fetch by password", "whoever waited asks in place of who went away");
        tokens.take_off();
        tokens.land(&Grant::Password, granted("a1", Some("r1"), Some(100)), now);
        assert_eq!(told(&tokens, now, None), "use a1");
        assert_eq!(told(&tokens, now + s(95), None), "fetch by r1");

        let Decision::Use(first) = tokens.decide(now, None) else { panic!("there is a token") };
        tokens.refuse(&first);
        assert_eq!(told(&tokens, now, None), "fetch by r1", "a refused token is not used again");
        tokens.take_off();
        tokens.land(&refresh("r1"), granted("a2", None, None), now);
        assert_eq!(told(&tokens, now, None), "use a2");
        tokens.refuse(&first);
        assert_eq!(told(&tokens, now, None), "use a2", "an older token was refused, not this one");

        let Decision::Use(second) = tokens.decide(now, None) else { panic!("there is a token") };
        tokens.refuse(&second);
        assert_eq!(told(&tokens, now, None), "fetch by r1", "without a new one the old refresh token stays");
        let flight = tokens.take_off();
        tokens.land(&refresh("r1"), Outcome::Refused(problem()), now);
        assert_eq!(told(&tokens, now, Some(flight)), "fetch by password", "there is still the password");
        let flight = tokens.take_off();
        tokens.land(&Grant::Password, Outcome::Refused(problem()), now);
        assert_eq!(told(&tokens, now, Some(flight)), "fail: no such user", "who waited for it shares the failure");
        assert_eq!(told(&tokens, now, Some(flight - 1)), "fail: no such user");
        assert_eq!(told(&tokens, now, None), "fetch by password", "who comes later tries again");
        assert_eq!(told(&tokens, now, Some(flight + 1)), "fetch by password");
    }

    #[test]
    fn old_and_new_texts_are_hidden() {
        let now = Instant::now();
        let mut tokens = Tokens::default();
        let mut hidden = Vec::new();
        for (access, refresh) in [("access-1", "refresh-1"), ("access-2", "refresh-2"), ("access/3", "refresh-3")] {
            tokens.take_off();
            tokens.land(&Grant::Password, granted(access, Some(refresh), None), now);
            let Decision::Use(token) = tokens.decide(now, None) else { panic!("there is a token") };
            hidden.push(token.redaction.apply("access-1 refresh-1 access-2 refresh-2 access/3 access%2F3 refresh-3".into()));
            assert!(!format!("{tokens:?}").contains("access") && !format!("{tokens:?}").contains("Bearer"), "{tokens:?}");
        }
        assert_eq!(hidden[1], "*** *** *** *** access/3 access%2F3 refresh-3");
        assert_eq!(hidden[2], "access-1 refresh-1 *** *** *** *** ***");
    }
}
