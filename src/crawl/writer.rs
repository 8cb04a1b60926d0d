//! The writer of the archive, and the handle through which every column reaches it.
//!
//! Columns are crawled side by side, but SQLite and the WARC files have one writer. What is waiting to be stored when
//! the writer is free is stored in one transaction, so the cost of syncing is shared when there is much to do.

use tokio::sync::{mpsc, oneshot};

use crate::archive::{Archive, ArchiveError, MAX_BATCH, Stored};
use crate::model::Exchange;

/// How much may wait for the writer; who comes later waits before it sends, so memory is bounded.
const WAITING: usize = MAX_BATCH;

/// Sends its own answer to whoever asks it.
type Question = Box<dyn FnOnce(&mut Archive) -> Result<(), ArchiveError> + Send>;

/// Something to be done with the archive.
enum Work {
    Ask(Question),
    Put(Box<Exchange>, oneshot::Sender<Stored>),
}

/// Sends the writer something to do with the archive.
#[derive(Debug, Clone)]
pub(super) struct ArchiveHandle(mpsc::Sender<Work>);

/// The writer is gone, because the archive failed; who asked can only end.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the archive is closed")]
pub(super) struct Closed;

/// The writer.
pub(super) struct Writer<'a> {
    archive: &'a mut Archive,
    work: mpsc::Receiver<Work>,
}

impl ArchiveHandle {
    /// Has something done and gives the result.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Archive) -> Result<T, ArchiveError> + Send + 'static,
    ) -> Result<T, Closed> {
        let (reply, answer) = oneshot::channel();
        let work = Work::Ask(Box::new(move |archive| {
            // Who asked may have ended in the meantime.
            let _ = reply.send(question(archive)?);
            Ok(())
        }));
        self.0.send(work).await.map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }

    /// Has an answer stored; when this returns it is on disk.
    pub(super) async fn put(&self, exchange: Exchange) -> Result<Stored, Closed> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Work::Put(Box::new(exchange), reply)).await.map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }
}

impl<'a> Writer<'a> {
    /// A writer and its handle.
    pub(super) fn new(archive: &'a mut Archive) -> (Self, ArchiveHandle) {
        let (sender, work) = mpsc::channel(WAITING);
        (Self { archive, work }, ArchiveHandle(sender))
    }

    /// Works until every handle is gone.
    pub(super) async fn work(mut self) -> Result<(), ArchiveError> {
        let mut batch = Vec::with_capacity(WAITING);
        while self.work.recv_many(&mut batch, WAITING).await > 0 {
            let mut exchanges = Vec::new();
            let mut replies = Vec::new();
            for work in batch.drain(..) {
                match work {
                    Work::Ask(question) => question(self.archive)?,
                    Work::Put(exchange, reply) => {
                        exchanges.push(*exchange);
                        replies.push(reply);
                    }
                }
            }
            if exchanges.is_empty() {
                continue;
            }
            let stored = self.archive.put_batch(&exchanges)?;
            // Whoever gets a reply fetches the next page; there is to be room for it.
            drop(exchanges);
            for (stored, reply) in stored.into_iter().zip(replies) {
                let _ = reply.send(stored);
            }
        }
        Ok(())
    }
}
