//! Names → addresses, without those that the guard refuses.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::Guard;

/// Looks names up and drops private addresses, so that no name leads into a private network.
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
            let found: Vec<SocketAddr> = match known.get(name.as_str()) {
                Some(address) => vec![*address],
                None => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
            };
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
