//! Configuration: every mistake is reported at once, layers overrule one another, what is shipped is sound.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use gongwen::config::{Config, Expect, FetchRules, Polite, Problems};

/// A configuration folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
            .unwrap();
    }
    folder
}

/// The problems as lines, the folder's own path removed.
fn problems(files: &[(&str, &str)], environment: &[(&str, &str)]) -> Vec<String> {
    let folder = folder(files);
    let Problems(problems) = load(folder.path(), environment).expect_err("the configuration was accepted");
    let root = format!("{}/", folder.path().display());
    problems.iter().map(|problem| problem.to_string().replace(&root, "")).collect()
}

fn load(folder: &Path, environment: &[(&str, &str)]) -> Result<Config, Problems> {
    let owned: Vec<_> = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Config::load_all(Some(folder), &owned)
}

const START: &str = "start = [\"http://www.example.gov.cn/c1/\"]\n";

#[test]
fn every_mistake_of_every_file_is_reported_at_once() {
    let global = "max_failed = 2\n[fetch]\ntimeout = \"60\"\nretrys = 3\n[polite]\ninterval = 2\n";
    let source = "region = \"醴陵\"\nstart = [\"htp://www.example.gov.cn/\", \"/c1/\"]\nprofile = \"trs_static\"\n\
                  [select]\ntitle_matches = \"(\"\n[article]\nbody = \"div[\"\n[polite]\nconcurrency = 0\n";
    let found = problems(&[("gongwen.toml", global), ("sources/a.toml", source), ("sources/B.toml", START)], &[]);
    let expect = [
        "gongwen.toml:1: max_failed: `2` does not fit; write a share from 0 to 1, such as 0.05",
        "gongwen.toml:3: fetch.timeout: `60`: not a length of time with a unit (ms, s, m, h); write it as \"30s\"",
        "gongwen.toml:4: fetch.retrys: unknown key; did you mean `retries`?",
        "gongwen.toml:6: polite.interval: `2` does not fit; write a text such as \"2s\"",
        "sources/B.toml: file name: `B` is no source id: use lower-case letters, digits, `-` and `_`",
        "sources/a.toml:1: region: `醴陵`: not a region code of 6, 9 or 12 digits; write it as \"430281\"",
        "sources/a.toml:2: start: `htp://www.example.gov.cn/`: `htp` is not fetched, only http and https; \
         write it as \"http://www.example.gov.cn/c21705/index.html\"",
        "sources/a.toml:2: start: `/c1/`: relative URL without a base; \
         write it as \"http://www.example.gov.cn/c21705/index.html\"",
        "sources/a.toml:3: profile: is no longer needed: portal families are told by their pages; remove the line",
        "sources/a.toml:5: select.title_matches: `(`: unclosed group; write it as '法治政府建设.*报告'",
        "sources/a.toml:7: article.body: `div[`: ",
        "sources/a.toml:9: polite.concurrency: `0` does not fit; write a whole number, 1 or more",
    ];
    assert_eq!(found.len(), expect.len(), "{found:#?}");
    for (found, expect) in found.iter().zip(expect) {
        assert!(found.starts_with(expect), "{found}\nshould begin with\n{expect}");
    }
}

#[test]
fn every_syntax_error_is_reported_with_its_line() {
    let found = problems(&[("sources/a.toml", &format!("{START}name = \n\n= 3\n"))], &[]);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("sources/a.toml:2: "), "{found:#?}");
    assert!(found[1].starts_with("sources/a.toml:4: "), "{found:#?}");
}

#[test]
fn a_key_of_the_wrong_kind_says_what_it_should_be() {
    for (line, expect) in [
        ("start = \"http://www.example.gov.cn/\"", "write a list such as"),
        ("start = []", "`[]` does not fit; write a list such as"),
        ("name = \"a\"", "start: missing; write start = ["),
        ("select = \"x\"\nstart = [\"http://www.example.gov.cn/\"]", "write a table `[select]`"),
        ("name = [1,\n2]\nstart = [\"http://www.example.gov.cn/\"]", "not a array here; write a text such as"),
    ] {
        let found = problems(&[("sources/a.toml", line)], &[]);
        assert!(found.iter().any(|found| found.contains(expect)), "{line}: {found:#?}");
    }
}

#[test]
fn a_start_belongs_to_one_source() {
    let twin = "start = [\"https://www.example.gov.cn/c1/index.html\"]\n";
    let found = problems(&[("sources/a.toml", START), ("sources/b.toml", twin)], &[]);
    let expect = "sources/b.toml: start: `https://www.example.gov.cn/c1/index.html` is already a start of `a`; \
                  remove one of the two";
    assert_eq!(found, [expect]);
}

#[test]
fn a_missing_folder_and_a_file_that_is_no_text_are_problems() {
    let missing = load(Path::new("/no/such/folder"), &[]).unwrap_err();
    assert!(missing.to_string().contains("no such folder"), "{missing}");
    let folder = folder(&[("sources/a.toml", START)]);
    let mut file = std::fs::File::create(folder.path().join("sources/b.toml")).unwrap();
    std::io::Write::write_all(&mut file, &[b'#', 0xd6, 0xd0]).unwrap();
    let found = load(folder.path(), &[]).unwrap_err().to_string();
    assert!(found.contains("b.toml: not UTF-8"), "{found}");
}

#[test]
fn a_higher_layer_overrules_a_lower_one() {
    let global = ("gongwen.toml", "[polite]\ninterval = \"3s\"\n[expect]\nmin_items = 2\n[fetch]\nretries = 7\n");
    let own = ("sources/own.toml", "start = [\"http://a.example.gov.cn/\"]\n[polite]\ninterval = \"4s\"\n");
    let bare = ("sources/bare.toml", START);
    let seconds = |files: &[(&str, &str)], environment: &[(&str, &str)]| {
        let config = load(folder(files).path(), environment).unwrap();
        config.sources.iter().map(|source| source.polite.interval.as_secs()).collect::<Vec<_>>()
    };
    assert_eq!(seconds(&[bare, own], &[]), [2, 4], "built-in, source file");
    assert_eq!(seconds(&[global, bare, own], &[]), [3, 4], "global file, source file");
    assert_eq!(seconds(&[global, bare, own], &[("GONGWEN_POLITE_INTERVAL", "5s")]), [5, 5], "environment");

    let environment = [("GONGWEN_FETCH_RETRIES", "9"), ("GONGWEN_MAX_FAILED", "0.5"), ("GONGWEN_CONFIG", "x")];
    let config = load(folder(&[global, bare]).path(), &environment).unwrap();
    assert_eq!((config.fetch.retries, config.sources[0].expect.min_items), (9, 2));
    assert!((config.max_failed - 0.5).abs() < f64::EPSILON);
}

#[test]
fn mistakes_in_the_environment_are_named_once() {
    let environment = [("GONGWEN_POLITE_INTERVAL", "5"), ("GONGWEN_FETCH_RETRYS", "1"), ("HOME", "/")];
    let twin = ("sources/b.toml", "start = [\"http://b.example.gov.cn/\"]");
    let found = problems(&[("sources/a.toml", START), twin], &environment);
    let expect = [
        "environment: GONGWEN_FETCH_RETRYS: unknown key; did you mean `retries`?",
        "environment: GONGWEN_POLITE_INTERVAL: `5` does not fit; write a text such as \"2s\"",
    ];
    assert_eq!(found, expect);
}

#[test]
fn a_bad_file_keeps_its_own_source_alone_from_being_asked() {
    let files = [
        ("sources/a.toml", START),
        ("sources/b.toml", "start = [\"http://b.example.gov.cn/\"]\nnames = 1\n"),
        ("sources/hunan/c.toml", "start = [\"http://c.example.gov.cn/\"]\nenabled = false\nevery = \"7d\"\n"),
        ("sources/hunan/a.toml", "start = [\"http://a.example.gov.cn/\"]\n"),
        ("sources/d.yaml", "start: x\n"),
        ("sources/README", "notes"),
        ("e.toml", START),
        ("sources/twin.toml", START),
    ];
    let folder = folder(&files);
    let config = Config::load(Some(folder.path()), &[]).unwrap();
    let ids: Vec<&str> = config.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids, ["a", "c"]);
    assert!(config.sources[0].schedule.enabled && !config.sources[1].schedule.enabled);
    assert_eq!(config.sources[1].schedule.every, Some(Duration::from_hours(7 * 24)));
    let broken: Vec<(&str, String)> =
        config.broken.iter().map(|broken| (broken.id.as_str(), broken.problems[0].to_string())).collect();
    for (id, says) in [
        ("b", "names: unknown key; did you mean `name`?"),
        ("twin", "is already a start of `a`"),
        ("", "d.yaml: the name of a source file ends in `.toml`"),
        ("", "e.toml: source files lie in `sources/`"),
        ("", "a.toml` has the same name, which is the id"),
    ] {
        assert!(broken.iter().any(|(found, why)| *found == id && why.contains(says)), "{says} is not in {broken:#?}");
    }
    assert_eq!(broken.len(), 5, "{broken:#?}");
    let Problems(all) = Config::load_all(Some(folder.path()), &[]).unwrap_err();
    assert!(all.len() >= 5, "{all:#?}");
}

#[test]
fn the_shipped_configuration_is_sound() {
    let config = Config::load_all(None, &[]).unwrap();
    assert!(config.sources.iter().any(|source| source.id.as_str() == "liling"), "the model source is missing");
    for source in &config.sources {
        assert!(source.region.is_some(), "`{}` has no region", source.id);
    }
    let (polite, expect) = (Polite::default(), Expect::default());
    assert!(config.sources.iter().all(|source| source.polite == polite && source.expect == expect));
}

#[test]
fn the_shipped_columns_are_many_and_each_says_whether_it_was_tried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/sources");
    let config = Config::load(None, &[]).unwrap();
    assert!(config.sources.len() >= 30, "only {}", config.sources.len());
    let mut provinces = BTreeSet::new();
    for source in &config.sources {
        let code = source.region.as_deref().unwrap_or_default();
        assert!(gongwen::record::is_region(code), "`{}`: no region has the code `{code}`", source.id);
        provinces.extend(code.get(..2));
        let text = std::fs::read_to_string(folder.join(format!("{}.toml", source.id))).unwrap();
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("# Not yet verified live") || first.starts_with("# Verified live"), "{first}");
    }
    let names: BTreeSet<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names.len(), config.sources.len(), "two sources bear one name");
    assert!(provinces.len() >= 12, "{provinces:?}");
}

#[test]
fn the_shipped_global_file_shows_every_option_with_its_built_in_value() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/gongwen.toml");
    let shipped = std::fs::read_to_string(path).unwrap();
    let config = load(folder(&[("gongwen.toml", &shipped), ("sources/a.toml", START)]).path(), &[]).unwrap();
    assert_eq!(config.fetch, FetchRules::default());
    assert_eq!(config.sources[0].polite, Polite::default());
    assert_eq!(config.sources[0].expect, Expect::default());
    assert!((config.max_failed - Config::default().max_failed).abs() < f64::EPSILON);
    assert_eq!(FetchRules::default().timeout, Duration::from_mins(1));

    // A key that is unlike every known one makes the program list the known ones of its table.
    let unlike =
        "zzzzzzzzzzzz = 1\n[fetch]\nzzzzzzzzzzzz = 1\n[polite]\nzzzzzzzzzzzz = 1\n[expect]\nzzzzzzzzzzzz = 1\n";
    let mut n_known = 0;
    for problem in problems(&[("gongwen.toml", unlike)], &[]) {
        let (_, known) = problem.split_once("known are ").unwrap();
        for key in known.split(", ").map(|key| key.trim_matches('`')) {
            let shown =
                shipped.lines().any(|line| line == format!("[{key}]") || line.starts_with(&format!("{key} = ")));
            assert!(shown, "`{key}` is not in the shipped file");
            n_known += 1;
        }
    }
    assert!(n_known >= 15, "only {n_known} options were checked");
}

#[test]
fn a_value_that_cannot_be_meant_is_refused_with_the_range_that_can() {
    let most = "9000000000000000000";
    for (global, expect) in [
        (
            format!("[polite]\nconcurrency = {most}\n"),
            "polite.concurrency: `9000000000000000000` does not fit; write a whole \
                                                       number, 1 or more and 64 or less",
        ),
        (format!("[fetch]\nretries = {most}\n"), "fetch.retries: "),
        ("[fetch]\nretries = 1e18\n".to_owned(), "fetch.retries: `1e18` does not fit"),
        ("[fetch]\ntimeout = \"0s\"\n".to_owned(), "fetch.timeout: `0s`: not between "),
        ("[fetch]\nconnect_timeout = \"0s\"\n".to_owned(), "fetch.connect_timeout: `0s`: not between "),
        ("[polite]\ninterval = \"100000000000000h\"\n".to_owned(), "polite.interval: "),
        ("[polite]\ninterval = \"3 years\"\n".to_owned(), "polite.interval: "),
        ("[budget]\ntime = \"0s\"\n".to_owned(), "budget.time: `0s`: not between "),
    ] {
        let found = problems(&[("gongwen.toml", &global), ("sources/a.toml", START)], &[]);
        assert_eq!(found.len(), 1, "{global}: {found:#?}");
        assert!(found[0].contains(expect), "{global}: {found:#?}");
    }
    let found = problems(&[("sources/a.toml", &format!("region = \"999999\"\n{START}"))], &[]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("region: `999999`: no province has the code 99"), "{found:#?}");
}

#[test]
fn an_address_with_a_password_is_refused_and_the_password_is_not_shown() {
    let start = "start = [\"http://clerk:geheim@www.example.gov.cn/c1/\"]\n";
    let found = problems(&[("sources/a.toml", start)], &[]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("`http://…@www.example.gov.cn/c1/`: it holds a name or password"), "{found:#?}");
    assert!(!found[0].contains("geheim") && !found[0].contains("clerk"), "{found:#?}");
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let folder = folder(&[("sources/a.toml", START)]);
    let pipe = folder.path().join("sources/pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("sources/zero.toml")).unwrap();
    std::os::unix::fs::symlink("a.toml", folder.path().join("sources/link.toml")).unwrap();
    let Problems(found) = load(folder.path(), &[]).unwrap_err();
    let named =
        |name: &str| found.iter().any(|problem| problem.file.ends_with(name) && problem.message.contains("regular"));
    assert!(named("pipe.toml") && named("zero.toml") && !named("link.toml"), "{found:#?}");
}

#[test]
fn a_file_that_is_no_configuration_at_all_is_told_in_a_hundred_lines() {
    let keys: String = (0..100_000).map(|n| format!("key{n} = {n}\n")).collect();
    let found = problems(&[("sources/a.toml", &format!("{keys}{START}")), ("sources/b.toml", "nmae = 1\n")], &[]);
    assert_eq!(found.iter().filter(|problem| problem.starts_with("sources/a.toml")).count(), 100);
    assert!(found.iter().any(|problem| problem.starts_with("sources/b.toml:1: nmae: unknown key")), "{found:#?}");
}

#[test]
fn a_misspelt_variable_is_told() {
    let files = [("sources/a.toml", START)];
    for (name, near) in [
        ("GONGWEN_POLTE_INTERVAL", "GONGWEN_POLITE_INTERVAL"),
        ("GONGWEN_FECTH_TIMEOUT", "GONGWEN_FETCH_TIMEOUT"),
        ("GONGWEN_MAX_FAILD", "GONGWEN_MAX_FAILED"),
        ("GONGWEN_OUTPT", "GONGWEN_OUTPUT"),
    ] {
        let found = problems(&files, &[(name, "5s")]);
        assert_eq!(found, [format!("environment: {name}: unknown variable; did you mean `{near}`?")]);
    }
    for other in ["GONGWEN_LOGS", "GONGWEN_OUTPUT", "GONGWEN_CONFIG", "GONGWEN_"] {
        assert!(load(folder(&files).path(), &[(other, "x")]).is_ok(), "{other}");
    }
}
