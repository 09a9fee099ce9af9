// The page around the check: a file in, one plain answer out. Everything is set as text, never as markup.
"use strict";

const known = JSON.parse(document.getElementById("known").textContent);
const answer = document.getElementById("answer");
const own = known.lists.map((each) => new TextEncoder().encode(JSON.stringify(each)));
let lists = own, last = null;
const LABELS = [
  ["Name", "learner"], ["Certificate", "title"], ["Provider", "provider"], ["Completed", "completed"], ["Issued", "issued"],
  ["Expires", "expires"], ["Hours", "hours"], ["Result", "score"], ["Licence", "licence"], ["Number", "number"],
];
const WORDS = {
  valid: "Valid", expired: "Genuine, but expired", revoked: "Genuine, but revoked", suspended: "Genuine, but suspended",
};

function element(name, text, cls) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (cls) made.className = cls;
  return made;
}

function showRefusal(title, name, why) {
  answer.replaceChildren(element("h2", title, "bad"), element("p", `${name}: ${why}.`));
}

// What the lists tell of, and since when they may be out of date.
function heard(found) {
  const words = { revocation: "revoked", suspension: "suspended" };
  const lacking = Object.keys(words).filter((each) => !found.asOf[each]).map((each) => words[each]);
  const parts = Object.entries(found.asOf).map(([purpose, at]) => {
    const days = Math.floor((Date.now() - Date.parse(at)) / 864e5);
    const late = at < found.issued ? ", before it was issued" : days > 0 ? `, ${days} ${days === 1 ? "day" : "days"} ago` : "";
    return `Whether it was ${words[purpose]} is known here as of ${at.replace("T", " ").replace("Z", " UTC")}${late}.`;
  });
  if (lacking.length) parts.push(`Whether it was ${lacking.join(" or ")} since cannot be known here.`);
  return [...parts, `Its page tells what holds today: ${found.said.verifyAt}`].join(" ");
}

function showFound(name, found) {
  const good = found.trusted && found.state === "valid";
  const title = found.trusted ? WORDS[found.state] : "Signed by somebody else";
  const table = element("dl");
  for (const [label, field] of LABELS) {
    if (!found.said[field]) continue;
    table.append(element("dt", label), element("dd", found.said[field]));
  }
  const parts = [element("h2", title, good ? "good" : "bad")];
  if (!found.trusted)
    parts.push(element("p", `Nothing in ${name} was changed, but the key that signed it is none of this issuer's: ${found.key}. Do not rely on it.`));
  else
    parts.push(element("p", found.ofPdf ? "What this PDF shows is what was signed." : "This credential is as it was signed.",));
  parts.push(table, element("p", found.said.theoryOnly, "theory"), element("p", heard(found), "small"));
  answer.replaceChildren(...parts);
}

async function look(file) {
  last = file;
  answer.replaceChildren(element("p", "Checking…"));
  try {
    const bytes = await read(file);
    showFound(file.name, await needlewise.check(bytes, known.keys, lists, new Date()));
  } catch (error) {
    if (error instanceof needlewise.NotAList) showRefusal("Not checked", "A status list cannot be used", error.message);
    else showRefusal("Not genuine", file.name, error instanceof needlewise.NotProven ? error.message : "it cannot be read as a certificate");
  }
}

async function read(file) {
  if (file.size > 8 * 2 ** 20) throw new needlewise.NotProven("it is too large for a certificate");
  return new Uint8Array(await file.arrayBuffer());
}

async function take(files) {
  try {
    lists = [...own, ...await Promise.all(Array.from(files, read))];
    if (last) look(last);
  } catch (error) {
    showRefusal("Not checked", "A status list cannot be used", error.message);
  }
}

document.getElementById("file").addEventListener("change", (event) => event.target.files[0] && look(event.target.files[0]));
document.getElementById("lists").addEventListener("change", (event) => take(event.target.files));
// A file that was saved anew under its name counts as chosen again.
for (const each of document.querySelectorAll("input")) each.addEventListener("click", () => { each.value = ""; });
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) look(event.dataTransfer.files[0]);
});
