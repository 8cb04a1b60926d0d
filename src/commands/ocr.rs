//! The program that reads pictures of text (`[ocr]`): given a picture, it prints lines with their places.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::sync_channel;

use crate::config::Ocr as Rules;
use crate::file::{OcrLine, Picture};
use crate::model::digest;
use crate::reading::PictureReader;
use crate::write::atomic::replace;

/// Most bytes that the program may print for one picture.
const PRINTED: u64 = 4 << 20;

/// The program, and where what it said is kept.
#[derive(Debug)]
struct Program {
    rules: Rules,
    kept: Option<PathBuf>,
    is_read_only: bool,
}

/// The program that the configuration names, if it names one; what it says is kept in a folder, unless that may only be read.
pub(super) fn reader(rules: &Rules, kept: Option<&Path>, is_read_only: bool) -> Option<PictureReader> {
    let program = Program { rules: rules.clone(), kept: kept.map(Path::to_owned), is_read_only };
    (!rules.command.is_empty()).then(|| PictureReader::new(rules.pictures, move |picture| program.lines(picture)))
}

impl Program {
    /// The lines of a picture in which the program trusts; `None` if it fails.
    fn lines(&self, picture: &Picture) -> Option<Vec<OcrLine>> {
        let file = picture.pnm();
        let kept = self.kept.as_ref().map(|folder| folder.join(format!("{}.tsv", self.name(&file))));
        if let Some(said) = kept.as_ref().and_then(|path| std::fs::read_to_string(path).ok()) {
            return Some(lines(&said, self.rules.min_confidence));
        }
        let said = match self.asked(&file) {
            Ok(said) => said,
            Err(error) => {
                tracing::warn!("`ocr.command` failed on page {}: {error:#}", picture.page);
                return None;
            }
        };
        if let Some(path) = kept.filter(|_| !self.is_read_only)
            && let Err(error) = replace(&path, said.as_bytes())
        {
            tracing::warn!("what `ocr.command` has read is not kept: {error}");
        }
        Some(lines(&said, self.rules.min_confidence))
    }

    /// Another picture or another command is asked anew.
    fn name(&self, file: &[u8]) -> String {
        let command = self.rules.command.join("\u{1f}");
        digest::sha256_hex(&[command.as_bytes(), b"\0", file].concat())
    }

    fn asked(&self, file: &[u8]) -> anyhow::Result<String> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("picture.pnm");
        replace(&path, file)?;
        let mut words = self.rules.command.iter();
        let mut child = Command::new(words.next().map_or("", String::as_str))
            .args(words)
            .arg(&path)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (sender, printed) = sync_channel(1);
        let stdout = child.stdout.take();
        // A program that never ends is not waited for, so somebody else must read.
        std::thread::spawn(move || {
            let mut said = Vec::new();
            let read = stdout.map(|out| out.take(PRINTED).read_to_end(&mut said));
            let _ = sender.send(read.is_some_and(|read| read.is_ok()).then_some(said));
        });
        let Ok(said) = printed.recv_timeout(self.rules.timeout) else {
            let _ = child.kill();
            let _ = child.wait();
            anyhow::bail!("no answer within {:?} (`ocr.timeout`)", self.rules.timeout);
        };
        // One that prints without end is still at it.
        let _ = said.as_ref().is_some_and(|said| said.len() as u64 == PRINTED).then(|| child.kill());
        let status = child.wait()?;
        anyhow::ensure!(status.success(), "it ended with {status}");
        Ok(String::from_utf8_lossy(&said.unwrap_or_default()).into_owned())
    }
}

/// The lines of text that the program has printed: four edges, confidence and text, parted by tabs. What is none is passed
/// over.
fn lines(said: &str, min_confidence: usize) -> Vec<OcrLine> {
    let line = |line: &str| {
        let mut fields = line.splitn(6, '\t');
        let mut number = || fields.next()?.trim().parse::<f32>().ok().filter(|number| number.is_finite());
        let area = [number()?, number()?, number()?, number()?];
        let confidence = number()?;
        let text = crate::text::clean_line(fields.next()?);
        #[expect(clippy::cast_precision_loss, reason = "a share of a hundred")]
        let trusted = confidence >= min_confidence as f32;
        (trusted && !text.is_empty() && area[0] < area[2] && area[1] < area[3]).then_some(OcrLine { area, text })
    };
    said.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_the_program_trusts_are_read_and_others_left_out() {
        let said = "10\t20\t300\t44\t93.5\t一、主要举措\tA\n10\t60\t300\t84\t12\t噪声\nPage 1\n1\t2\t3\t4\t99\t \n9\t2\t3\t4\t99\tx\n";
        let found = lines(said, 60);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].area, found[0].text.as_str()), ([10.0, 20.0, 300.0, 44.0], "一、主要举措 A"));
    }
}
