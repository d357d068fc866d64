//! A minimal HTTP/1.1 client: sends exactly what a test says, and sees exactly what comes back.

use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use tms_mock::{Builder, Mock, qase};

/// A running Qase mock without rate limit.
pub(crate) fn qase() -> Mock {
    start(qase::mock().rate_limit(None))
}

pub(crate) fn start(builder: Builder) -> Mock {
    builder.start().expect("the mock starts")
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    /// The JSON of a success.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }

    /// A failure in the API's error shape; answers with its message.
    #[track_caller]
    pub(crate) fn failed(&self, status: u16) -> String {
        let body = self.json();
        assert_eq!(self.status, status, "{body}");
        assert_eq!(body["status"], false, "{body}");
        assert!(body["errorFields"].is_array(), "{body}");
        body["errorMessage"].as_str().expect("a message").to_owned()
    }
}

/// One keep-alive connection.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(mock: &Mock) -> Self {
        let stream = TcpStream::connect(mock.address()).expect("the mock listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        Self(BufReader::new(stream))
    }

    /// Sends head and body as they are.
    pub(crate) fn exchange(&mut self, head: &str, body: &[u8]) -> io::Result<Reply> {
        self.0.get_mut().write_all(head.as_bytes())?;
        self.0.get_mut().write_all(body)?;
        let mut line = String::new();
        if self.0.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
                None => break,
            }
        }
        let mut reply = Reply { status, headers, body: Vec::new() };
        let length = reply.header("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
        reply.body.resize(length, 0);
        self.0.read_exact(&mut reply.body)?;
        Ok(reply)
    }
}

/// A request line, headers and body, built by a test.
pub(crate) struct Send<'m> {
    mock: &'m Mock,
    method: &'m str,
    target: String,
    headers: Vec<(&'m str, String)>,
    body: Vec<u8>,
}

/// A request with a right token; `target` is below the server's prefix.
pub(crate) fn send<'m>(mock: &'m Mock, method: &'m str, target: &str) -> Send<'m> {
    let url = mock.url();
    let base = url.split('/').skip(3).map(|part| format!("/{part}")).collect::<String>();
    let headers = vec![("Token", mock.token().to_owned()), ("Accept", "application/json".to_owned())];
    Send { mock, method, target: format!("{base}{target}"), headers, body: Vec::new() }
}

impl<'m> Send<'m> {
    /// The same request to another place, whatever the server's prefix.
    pub(crate) fn to(mut self, target: &str) -> Self {
        self.target = target.to_owned();
        self
    }

    pub(crate) fn header(mut self, name: &'m str, value: &str) -> Self {
        self.headers.retain(|(key, _)| *key != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(key, _)| *key != name);
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.text(&body.to_string()).header("Content-Type", "application/json")
    }

    pub(crate) fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }

    pub(crate) fn text(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self
    }

    pub(crate) fn head(&self) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: mock.test\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !self.body.is_empty() {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        head + "\r\n"
    }

    pub(crate) fn over(&self, connection: &mut Connection) -> io::Result<Reply> {
        connection.exchange(&self.head(), &self.body)
    }

    pub(crate) fn try_now(&self) -> io::Result<Reply> {
        self.over(&mut Connection::open(self.mock))
    }

    #[track_caller]
    pub(crate) fn now(&self) -> Reply {
        self.try_now().expect("an answer")
    }
}

#[track_caller]
pub(crate) fn get(mock: &Mock, target: &str) -> Reply {
    send(mock, "GET", target).now()
}

#[track_caller]
pub(crate) fn delete(mock: &Mock, target: &str) -> Reply {
    send(mock, "DELETE", target).now()
}

#[track_caller]
pub(crate) fn post(mock: &Mock, target: &str, body: &Value) -> Reply {
    send(mock, "POST", target).json(body).now()
}

#[track_caller]
pub(crate) fn patch(mock: &Mock, target: &str, body: &Value) -> Reply {
    send(mock, "PATCH", target).json(body).now()
}
