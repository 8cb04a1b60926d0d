//! The body of an answer as a script: data, pauses, and connections that break.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame};
use tokio::time::Sleep;

/// What happens next.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Data(Bytes),
    Repeat(Bytes, usize),
    Drip(Duration),
    Break,
}

/// A body that plays its steps.
#[derive(Debug)]
pub(super) struct Script {
    steps: VecDeque<Step>,
    pause: Option<Pin<Box<Sleep>>>,
    /// A break is seen by the reader only once what came before it was flushed.
    flushing: bool,
}

impl Script {
    pub(super) fn new(steps: Vec<Step>) -> Self {
        Self { steps: steps.into(), pause: None, flushing: false }
    }
}

impl Body for Script {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(pause) = &mut self.pause {
            std::task::ready!(pause.as_mut().poll(task));
            self.pause = None;
        }
        let frame = |bytes| Poll::Ready(Some(Ok(Frame::data(bytes))));
        match self.steps.pop_front() {
            None => Poll::Ready(None),
            Some(Step::Data(bytes)) => frame(bytes),
            Some(Step::Repeat(bytes, times)) => {
                if times > 1 {
                    self.steps.push_front(Step::Repeat(bytes.clone(), times - 1));
                }
                frame(bytes)
            }
            Some(Step::Drip(pause)) => {
                self.steps.push_front(Step::Drip(pause));
                self.pause = Some(Box::pin(tokio::time::sleep(pause)));
                frame(Bytes::from_static(b"."))
            }
            Some(Step::Break) if self.flushing => {
                Poll::Ready(Some(Err(std::io::Error::other("the connection breaks"))))
            }
            Some(Step::Break) => {
                self.flushing = true;
                self.steps.push_front(Step::Break);
                task.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.steps.is_empty() && self.pause.is_none()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        // Known lengths are declared, as portals do.
        let mut length = 0;
        for step in &self.steps {
            match step {
                Step::Data(bytes) => length += bytes.len() as u64,
                _ => return hyper::body::SizeHint::default(),
            }
        }
        hyper::body::SizeHint::with_exact(length)
    }
}
