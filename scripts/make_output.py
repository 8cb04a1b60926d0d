#!/usr/bin/env python3
"""Makes an output folder of any size for trying `gongwen report`: records, pages in WARC files, runs, failures, changes.

    scripts/make_output.py FOLDER [--documents 10000]

The same arguments give the same bytes. Names and texts are made up; the codes of regions are real ones.
"""
import argparse
import gzip
import hashlib
import json
import pathlib
import random

PROVINCES = [("11", "北京市"), ("13", "河北省"), ("32", "江苏省"), ("33", "浙江省"), ("37", "山东省"), ("41", "河南省"),
             ("42", "湖北省"), ("43", "湖南省"), ("44", "广东省"), ("45", "广西壮族自治区"), ("51", "四川省"), ("61", "陕西省")]
FIRST, SECOND = "青石双井北塔古渡竹园枫岭栗山桥亭温塘白鹿柳林城关东岸鹿塘云溪永和新安", "镇乡县市区街"
HEADINGS = ["坚持党的领导，压实法治建设责任", "推进政务公开", "规范行政执法", "完善决策机制", "化解矛盾纠纷", "加强法治宣传教育",
            "优化营商环境", "落实行政执法三项制度", "提升依法行政能力", "健全规范性文件审查"]
SENTENCES = ["全年召开专题会议{}次，研究部署重点任务。", "办理行政复议案件{}件，办结率为百分之百。", "开展普法宣传活动{}场次，受众一万余人。",
             "审查合同{}份，提出修改意见若干条。", "清理规范性文件{}件，废止和修改一批。", "组织执法人员培训{}期，持证上岗率进一步提高。"]
PARTS = {"一": "measures", "二": "shortcomings", "三": "first_responsible", "四": "next_year"}
CHAPTERS = ["推进法治政府建设的主要举措和成效", "存在的不足和原因", "主要负责人履行推进法治建设第一责任人职责情况", "下一年度主要安排"]
FLAGS = ["number_skipped", "number_repeated", "number_restart", "starts_midway"]
REASONS = [("fetch", "timeout"), ("fetch", "unreachable"), ("fetch", "gone"), ("fetch", "robots"), ("extract", "no_article"),
           ("extract", "attachment_only"), ("decode", "needs_ocr"), ("fetch", "wall")]


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def hexed(text):
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def body(rng):
    """A report as (level, marker, heading, text) rows."""
    yield 0, None, None, "现将本年度法治政府建设工作情况报告如下："
    for n, chapter in zip("一二三四", CHAPTERS):
        yield 1, n + "、", chapter, ""
        for m in "一二三四五六"[:rng.randint(2, 6)]:
            text = "".join(rng.choice(SENTENCES).format(rng.randint(2, 90)) for _ in range(rng.randint(2, 5)))
            yield 2, f"（{m}）", rng.choice(HEADINGS), text


def document(rng, source, host, region, issuer, level, year, number):
    url = f"http://{host}/fzzf/{year + 1}02/t{year + 1}0228_{number}.html"
    doc_id = f"{host}:{hexed(url)[:10]}"
    text, sections, parent, part = "", [], None, []
    for seq, (depth, marker, heading, own) in enumerate(body(rng)):
        start = len(text) + (1 if text else 0)
        head = (marker or "") + (heading or "")
        full = head + ("。" if head and own else "") + own
        text += ("\n" if text else "") + full
        if depth == 1:
            parent, part = f"{doc_id}#{len(sections)}", [PARTS[marker[0]]]
        flags = [rng.choice(FLAGS)] if rng.random() < 0.01 else []
        sections.append({"schema": "section/1", "id": f"{doc_id}#{seq}", "doc_id": doc_id, "rev": "", "seq": seq,
                         "parent_id": parent if depth == 2 else None, "path": str(seq), "level": depth,
                         "role": "section" if depth else "preamble", "marker": marker, "heading": heading, "text": own,
                         "part": part if depth else [], "start": start, "text_start": start + len(full) - len(own),
                         "end": start + len(full), "flags": flags})
    title = f"{issuer}{year}年度法治政府建设工作报告"
    paragraphs = "".join(f"<p style='text-indent:2em'>{row}</p>" for row in text.split("\n"))
    links = "".join(f"<li><a href='/c{n}/'>栏目{n}</a></li>" for n in range(30))
    page = f"<html><head><meta charset=utf-8><title>{title}</title><script>var a=1</script></head><body><ul>{links}</ul>" \
           f"<div class=crumb>首页 &gt; 政务公开</div><h1>{title}</h1><div class=article>{paragraphs}</div><div>版权所有</div></body></html>"
    code, name = region
    gone = rng.random() < 0.04
    record = {"schema": "document/1", "id": doc_id, "rev": hexed(text)[:12], "prev_rev": None, "source": source,
              "profile": rng.choice(["trs_wcm", "hanweb_jcms", None]), "url": url, "title": title, "genre": "rule_of_law_annual",
              "document_type": "报告", "document_number": None, "issuers": [issuer], "publisher": issuer if rng.random() < 0.7 else None,
              "published": f"{year + 1}-{rng.randint(1, 4):02}-{rng.randint(1, 28):02}", "report_year": year, "region_code": code,
              "region_name": name, "region_level": level, "issuer": issuer, "issuer_level": level, "text": text,
              "attachments": [], "section_count": len(sections), "char_count": len(text),
              "warnings": [{"code": "date_conflict", "start": None, "end": None, "detail": "2024-01-02 / 2024-01-03"}] if rng.random() < 0.03 else [],
              "first_seen": f"{year + 1}-03-01T00:00:00Z", "gone_at": f"{year + 2}-06-01T00:00:00Z" if gone else None,
              "fetched_at": f"{year + 1}-03-01T00:00:00Z", "content_type": "text/html; charset=utf-8", "raw_sha256": hexed(page),
              "warc_file": None, "warc_offset": None, "extractor": "gongwen/0.1.0/2"}
    for section in sections:
        section["rev"] = record["rev"]
    return record, sections, page.encode()


def bodies(rng, count):
    """Issuers with their source, host and region."""
    for n in range(count):
        code, province = rng.choice(PROVINCES)
        level = rng.choices(["prefecture", "county", "township"], [1, 4, 6])[0]
        name = "".join(rng.sample(FIRST, 2)) + {"prefecture": "市", "county": "县", "township": "镇"}[level]
        number = f"{code}{rng.randint(1, 20):02}{rng.randint(1, 30):02}"
        yield f"s{n % max(count // 6, 1):03}", f"www.s{n % max(count // 6, 1):03}.test", (number, province + name), name + "人民政府", level


def history(rng, output, sources, records):
    """Runs of 90 days, pages that failed, changes."""
    (output / "runs").mkdir(parents=True, exist_ok=True)
    sick = set(rng.sample(sources, max(1, len(sources) // 12)))
    for n in range(90):
        run = f"2026{n // 28 + 1:02}{n % 28 + 1:02}T020000Z"
        at = f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}T02:00:00Z"
        reports = []
        for source in sources:
            status = "complete" if rng.random() < 0.97 else rng.choice(["partial", "empty", "changed"])
            if source in sick and n > 60:
                status = "blocked"
            reports.append({"source": source, "status": status, "detail": "a bot wall answered" if status == "blocked" else None,
                            "newest": "2026-02-20", "counts": {"seen": 60, "new": rng.randint(0, 2), "changed": 0, "failed": int(status == "partial")}})
        counts = {key: sum(report["counts"][key] for report in reports) for key in ("seen", "new", "changed", "failed")}
        report = {"schema": "run/1", "id": run, "verb": "run", "started_at": at, "crawl": {"counts": counts, "sources": reports}}
        (output / "runs" / f"{run}.json").write_text(line(report))
    failed = []
    for n in range(len(records) // 20):
        stage, reason = rng.choice(REASONS)
        failed.append({"source": rng.choice(sources), "url": f"http://www.test/fzzf/{rng.randint(2016, 2025)}03/t{n}.html",
                       "stage": stage, "reason": reason, "detail": "no answer within 60s", "at": "2026-03-01T00:00:00Z"})
    (output / "failed.jsonl").write_text("".join(map(line, failed)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=10000)
    args = parser.parse_args()
    rng, output = random.Random(1), args.folder
    issuers = list(bodies(rng, max(args.documents // 7, 3)))
    years = list(range(2016, 2026))
    by_source = {}
    for n in range(args.documents):
        source, *rest = issuers[n % len(issuers)]
        by_source.setdefault(source, []).append(document(rng, source, *rest, years[(n // len(issuers) + n) % len(years)], n))
    changes = []
    for source, made in sorted(by_source.items()):
        records, archive = output / "records" / source, output / "archive" / source
        records.mkdir(parents=True, exist_ok=True)
        archive.mkdir(parents=True, exist_ok=True)
        made.sort(key=lambda item: item[0]["id"])
        documents, sections, revisions, warc = [], [], [], b""
        for record, rows, page in made:
            record["warc_file"], record["warc_offset"] = f"{source}-00001.warc.gz", len(warc)
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {record['url']}\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
            warc += gzip.compress(head.encode() + block + b"\r\n\r\n", 1, mtime=0)
            if rng.random() < 0.05:
                old = record["text"].replace("件", "起", 2)
                record["prev_rev"] = hexed(old)[:12]
                revisions.append({**record, "text": old, "rev": record["prev_rev"], "prev_rev": None})
                changes.append({"run": "r", "at": "2026-02-02T02:00:00Z", "source": source, "id": record["id"], "kind": "changed"})
            if record["gone_at"]:
                changes.append({"run": "r", "at": record["gone_at"], "source": source, "id": record["id"], "kind": "gone"})
            documents.append(line(record))
            sections += map(line, rows)
        (records / "documents.jsonl").write_text("".join(documents))
        (records / "sections.jsonl").write_text("".join(sections))
        (records / "revisions.jsonl").write_text("".join(map(line, revisions)))
        (archive / f"{source}-00001.warc.gz").write_bytes(warc)
    (output / "changes.jsonl").write_text("".join(map(line, changes)))
    history(rng, output, sorted(by_source), range(args.documents))


if __name__ == "__main__":
    main()
