// CodeMirror in a component of ours. The text is the browser's: the server hears of it when one pauses, and answers
// with problems. It replaces the text only under another stamp. What was written is a state of the component and no
// event, so that every later message carries it too: a click on Save that overtakes it brings it along.

const PAUSE = 500; // milliseconds without a key before the server hears
const PATIENCE = 5000; // milliseconds without an answer before it is told again
const ENTRY = /^\s{0,8}-\s+(id|type|status|stem):/;

// What the browser has already: the words, the text under each stamp as it stands now, and whether it is saved.
const kept = (window.needlewiseEditor ??= { texts: new Map(), words: "", dirty: false });
window.addEventListener("beforeunload", (event) => kept.dirty && event.preventDefault());
// What is written and not sent yet goes before anything is pressed. Where a finger leaves the focus in the text, no blur
// would tell.
window.addEventListener("pointerdown", () => kept.mine?.waiting && tell(kept.mine), true);

const loaded = new Map();
function load(script) {
  const address = new URL(script, window.location.origin).href;
  if (!loaded.has(address)) loaded.set(address, import(/* @vite-ignore */ address));
  return loaded.get(address);
}

// --- completion ---

const indentOf = (line) => line.match(/^[ ]*(- +)?/)[0].length;

function around(state, number) {
  // The fields above that this line stands in, the nearest first, and the type of its item.
  const parents = [];
  let room = indentOf(state.doc.line(number).text);
  if (/^\s*-(\s|$)/.test(state.doc.line(number).text)) room = state.doc.line(number).text.match(/^ */)[0].length + 1;
  for (let at = number - 1; at > 0 && room > 0; at -= 1) {
    const text = state.doc.line(at).text;
    if (!text.trim() || text.trim().startsWith("#")) continue;
    const key = text.match(/^( *(?:- +)?)([\w-]+):/);
    if (key && key[1].length < room) {
      parents.push(key[2]);
      room = key[1].length;
    }
  }
  let type = "";
  for (let at = number; at > 0 && !type; at -= 1) {
    const text = state.doc.line(at).text;
    type = (text.match(/^\s*(?:- +)?type:\s*"?(\w+)/) || [])[1] || "";
    if (ENTRY.test(text)) break;
  }
  for (let at = number + 1; at <= state.doc.lines && !type; at += 1) {
    const text = state.doc.line(at).text;
    if (ENTRY.test(text)) break;
    type = (text.match(/^\s*type:\s*"?(\w+)/) || [])[1] || "";
  }
  return { parents, type };
}

const option = (kind) => (each) =>
  Array.isArray(each) ? { label: each[0], detail: each[1], type: kind } : { label: each, type: kind };

function completing(words) {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const field = before.match(/^\s*(?:- +)?([\w-]+):\s+(["']?)([^"']*)$/);
    const entry = before.match(/^\s*- +(["']?)([\w.-]*)$/);
    const name = before.match(/^(\s*(?:- +)?)([\w-]*)$/);
    const { parents, type } = around(context.state, line.number);
    if (field) return found(words.values[field[1]], context.pos - field[3].length, "enum", context);
    if (entry && words.lists[parents[0]]) {
      return found(words.lists[parents[0]], context.pos - entry[2].length, "constant", context);
    }
    if (!name || (!name[2] && !context.explicit)) return null;
    const place = parents[0] === "items" || !parents[0] ? "" : parents[0];
    const fields = (words.fields[type] || words.fields[""])[place];
    const made = found(fields, context.pos - name[2].length, "property", context);
    if (made) made.options.forEach((each) => (each.apply = `${each.label}: `));
    return made;
  };
}

// Enter after a word that is written out already begins a new line, though the word is still offered.
const writtenOut = (close) => (view) => {
  const offered = view.dom.querySelector(".cm-tooltip-autocomplete [aria-selected=true]");
  const { state } = view, before = state.doc.lineAt(state.selection.main.head);
  const word = before.text.slice(0, state.selection.main.head - before.from).match(/[\w.-]*$/)[0];
  const adds = offered?.querySelector(".cm-completionIcon-property");
  if (offered && !adds && offered.querySelector(".cm-completionLabel").textContent === word) close(view);
  return false;
};

function found(list, from, kind, context) {
  if (!list || (from === context.pos && !context.explicit)) return null;
  return { from, options: list.map(option(kind)), validFor: /^[\w.-]*$/ };
}

// --- problems ---

function diagnostic(state, first, [line, column, severity, code, message, hint]) {
  const at = Math.min(Math.max(line - first + 1, 1), state.doc.lines);
  const row = state.doc.line(at);
  const from = Math.min(row.from + Math.max(column - 1, 0), row.to);
  return {
    from, to: row.to, severity: severity === "advice" ? "info" : severity, source: code,
    message: hint ? `${message}\n${hint[0].toUpperCase()}${hint.slice(1)}.` : message,
  };
}

function counted(problems) {
  const errors = problems.filter((each) => each[2] === "error").length;
  const rest = problems.length - errors;
  const said = [errors && `${errors} ${errors === 1 ? "error" : "errors"}`,
                rest && `${rest} ${rest === 1 ? "remark" : "remarks"}`].filter(Boolean);
  return said.join(" and ") || "No problems";
}

// --- the editor ---

function colours(cm) {
  const { tags } = cm;
  return cm.HighlightStyle.define([
    { tag: tags.definition(tags.propertyName), color: "var(--code-name)", fontWeight: "600" },
    { tag: [tags.propertyName, tags.labelName], color: "var(--code-name)", fontWeight: "600" },
    { tag: [tags.string, tags.special(tags.string), tags.content], color: "var(--code-text)" },
    { tag: tags.comment, color: "var(--code-remark)", fontStyle: "italic" },
    { tag: [tags.keyword, tags.meta, tags.typeName], color: "var(--code-sign)" },
    { tag: [tags.separator, tags.punctuation, tags.bracket, tags.squareBracket, tags.brace], color: "var(--code-sign)" },
  ]);
}

function extensions(cm, mine) {
  const { EditorView, EditorState } = cm;
  const [take, close] = ["Enter", "Escape"].map((wanted) => cm.completionKeymap.find(({ key }) => key === wanted).run);
  return [
    cm.lineNumbers({ formatNumber: (number) => String(number + mine.data.first - 1) }),
    cm.lintGutter(), cm.highlightActiveLineGutter(), cm.highlightSpecialChars(), cm.history(), cm.drawSelection(),
    cm.bracketMatching(), cm.highlightActiveLine(), cm.yaml(), cm.syntaxHighlighting(colours(cm)), cm.search(),
    cm.autocompletion({ override: [completing(mine.words)], defaultKeymap: false }),
    cm.indentUnit.of("  "), EditorState.tabSize.of(2), EditorView.lineWrapping,
    cm.keymap.of([
      { key: "Enter", run: writtenOut(close) }, ...cm.completionKeymap, ...cm.searchKeymap, ...cm.historyKeymap, ...cm.lintKeymap, ...cm.defaultKeymap,
      { key: "Tab", run: take }, cm.indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      "aria-label": mine.data.label, "aria-describedby": "how", spellcheck: "true", autocapitalize: "off",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) kept.texts.set(mine.data.stamp, update.state.doc.toString());
      if (mine.filling) return;
      if (update.docChanged) later(mine);
      else if (update.selectionSet && itemLine(update.state) !== mine.item) later(mine);
    }),
  ];
}

function itemLine(state) {
  for (let at = state.doc.lineAt(state.selection.main.head).number; at > 0; at -= 1) {
    if (/^\s{0,8}-\s+id:/.test(state.doc.line(at).text)) return at;
  }
  return 1;
}

function later(mine) {
  clearTimeout(mine.timer);
  mine.waiting = true;
  mine.timer = setTimeout(() => tell(mine), PAUSE);
}

function tell(mine) {
  clearTimeout(mine.timer);
  mine.waiting = false;
  const { state } = mine.view;
  mine.item = itemLine(state);
  mine.sent = Math.max(mine.sent, mine.data.heard) + 1;
  const line = state.doc.lineAt(state.selection.main.head).number + mine.data.first - 1;
  mine.send({ stamp: mine.data.stamp, number: mine.sent, text: state.doc.toString(), line });
  mine.timer = setTimeout(() => mine.data.heard < mine.sent && tell(mine), PATIENCE);
}

function fill(cm, mine) {
  const { data, view } = mine;
  const text = kept.texts.get(data.stamp) ?? data.text, again = data.text === null;
  mine.filling = true;
  if (!view) {
    const state = cm.EditorState.create({ doc: text, extensions: extensions(cm, mine) });
    mine.view = new cm.EditorView({ state, parent: mine.host, root: mine.host.getRootNode() });
    // A region that scrolls must be reachable by keyboard; its text is the only thing to focus otherwise.
    mine.view.scrollDOM.tabIndex = 0;
    mine.view.contentDOM.addEventListener("blur", () => mine.waiting && tell(mine));
  } else {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }
  mine.stamp = data.stamp;
  kept.texts.set(data.stamp, text);
  mine.sent = data.heard;
  const at = Math.min(Math.max(data.go - data.first + 1, 1), mine.view.state.doc.lines);
  const anchor = mine.view.state.doc.line(at).from;
  mine.view.dispatch({
    selection: { anchor }, effects: at > 1 ? cm.EditorView.scrollIntoView(anchor, { y: "start", yMargin: 24 }) : [],
  });
  mine.item = itemLine(mine.view.state);
  mine.filling = false;
  if (again) tell(mine); // one came back to a text whose last words may not have reached the server
}

function judge(cm, mine) {
  if (mine.waiting || mine.data.heard < mine.sent) return; // older news than what stands there
  const { state } = mine.view, judged = JSON.stringify([mine.data.first, mine.data.problems]);
  if (mine.judged === judged && mine.doc === state.doc) return; // what one reads in the margin stays
  Object.assign(mine, { judged, doc: state.doc });
  const list = mine.data.problems.map((each) => diagnostic(state, mine.data.first, each));
  mine.view.dispatch(cm.setDiagnostics(state, list.sort((one, other) => one.from - other.from)));
  const said = counted(mine.data.problems);
  if (mine.spoken.textContent !== said) mine.spoken.textContent = said;
}

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".host");
  if (!host || !data) return;
  const mine = (host.mine ??= { host, spoken: parentElement.querySelector(".spoken"), sent: 0 });
  mine.data = data[0];
  mine.send = (message) => setStateValue("written", message);
  kept.mine = mine;
  if (mine.data.words) kept.words = mine.data.words;
  kept.dirty = mine.data.dirty;
  if (!kept.words || (mine.data.text === null && !kept.texts.has(mine.data.stamp))) {
    mine.send({ stamp: mine.data.stamp, number: mine.data.heard, lost: true }); // the news with it never arrived
    return;
  }
  if (mine.said !== kept.words) {
    mine.said = kept.words;
    mine.words = Object.assign(mine.words ?? {}, JSON.parse(kept.words));
  }
  load(mine.data.script).then((cm) => {
    if (!host.isConnected) return;
    parentElement.querySelector(".wait")?.remove();
    if (mine.stamp !== mine.data.stamp) fill(cm, mine);
    judge(cm, mine);
  });
}
