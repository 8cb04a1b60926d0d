//! Stopping a run: what is in flight is finished, what waits is given up.

use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;

use super::FetchError;

/// Sets the sign that a run is to end.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// The sign that a run is to end, as those who work see it.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stopper {
    /// A sign that is not set.
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Sets the sign, for good; says whether anybody is there who looks at it.
    pub fn stop(&self) -> bool {
        self.0.send_replace(true);
        self.0.receiver_count() > 0
    }

    /// The sign to look at.
    pub fn sign(&self) -> Stop {
        Stop(self.0.subscribe())
    }
}

impl Default for Stopper {
    fn default() -> Self {
        Self::new()
    }
}

impl Stop {
    /// A sign that nobody sets.
    pub fn never() -> Self {
        Stopper::new().sign()
    }

    /// Whether the sign is set.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for the future, but not beyond the sign.
    ///
    /// # Errors
    /// [`FetchError::Stopped`] if the sign is set first.
    pub async fn or<T>(&self, work: impl Future<Output = T>) -> Result<T, FetchError> {
        let mut sign = self.0.clone();
        let stopped = async {
            if sign.wait_for(|set| *set).await.is_err() {
                // Whoever could set the sign is gone.
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            biased;
            () = stopped => Err(FetchError::Stopped),
            done = work => Ok(done),
        }
    }

    /// Waits for the future, and when the sign is set so much longer.
    ///
    /// # Errors
    /// [`FetchError::Stopped`] if the sign is set and the future takes longer than that.
    pub(super) async fn or_after<T>(&self, grace: Duration, work: impl Future<Output = T>) -> Result<T, FetchError> {
        let over = async {
            // Only the sign ends this, and then the time.
            let _ = self.or(std::future::pending::<()>()).await;
            tokio::time::sleep(grace).await;
        };
        tokio::select! {
            biased;
            done = work => Ok(done),
            () = over => Err(FetchError::Stopped),
        }
    }

    /// Sleeps, but not beyond the sign.
    pub(super) async fn sleep(&self, pause: Duration) -> Result<(), FetchError> {
        self.or(tokio::time::sleep(pause)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_waits_is_given_up_when_the_sign_is_set() {
        let stopper = Stopper::new();
        let stop = stopper.sign();
        assert_eq!(stop.or(async { 1 }).await, Ok(1));
        assert!(stopper.stop());
        assert!(stop.is_set());
        assert_eq!(stop.or(std::future::pending::<()>()).await, Err(FetchError::Stopped));
        assert_eq!(stop.or(async { 1 }).await, Err(FetchError::Stopped), "nothing new is begun");
        assert_eq!(Stop::never().or(async { 1 }).await, Ok(1));
        let hour = Duration::from_hours(1);
        assert_eq!(stop.or_after(hour, async { 1 }).await, Ok(1), "what is in hand is finished");
        assert_eq!(stop.or_after(Duration::ZERO, std::future::pending::<()>()).await, Err(FetchError::Stopped));
        drop(stop);
        assert!(!stopper.stop(), "all who worked are gone");
    }
}
