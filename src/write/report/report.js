// The report: the switch of language, the tree beside its source, the choice of a level, the search. No network.
"use strict";
(() => {
  const root = document.documentElement;
  const kept = (value) => {
    try {
      if (value) localStorage.setItem("gongwen-lang", value);
      return localStorage.getItem("gongwen-lang");
    } catch { return null; } // some browsers keep nothing for files
  };
  const speak = (lang) => { root.dataset.lang = lang; root.lang = lang === "zh" ? "zh-CN" : "en"; };
  const from = new URLSearchParams(location.search).get("lang");
  speak(["zh", "en"].find((lang) => lang === (from || kept())) || (/^zh/i.test(navigator.language) ? "zh" : "en"));

  // ---- a document: its tree and its source
  function panes() {
    const source = document.querySelector(".source");
    const rows = [...document.querySelectorAll(".tree > li")];
    if (!source || !rows.length) return;
    const into = (pane, node) => {
      const top = node.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
      pane.scrollTo({ top: top - pane.clientHeight / 5 });
    };
    const choose = (row, asker) => {
      document.querySelectorAll(".on").forEach((node) => node.classList.remove("on"));
      document.querySelectorAll(".go[aria-current]").forEach((node) => node.removeAttribute("aria-current"));
      row.classList.add("on");
      row.querySelector(".go").setAttribute("aria-current", "true");
      const marks = source.querySelectorAll(`[data-s="${row.dataset.s}"]`);
      marks.forEach((mark) => mark.classList.add("on"));
      if (asker !== source && marks[0]) into(source, marks[0]);
      if (asker === source) into(document.querySelector(".outline"), row);
    };
    const outline = document.querySelector(".outline");
    outline.addEventListener("click", (event) => {
      const row = event.target.closest(".tree > li");
      if (!row) return;
      if (event.target.closest(".go")) event.preventDefault();
      choose(row, outline);
      history.replaceState(null, "", `#s${row.dataset.s}`);
    });
    outline.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const at = rows.findIndex((row) => row.classList.contains("on"));
      const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
      event.preventDefault();
      choose(row, outline);
      row.querySelector(".go").focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    });
    source.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-s]");
      const row = mark && rows.find((row) => row.dataset.s === mark.dataset.s);
      if (row) choose(row, source);
    });
    const named = () => rows.find((row) => location.hash === `#s${row.dataset.s}`);
    addEventListener("hashchange", () => {
      const row = named();
      if (!row) return;
      choose(row, outline);
      into(outline, row);
    });
    const asked = named();
    const first = source.querySelector("[data-s]");
    if (asked) {
      choose(asked, outline);
      into(outline, asked);
    } else if (first) into(source, first);
  }

  // ---- the coverage: one level only
  function levels() {
    const choice = document.getElementById("levels");
    choice?.addEventListener("click", (event) => {
      const chosen = event.target.closest("button");
      if (!chosen) return;
      for (const button of choice.children) button.setAttribute("aria-pressed", String(button === chosen));
      for (const row of document.querySelectorAll("#matrix tbody tr")) {
        row.hidden = Boolean(chosen.value) && row.dataset.level !== chosen.value;
      }
    });
  }

  // ---- the search: shards are scripts, since a page from disk may load nothing else
  const shards = { titles: [], headings: [] };
  let onShard = () => {};
  window.gongwen = (kind, n, rows) => { shards[kind][n] = rows; onShard(); };

  function search() {
    const form = document.getElementById("search");
    if (!form) return;
    const MOST = 100, PER_DOCUMENT = 5;
    const count = Number(form.dataset.shards), query = document.getElementById("query");
    const found = document.getElementById("found"), results = document.getElementById("results");
    const plain = (text) => (text || "").normalize("NFKC").toLowerCase();
    const load = (kind, n) => new Promise((done) => {
      if (shards[kind][n]) return done();
      const script = document.createElement("script");
      script.src = `data/${kind}-${n}.js`;
      script.onload = script.onerror = done;
      document.head.append(script);
    });
    const loaded = (async () => {
      for (const kind of ["titles", "headings"]) {
        for (let n = 0; n < count; n++) await load(kind, n);
      }
    });
    const marked = (text, words) => {
      const node = document.createElement("span"), low = text.toLowerCase();
      let at = 0;
      while (at < text.length) {
        const next = words.map((word) => [low.indexOf(word, at), word.length]).filter(([place]) => place >= 0).sort((a, b) => a[0] - b[0])[0];
        if (!next) break;
        node.append(text.slice(at, next[0]));
        node.append(Object.assign(document.createElement("mark"), { textContent: text.slice(next[0], next[0] + next[1]) }));
        at = next[0] + next[1];
      }
      node.append(text.slice(at));
      return node;
    };
    const look = () => {
      const words = plain(query.value).split(/\s+/).filter(Boolean);
      const hits = new Map();
      const all = (text) => words.every((word) => text.includes(word));
      if (!words.length) return { words, hits };
      shards.titles.forEach((rows, shard) => rows.forEach((row, n) => {
        if (all(plain(`${row[1]} ${row[2] || ""} ${row[3] || ""}`))) hits.set(`${shard}.${n}`, { row, headings: [] });
      }));
      shards.headings.forEach((rows, shard) => rows.forEach(([n, seq, heading]) => {
        const row = shards.titles[shard]?.[n];
        if (!row) return;
        // Words may be shared between a heading and its title, but the heading must have one of them.
        const own = plain(heading);
        if (!words.some((word) => own.includes(word)) || !all(`${own} ${plain(row[1])} ${row[3] || ""}`)) return;
        const hit = hits.get(`${shard}.${n}`) || { row, headings: [] };
        hit.headings.push([seq, heading]);
        hits.set(`${shard}.${n}`, hit);
      }));
      return { words, hits };
    };
    const show = () => {
      const { words, hits } = look();
      const list = [...hits.values()].sort((a, b) => (b.row[4] || "").localeCompare(a.row[4] || ""));
      results.replaceChildren(...list.slice(0, MOST).map(({ row, headings }) => {
        const item = document.createElement("li"), link = document.createElement("a");
        link.href = row[0];
        link.append(marked(row[1], words));
        const facts = Object.assign(document.createElement("small"), { textContent: ` ${[row[2], row[4]].filter(Boolean).join(" · ")}` });
        item.append(link, facts);
        if (headings.length) {
          const inner = document.createElement("ul");
          for (const [seq, heading] of headings.slice(0, PER_DOCUMENT)) {
            const line = document.createElement("li"), to = document.createElement("a");
            to.href = `${row[0]}#s${seq}`;
            to.append(marked(heading, words));
            line.append(to);
            inner.append(line);
          }
          item.append(inner);
        }
        return item;
      }));
      if (words.length) {
        const waiting = shards.headings.filter(Boolean).length < count;
        const say = root.dataset.lang === "zh"
          ? `${list.length} 篇${list.length > MOST ? `，只列前 ${MOST} 篇` : ""}${waiting ? "，还在载入…" : ""}`
          : `${list.length} documents${list.length > MOST ? `, the first ${MOST} are shown` : ""}${waiting ? ", still loading…" : ""}`;
        found.textContent = say;
      }
    };
    let timer;
    const later = () => { clearTimeout(timer); timer = setTimeout(show, 120); };
    let started = false;
    const start = () => { if (!started) { started = true; loaded(); } };
    onShard = () => { if (query.value) later(); };
    query.addEventListener("focus", start);
    query.addEventListener("input", () => { start(); later(); });
    form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) { query.value = asked; start(); }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("lang").addEventListener("click", () => {
      const lang = root.dataset.lang === "zh" ? "en" : "zh";
      speak(lang);
      kept(lang);
    });
    panes();
    levels();
    search();
  });
})();
