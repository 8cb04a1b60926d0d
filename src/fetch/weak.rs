//! Clients for servers whose TLS is older than safe settings allow: only for the hosts that a source names.
//!
//! The security level of OpenSSL 3 forbids TLS 1.0 and 1.1, short keys and old signatures, and the client of `reqwest`
//! cannot lower it. So the few hosts that need it get a client of their own, with the same guard, queue and limits.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper_openssl::client::legacy::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use openssl::error::ErrorStack;
use openssl::ssl::{SslConnector, SslConnectorBuilder, SslMethod, SslOptions, SslVerifyMode, SslVersion};
use reqwest::cookie::{CookieStore as _, Jar};
use reqwest::dns::{Addrs, Resolve as _};
use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE, USER_AGENT};
use tower_service::Service;

use super::FetchError;
use super::resolve::Resolver;
use crate::config::{FetchRules, Tls, TlsVersion};

/// `SSL_OP_LEGACY_SERVER_CONNECT`: connects to servers without RFC 5746, and renegotiates with nobody.
const LEGACY_SERVER_CONNECT: SslOptions = SslOptions::from_bits_retain(0x4);

type Connector = HttpsConnector<HttpConnector<Names>>;

/// The clients of the hosts that need them.
#[derive(Debug, Default)]
pub(super) struct Weak {
    clients: HashMap<String, Client<Connector, reqwest::Body>>,
    headers: HeaderMap,
    /// Those of the other client as well.
    cookies: Arc<Jar>,
}

impl Weak {
    /// A client for each host that the rules name; `headers` are sent with every request.
    pub(super) fn new(
        rules: &FetchRules,
        resolver: &Resolver,
        mut headers: HeaderMap,
        cookies: Arc<Jar>,
    ) -> Result<Self, FetchError> {
        let setup = |error: &dyn std::fmt::Display| FetchError::Setup(error.to_string());
        let agent = HeaderValue::from_str(&rules.user_agent).map_err(|error| setup(&error))?;
        headers.insert(USER_AGENT, agent);
        let mut of_options: BTreeMap<&Tls, Client<Connector, reqwest::Body>> = BTreeMap::new();
        let mut clients = HashMap::new();
        for (host, options) in &rules.tls {
            let client = match of_options.get(options) {
                Some(client) => client.clone(),
                None => client(rules, resolver, *options).map_err(|error| setup(&error))?,
            };
            of_options.insert(options, client.clone());
            clients.insert(host.clone(), client);
        }
        Ok(Self { clients, headers, cookies })
    }

    /// Whether a host has a client here.
    pub(super) fn knows(&self, host: &str) -> bool {
        self.clients.contains_key(host)
    }

    /// Sends a request that the other client has put together.
    pub(super) async fn send(&self, request: reqwest::Request) -> Result<reqwest::Response, FetchError> {
        let host = request.url().host_str().unwrap_or_default();
        let Some(client) = self.clients.get(host) else {
            return Err(FetchError::Setup(format!("no client for `{host}`")));
        };
        let url = request.url().clone();
        let mut request: hyper::Request<reqwest::Body> = request.try_into()?;
        if let Some(cookies) = self.cookies.cookies(&url) {
            request.headers_mut().insert(COOKIE, cookies);
        }
        for (name, value) in &self.headers {
            request.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        let response = client.request(request).await.map_err(|error| FetchError::of(&error, error.is_connect()))?;
        let mut set = response.headers().get_all(SET_COOKIE).iter().peekable();
        if set.peek().is_some() {
            self.cookies.set_cookies(&mut set, &url);
        }
        Ok(response.map(reqwest::Body::wrap).into())
    }
}

fn client(
    rules: &FetchRules,
    resolver: &Resolver,
    options: Tls,
) -> Result<Client<Connector, reqwest::Body>, ErrorStack> {
    let mut http = HttpConnector::new_with_resolver(Names(resolver.clone()));
    http.enforce_http(false);
    http.set_connect_timeout(Some(rules.connect_timeout));
    let connector = HttpsConnector::with_connector(http, connector(options)?)?;
    Ok(Client::builder(TokioExecutor::new())
        .pool_max_idle_per_host(2)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .build(connector))
}

fn connector(options: Tls) -> Result<SslConnectorBuilder, ErrorStack> {
    let mut tls = SslConnector::builder(SslMethod::tls())?;
    let system = openssl_probe::probe();
    let file = system.cert_file.iter().map(|file| (Some(file.as_path()), None));
    let folders = system.cert_dir.iter().map(|folder| (None, Some(folder.as_path())));
    for (file, folder) in file.chain(folders) {
        // One place without certificates does not keep the others from being read.
        if let Err(error) = tls.load_verify_locations(file, folder) {
            tracing::debug!(%error, ?file, ?folder, "no certificates");
        }
    }
    let oldest = match options.min_version {
        TlsVersion::V1_0 => SslVersion::TLS1,
        TlsVersion::V1_1 => SslVersion::TLS1_1,
        TlsVersion::V1_2 => SslVersion::TLS1_2,
    };
    tls.set_min_proto_version(Some(oldest))?;
    if options.weak_keys || options.min_version < TlsVersion::V1_2 {
        tls.set_security_level(0);
    }
    if options.legacy_renegotiation {
        tls.set_options(LEGACY_SERVER_CONNECT);
    }
    if options.accept_invalid_certs {
        tls.set_verify(SslVerifyMode::NONE);
    }
    Ok(tls)
}

/// The resolver with the guard, as the connector asks it.
#[derive(Debug, Clone)]
struct Names(Resolver);

impl Service<Name> for Names {
    type Response = Addrs;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Addrs, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let resolver = self.0.clone();
        Box::pin(async move { resolver.resolve(name.as_str().parse()?).await })
    }
}
