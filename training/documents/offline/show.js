// The page around the check: a file in, one plain answer out. Everything is set as text, never as markup.
"use strict";

const known = JSON.parse(document.getElementById("known").textContent);
const answer = document.getElementById("answer");
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

function showRefusal(name, why) {
  answer.replaceChildren(element("h2", "Not genuine", "bad"), element("p", `${name}: ${why}.`));
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
  parts.push(table, element("p", found.said.theoryOnly, "theory"));
  parts.push(element("p", known.at
    ? `Whether it was revoked or suspended is known here as of ${known.at}. Its page tells what holds today: ${found.said.verifyAt}`
    : `Whether it was revoked or suspended since cannot be known here. Its page tells: ${found.said.verifyAt}`, "small"));
  answer.replaceChildren(...parts);
}

async function look(file) {
  answer.replaceChildren(element("p", "Checking…"));
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length > 8 * 2 ** 20) throw new needlewise.NotProven("it is too large for a certificate");
    showFound(file.name, await needlewise.check(bytes, known.keys, known.lists, new Date()));
  } catch (error) {
    showRefusal(file.name, error instanceof needlewise.NotProven ? error.message : "it cannot be read as a certificate");
  }
}

document.getElementById("file").addEventListener("change", (event) => event.target.files[0] && look(event.target.files[0]));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) look(event.dataTransfer.files[0]);
});
