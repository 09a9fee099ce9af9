// Checks a certificate, as PDF or JSON, in the browser and with no network: the proof, the keys, the seal, the lists.
"use strict";

const needlewise = (() => {
  const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const SUITES = ["eddsa-rdfc-2022", "eddsa-jcs-2022"];
  const MEMBERS = ["created", "cryptosuite", "proofPurpose", "proofValue", "type", "verificationMethod"];
  const LINKS = ["id", "previousProof"];
  const utf8 = new TextEncoder();

  class NotProven extends Error {}
  class NotAList extends Error {}
  const WORDS = { revocation: "revoked", suspension: "suspended" };
  const refuse = (why) => { throw new NotProven(why); };

  function decode58(text) {
    if (typeof text !== "string" || text[0] !== "z") refuse("a key or signature is not written as it should be");
    let number = 0n, zeros = 0;
    for (const each of text.slice(1)) {
      const place = ALPHABET.indexOf(each);
      if (place < 0) refuse("a key or signature is not written as it should be");
      number = number * 58n + BigInt(place);
    }
    while (text[zeros + 1] === "1") zeros++;
    const bytes = [];
    for (; number > 0n; number >>= 8n) bytes.unshift(Number(number & 255n));
    return new Uint8Array([...new Array(zeros).fill(0), ...bytes]);
  }

  function keyBytes(text) {
    const bytes = decode58(text);
    if (bytes.length !== 34 || bytes[0] !== 0xed || bytes[1] !== 0x01) refuse("it names no Ed25519 key");
    return bytes.slice(2);
  }

  function holds(signature, message, key) {
    try { return noble.verify(decode58(signature), message, keyBytes(key)); } catch { return false; }
  }

  // RFC 8785: members in order of their code units, no spaces.
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value !== null && typeof value === "object")
      return "{" + Object.keys(value).sort().map((name) => JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}";
    return JSON.stringify(value);
  }

  const keysIn = (value) => value === null || typeof value !== "object" ? 0
    : Array.isArray(value) ? value.reduce((sum, each) => sum + keysIn(each), 0)
    : Object.values(value).reduce((sum, each) => sum + 1 + keysIn(each), 0);

  function readJson(bytes) {
    let found, text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      found = JSON.parse(text);
    } catch { refuse("it is neither a certificate's PDF nor its JSON"); }
    if (found === null || typeof found !== "object" || Array.isArray(found)) refuse("it is no certificate's JSON");
    // JSON.parse takes the last of two members of one name: as many must stand in the text as were read.
    const said = (text.match(/"(?:[^"\\]|\\.)*"\s*:?/g) || []).filter((each) => each.endsWith(":")).length;
    if (said !== keysIn(found)) refuse("a name stands twice in it");
    return found;
  }

  const sha256 = (text) => noble.sha256(utf8.encode(text));
  const joined = (a, b) => { const all = new Uint8Array(a.length + b.length); all.set(a); all.set(b, a.length); return all; };
  const hex = (bytes) => Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
  const without = (value, name) => Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));

  function checkProofs(signed) {
    const proofs = signed.proof;
    if (!Array.isArray(proofs) || proofs.length !== 2) refuse("it does not carry the two proofs it should");
    const keys = proofs.map((proof, number) => {
      const right = proof && Object.keys(proof).sort().join() === [...MEMBERS, LINKS[number]].sort().join()
        && Object.values(proof).every((each) => typeof each === "string")
        && proof.type === "DataIntegrityProof" && proof.proofPurpose === "assertionMethod" && proof.cryptosuite === SUITES[number];
      if (!right) refuse("it does not carry the two proofs it should");
      const key = proof.verificationMethod.split("#").pop();
      if (proof.verificationMethod !== `did:key:${key}#${key}`) refuse("its key is not named as did:key");
      return key;
    });
    if (keys[0] !== keys[1] || proofs[0].created !== proofs[1].created) refuse("its two proofs are not of one making");
    if (proofs[0].id !== `${signed.id}#proof` || proofs[1].previousProof !== proofs[0].id) refuse("its two proofs are no chain");
    const covered = { ...signed, proof: [proofs[0]] };
    const data = joined(sha256(canonical(without(proofs[1], "proofValue"))), sha256(canonical(covered)));
    if (!holds(proofs[1].proofValue, data, keys[1])) refuse("its text is not the text that was signed");
    return keys[1];
  }

  function checkHistory(entries) {
    if (!Array.isArray(entries) || !entries.length || entries[0].previous) refuse("its history of keys does not begin with a first key");
    entries.slice(1).forEach((entry, number) => {
      const before = entries[number];
      const claim = utf8.encode(canonical({ key: entry.key, since: entry.since, previous: entry.previous }));
      if (entry.previous !== before.key || entry.since < before.since || !holds(entry.signedByPrevious, claim, before.key))
        refuse("a key in its history was not vouched for by the one before");
    });
    return entries;
  }

  // The PDF is taken only as the product writes it: numbered objects one after the other, a table of their places.
  const ATTACHED = /<<\/Length (\d+)\/Type\/EmbeddedFile\/Subtype\/application#2Fld\+json\/Params<<\/Size (\d+)\/ModDate\((D:\d{14}Z)\)>>>>\nstream\n/g;
  const head = (length, moment) =>
    `<</Length ${length}/Type/EmbeddedFile/Subtype/application#2Fld+json/Params<</Size ${length}/ModDate(${moment})>>>>\nstream\n`;

  function places(text, stop) {
    const found = [];
    let at = text.indexOf("1 0 obj\n");
    while (at < stop) {
      const opening = `${found.length + 1} 0 obj\n`;
      if (at < 0 || !text.startsWith(opening, at)) refuse("it holds something between its objects");
      found.push(at);
      at = endOfObject(text, at + opening.length, stop);
    }
    return found;
  }

  function endOfObject(text, at, stop) {
    let end = text.indexOf("\nendobj\n", at);
    const stream = text.indexOf(">>\nstream\n", at);
    if (stream >= 0 && stream < end) {
      const said = /\/Length (\d+)/.exec(text.slice(at, stream));
      const over = stream + 10 + (said ? Number(said[1]) : 0);
      if (!text.startsWith("\nendstream", over)) refuse("a part of it is not as long as it says");
      end = over + 10;
    }
    if (end < 0 || end >= stop || !text.startsWith("\nendobj\n", end)) refuse("an object of it has no end");
    return end + 8;
  }

  function openSealed(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    const start = text.lastIndexOf("xref\n0 ", text.lastIndexOf("startxref") - 1);
    const trailer = /^trailer\n(<<\/Size \d+\/Root \d+ 0 R\/Info \d+ 0 R\/ID\[\([\w+/=]{24}\)\([\w+/=]{24}\)\]>>)\nstartxref\n(\d+)\n%%EOF$/;
    const end = text.indexOf("trailer\n", start);
    const found = start < 0 || end < 0 ? null : trailer.exec(text.slice(end));
    if (!found || found[2] !== String(start)) refuse("it is no certificate's PDF, or something was added to it");
    const at = places(text, start);
    const rows = at.map((place) => String(place).padStart(10, "0") + " 00000 n\r\n").join("");
    if (text.slice(start, end) !== `xref\n0 ${at.length + 1}\n0000000000 65535 f\r\n${rows}`) refuse("its table of objects is not that of its objects");
    const attachments = [...text.slice(0, start).matchAll(ATTACHED)];
    if (attachments.length !== 1) refuse("it carries no signed credential, or more than one");
    const [whole, length, , moment] = attachments[0];
    if (whole !== head(length, moment)) refuse("its attachment is not as long as it says");
    const from = attachments[0].index + whole.length, to = from + Number(length);
    const kept = [text.slice(0, attachments[0].index) + head(0, moment), text.slice(to, start), found[1]].join("|");
    const raw = Uint8Array.from(kept, (each) => each.charCodeAt(0));
    return { attached: bytes.subarray(from, to), seal: hex(noble.sha256(raw)) };
  }

  const LONGEST = 2 ** 20;

  async function bit(encoded, place) {
    const packed = Uint8Array.from(atob(encoded.slice(1).replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    for (let at = 0, part; !(part = await reader.read()).done && at < LONGEST; at += part.value.length)
      if (place >> 3 < at + part.value.length) return Boolean(part.value[(place >> 3) - at] & (0x80 >> (place & 7)));
    throw new Error("no such place");
  }

  const entryFor = (signed, purpose) => signed.credentialStatus.find((each) => each.statusPurpose === purpose);

  // A list counts where the certificate's keys lead to the one that signed it: anybody can write a true key behind his own.
  async function readList(bytes, history) {
    const list = readJson(bytes), key = checkProofs(list), later = checkHistory(list.keyHistory);
    const { statusPurpose: purpose, encodedList } = list.credentialSubject, at = list.validFrom;
    if (later[later.length - 1].key !== key || !Object.hasOwn(WORDS, purpose) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at))
      refuse("its status list was not signed by the key it names");
    if (history.some((each, number) => number && history[number - 1].key === key && each.since < at))
      refuse("its status list was signed by a key that had been replaced by then");
    await bit(encodedList, 0);
    return later.some((each) => history.some((mine) => mine.key === each.key)) ? { purpose, at, key, encodedList, later } : null;
  }

  // Gives the lists that tell of a certificate, the latest last; throws NotAList where one cannot be used.
  async function readLists(lists, history) {
    try {
      const found = (await Promise.all(lists.map((each) => readList(each, history)))).filter(Boolean);
      return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    } catch (error) {
      throw new NotAList(error instanceof NotProven ? error.message : "its status list cannot be read");
    }
  }

  async function told(lists, signed) {
    const latest = Object.fromEntries(lists.map((each) => [each.purpose, each]));
    for (const [purpose, word] of Object.entries(WORDS)) {
      const entry = latest[purpose] && entryFor(signed, purpose);
      if (entry && await bit(latest[purpose].encodedList, Number(entry.statusListIndex))) return word;
    }
    return "";
  }

  // Gives what the file proves, with status lists as bytes; throws NotProven, with the reason, where anything was changed.
  async function check(bytes, trusted, lists, now) {
    const ofPdf = String.fromCharCode(...bytes.subarray(0, 5)) === "%PDF-";
    const opened = ofPdf ? openSealed(bytes) : null;
    const signed = readJson(opened ? opened.attached : bytes);
    if (opened && canonical(signed) !== new TextDecoder().decode(opened.attached)) refuse("its credential is not written as it was signed");
    const said = signed.certificate;
    if (!said || !said.documents || !signed.issuer) refuse("it is no certificate of this product");
    if (opened && !Object.values(said.documents).includes(opened.seal)) refuse("what the PDF shows was changed after it was signed");
    const key = checkProofs(signed), history = checkHistory(signed.issuer.keyHistory);
    if (history[history.length - 1].key !== key || signed.issuer.id !== `did:key:${key}`) refuse("it was not signed by the key it names");
    const heard = await readLists(lists, history);
    // A list by a key that is trusted names those before it: they count too.
    const known = new Set([...trusted, ...heard.filter((each) => trusted.includes(each.key)).flatMap((each) => each.later.map((one) => one.key))]);
    const over = said.expires && now.toISOString().slice(0, 10) > said.expires;
    return {
      said, key, ofPdf, trusted: history.some((each) => known.has(each.key)),
      state: await told(heard, signed) || (over ? "expired" : "valid"),
      asOf: Object.fromEntries(heard.map((each) => [each.purpose, each.at])), issued: signed.validFrom,
    };
  }

  return { check, NotProven, NotAList };
})();
