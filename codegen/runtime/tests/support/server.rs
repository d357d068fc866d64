//! A server that answers each connection with prepared bytes, for what only a socket shows.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// What happens on a connection after the request was read.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// These bytes are sent and the connection is closed.
    Bytes(Vec<u8>),
    /// Nothing is sent; the connection stays open for so long.
    Silence(Duration),
    /// These bytes are sent, then the connection stays open for so long.
    Stall(Vec<u8>, Duration),
    /// Pieces are sent with a pause between them.
    Slow(Vec<Vec<u8>>, Duration),
}

impl Answer {
    /// A complete answer.
    pub(crate) fn of(status: &str, headers: &str, body: &str) -> Self {
        let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
        Self::Bytes([head.as_bytes(), body.as_bytes()].concat())
    }

    /// A complete answer with status 200 and a JSON body.
    pub(crate) fn json(body: &str) -> Self {
        Self::of("200 OK", "content-type: application/json\r\n", body)
    }
}

/// A server that gives each answer to one connection, in order.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Receiver<String>,
}

impl Server {
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (sender, requests) = channel();
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let _ = sender.send(read_request(&mut stream));
                thread::spawn(move || reply(stream, &answer));
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests received so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.try_iter().collect()
    }
}

fn reply(mut stream: TcpStream, answer: &Answer) {
    // The client may be gone, which is its right.
    match answer {
        Answer::Bytes(bytes) => {
            let _ = stream.write_all(bytes);
        }
        Answer::Silence(time) => thread::sleep(*time),
        Answer::Stall(bytes, time) => {
            let _ = stream.write_all(bytes);
            thread::sleep(*time);
        }
        Answer::Slow(pieces, pause) => {
            for piece in pieces {
                let _ = stream.write_all(piece);
                thread::sleep(*pause);
            }
        }
    }
}

/// Reads a request with its body, of which the length is in the head; without it, to the end of the chunks.
fn read_request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            let open = head.contains("transfer-encoding: chunked") && !body.ends_with("0\r\n\r\n");
            if body.len() >= length.unwrap_or(0) && !open {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return text,
            Ok(count) => read.extend_from_slice(&buffer[..count]),
        }
    }
}
