//! Names → addresses, without those that the guard refuses.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::Guard;

/// Looks names up and drops private addresses, so that no name leads into a private network. An address that the
/// configuration itself names is taken as it is.
#[derive(Debug, Clone)]
pub(super) struct Resolver {
    guard: Guard,
    known: BTreeMap<String, SocketAddr>,
}

impl Resolver {
    /// A resolver that asks the system, but for the `known` names.
    pub(super) fn new(guard: Guard, known: BTreeMap<String, SocketAddr>) -> Self {
        Self { guard, known }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let Self { guard, known } = self.clone();
        Box::pin(async move {
            if let Some(address) = known.get(name.as_str()) {
                return Ok(Box::new(std::iter::once(*address)) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let mut refused = None;
            let mut allowed = Vec::new();
            for address in found {
                match guard.check_ip(address.ip()) {
                    Ok(()) => allowed.push(address),
                    Err(why) => refused = Some(why),
                }
            }
            match refused {
                Some(why) if allowed.is_empty() => Err(why.into()),
                _ => Ok(Box::new(allowed.into_iter()) as Addrs),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn look_up(resolver: &Resolver, name: &str) -> Result<Vec<SocketAddr>, String> {
        let found = resolver.resolve(name.parse().unwrap()).await;
        found.map(Iterator::collect).map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn a_name_does_not_lead_to_this_machine_unless_the_configuration_says_so() {
        let here: SocketAddr = "127.0.0.1:4000".parse().unwrap();
        let known = BTreeMap::from([("portal.test".to_owned(), here)]);
        let strict = Resolver::new(Guard::new(false), known.clone());
        assert!(look_up(&strict, "localhost").await.unwrap_err().contains("not a public address"));
        assert_eq!(look_up(&strict, "portal.test").await.unwrap(), [here]);
        assert!(!look_up(&Resolver::new(Guard::new(true), known), "localhost").await.unwrap().is_empty());
    }
}
