//! The address guard: which addresses may be asked at all.
//!
//! A list page is input from a stranger; without a guard it could send the crawler to the machines beside it. The
//! guard stands at three places: at the URL of every hop, at every address that a name resolves to, and at the address
//! that the connection really has.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::model::MAX_ADDRESS;

/// So much of an address that is refused is shown.
const SHOWN: usize = 200;

/// An address that is not asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{what}` is {why}")]
pub struct Refused {
    what: String,
    why: &'static str,
}

/// Decides which addresses may be asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    allow_private: bool,
}

impl Guard {
    /// A guard that keeps to public addresses, unless told otherwise.
    pub(super) fn new(allow_private: bool) -> Self {
        Self { allow_private }
    }

    /// Checks what can be told from the URL: scheme, port, and a host that is an address.
    ///
    /// `Url` has already turned every spelling of an address (`2130706433`, `0x7f.1`, `0177.0.0.1`) into one.
    pub(super) fn check(self, url: &Url) -> Result<(), Refused> {
        let refused = |why| Err(Refused { what: url.as_str().chars().take(SHOWN).collect(), why });
        if url.as_str().len() > MAX_ADDRESS {
            return refused("longer than any that is asked for");
        }
        if !matches!(url.scheme(), "http" | "https") {
            return refused("neither http nor https");
        }
        match url.host() {
            None => return refused("without a host"),
            Some(Host::Ipv4(address)) => self.check_ip(address.into())?,
            Some(Host::Ipv6(address)) => self.check_ip(address.into())?,
            Some(Host::Domain(name)) if !self.allow_private && is_local_name(name) => {
                return refused("a name of a private network");
            }
            Some(Host::Domain(_)) => {}
        }
        match url.port_or_known_default() {
            Some(port) if self.allow_private || is_web_port(port) => Ok(()),
            _ => refused("on a port where no portal is"),
        }
    }

    /// Checks an address that a name resolved to, or that a connection has.
    pub(super) fn check_ip(self, address: IpAddr) -> Result<(), Refused> {
        let refused = |why| Err(Refused { what: address.to_string(), why });
        if is_metadata(address) {
            return refused("where clouds hand out keys, and never a portal");
        }
        let public = match address {
            IpAddr::V4(address) => is_public_v4(address),
            IpAddr::V6(address) => is_public_v6(address),
        };
        if public || self.allow_private {
            Ok(())
        } else {
            refused("not a public address; `--allow-private` lets such through")
        }
    }
}

/// The ports that portals are seen on: the two of the web, its usual stand-ins, and those of common servers.
fn is_web_port(port: u16) -> bool {
    matches!(port, 80..=99 | 443 | 7001 | 8000..=8999 | 9080 | 9090 | 9443)
}

/// Names that never leave a private network (RFC 6761, RFC 6762, and what clouds use).
fn is_local_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let last = name.rsplit('.').next().unwrap_or(name);
    !name.contains('.') || matches!(last, "localhost" | "local" | "internal" | "lan" | "home" | "intranet")
}

/// Link-local, and what clouds use beside it for their metadata services: closed even to who crawls a private network.
fn is_metadata(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_link_local() || address == Ipv4Addr::new(100, 100, 100, 200),
        IpAddr::V6(address) => {
            address.is_unicast_link_local() || address == Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x254)
        }
    }
}

/// Not in the IANA registry of special-purpose IPv4 addresses (RFC 6890), and no multicast.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _) // shared by carriers, and the metadata service of one cloud
            | (169, 254, _) // link-local, and the metadata service of most clouds
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

/// Global unicast (RFC 4291), without the ranges that only wrap an IPv4 address or are for documents.
///
/// IPv4-mapped, NAT64, unique local, link-local and multicast addresses all lie outside of `2000::/3`.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let global = a & 0xe000 == 0x2000;
    let documents = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b & 0xf000 == 0);
    // 2001::/23 holds Teredo and other protocols, 2002::/16 is 6to4.
    let wrapped = (a == 0x2001 && b < 0x0200) || a == 0x2002;
    global && !documents && !wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_of_a_private_address_gets_through() {
        let addresses = [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:0:53aa:64c::]/",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://[ff02::1]/",
            "http://[::]/",
            "http://0.0.0.0/",
            "http://10.1.2.3/",
            "http://172.31.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.100.100.200/",
            "http://198.18.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://localhost/",
            "http://intranet/",
            "http://portal.local/",
            "http://metadata.google.internal/",
            "http://１２７.０.０.１/",
            "ftp://www.example.gov.cn/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:void(0)",
            "http://www.example.gov.cn:22/",
            "http://www.example.gov.cn:6379/",
            "http://www.example.gov.cn:3306/",
        ];
        for address in addresses {
            let url = Url::parse(address).unwrap();
            assert!(Guard::new(false).check(&url).is_err(), "{address} was let through");
        }
    }

    #[test]
    fn portals_get_through() {
        let addresses = [
            "http://www.example.gov.cn/",
            "https://www.example.gov.cn/",
            "http://www.example.gov.cn:8081/",
            "http://114.114.114.114/",
            "http://172.32.0.1/",
            "http://100.63.0.1/",
            "http://[2400:da00::6666]/",
        ];
        for address in addresses {
            let url = Url::parse(address).unwrap();
            assert_eq!(Guard::new(false).check(&url), Ok(()), "{address}");
        }
    }

    #[test]
    fn who_allows_private_addresses_reaches_this_machine_but_no_file_and_no_keys() {
        let guard = Guard::new(true);
        assert!(guard.check(&Url::parse("http://127.0.0.7:40123/").unwrap()).is_ok());
        for never in [
            "file:///etc/passwd",
            "http://169.254.169.254/latest/meta-data/",
            "http://2852039166/",
            "http://[::ffff:169.254.169.254]/",
            "http://100.100.100.200/",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
        ] {
            assert!(guard.check(&Url::parse(never).unwrap()).is_err(), "{never} was let through");
        }
    }
}
