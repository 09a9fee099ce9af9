// Places in a picture. Each is a button that Tab reaches and arrow keys go between; the list in words does the same.

const SVG = "http://www.w3.org/2000/svg";
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function outline({ shape, at }, name) {
  const drawn = document.createElementNS(SVG, { rectangle: "rect", circle: "circle", polygon: "polygon" }[shape]);
  const lines = {
    rectangle: () => ({ x: at[0], y: at[1], width: at[2] - at[0], height: at[3] - at[1] }),
    circle: () => ({ cx: at[0], cy: at[1], r: at[2] }),
    polygon: () => ({ points: at.join(" ") }),
  }[shape]();
  for (const [key, value] of Object.entries(lines)) drawn.setAttribute(key, value);
  drawn.setAttribute("class", name);
  return drawn;
}

function bounds({ shape, at }) {
  const [x, y, radius] = at;
  if (shape === "circle") return [x - radius, y - radius, x + radius, y + radius];
  const xs = at.filter((_, number) => number % 2 === 0), ys = at.filter((_, number) => number % 2 === 1);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

// A letter sits on a corner of its place; beside a round one, and above another where there is room, since numbers are printed
// there. Words stand above it, or below where there is no room, so that neither hides it.
function stand(sign, spot, said, width, height) {
  const [left, top, right, bottom] = bounds(spot), inset = spot.shape === "circle" ? 0.15 : 0;
  const end = Boolean(said) && left > width * 0.5, low = Boolean(said) && top < height * 0.1;
  const x = end ? right : left + (right - left) * (said ? 0 : inset);
  const y = low ? bottom : top + (bottom - top) * (said ? 0 : inset);
  sign.style.left = `${(Math.min(Math.max(x, width * 0.03), width * 0.97) / width) * 100}%`;
  sign.style.top = `${(Math.min(Math.max(y, height * 0.03), height * 0.97) / height) * 100}%`;
  const round = spot.shape === "circle", above = top > height * 0.08;
  const beside = round ? "letter round" : above ? "letter above" : "letter";
  return [said ? "said" : beside, end && "end", low && "low"].filter(Boolean).join(" ");
}

function places(root, { spots, width, height, asks, many }) {
  const svg = root.querySelector("svg"), signs = root.querySelector(".signs");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.replaceChildren(...spots.map((spot) => {
    const group = document.createElementNS(SVG, "g");
    group.append(outline(spot, "halo"), outline(spot, "line"));
    group.setAttribute("role", asks ? "button" : "img");
    if (asks) group.setAttribute("tabindex", "0");
    return group;
  }));
  signs.replaceChildren(...spots.map(() => element("span")));
  const name = `words-${Math.random()}`;
  const words = spots.map(({ letter, text }) => element("label", {},
    element("input", { type: many ? "checkbox" : "radio", name }), element("span", { textContent: `${letter}. ${text}` })));
  root.querySelector("fieldset").replaceChildren(root.querySelector("legend"), ...words);
}

const MARKS = { right: "right", "right chosen": "yours, right", "wrong chosen": "yours" };

function draw(root, { spots, width, height, asks, closed, nothing }, chosen) {
  const groups = root.querySelectorAll("g"), signs = root.querySelector(".signs").children;
  const inputs = root.querySelectorAll("input");
  spots.forEach((spot, number) => {
    const mine = chosen.includes(spot.id);
    const state = [spot.mark, mine && "chosen"].filter(Boolean).join(" ");
    groups[number].setAttribute("class", `${state} ${spot.struck ? "struck" : ""}`);
    const said = MARKS[state];
    groups[number].setAttribute("aria-label", `${spot.letter}. ${spot.text}${said ? `: ${said}` : ""}`);
    if (asks) {
      groups[number].setAttribute("aria-pressed", String(mine));
      groups[number].setAttribute("aria-disabled", String(closed));
    }
    const tick = said ? (spot.mark === "right" ? "✓ " : "✗ ") : mine ? "✓ " : "";
    signs[number].textContent = `${tick}${spot.letter}${said ? ` ${said}` : ""}`;
    const place = stand(signs[number], spot, said, width, height);
    signs[number].className = `sign ${state} ${spot.struck && !mine ? "struck" : ""} ${place}`;
    inputs[number].checked = mine;
    inputs[number].disabled = closed;
    inputs[number].parentElement.classList.toggle("struck", Boolean(spot.struck));
  });
  const named = spots.filter(({ id }) => chosen.includes(id)).map(({ letter, text }) => `${letter}. ${text}`);
  const choice = named.length ? `Your choice: ${named.join("; ")}` : nothing;
  if (asks) root.querySelector(".said").textContent = root.refused || choice;
}

export default function ({ data: sent, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".spot");
  if (!root || !sent) return;
  const [data] = sent, { spots, many, closed } = data;
  const image = root.querySelector("img"), larger = root.querySelector(".larger");
  const signature = JSON.stringify([data.src, spots.map(({ id, at }) => [id, at]), data.asks]);
  if (root.signature !== signature) {
    root.signature = signature;
    root.refused = "";
    places(root, data);
  }
  if (image.getAttribute("src") !== data.src) image.src = data.src;
  image.alt = data.alt;
  root.querySelector(".sheet").style.aspectRatio = `${data.width} / ${data.height}`;
  root.querySelector("svg").setAttribute("aria-label", data.how);
  root.querySelector(".how").textContent = data.how;
  root.querySelector("legend").textContent = data.how;
  root.querySelector("details").hidden = root.querySelector(".said").hidden = root.querySelector(".how").hidden = !data.asks;
  root.classList.toggle("closed", closed);
  larger.onclick = () => larger.setAttribute("aria-pressed", String(root.classList.toggle("large")));

  const chosen = () => [root.mine.value ?? []].flat();
  const send = answering(root, sent, setTriggerValue, () => draw(root, data, chosen()));
  // A refusal is read until the next choice: the server's word on an earlier one draws the picture anew meanwhile.
  const pick = (id) => {
    if (closed || !data.asks) return;
    root.refused = "";
    const now = chosen(), without = now.filter((each) => each !== id);
    if (!many) send(id);
    else if (now.length > without.length) send(without.length ? without : null);
    else if (now.length < many) send([...now, id]);
    else {
      root.refused = `You have chosen ${many}. Take one away to choose another.`;
      draw(root, data, now);
    }
  };
  const groups = [...root.querySelectorAll("g")], inputs = [...root.querySelectorAll("input")];
  spots.forEach(({ id }, number) => {
    groups[number].onclick = () => pick(id);
    groups[number].onkeydown = (event) => {
      if (event.key === "Enter" || event.key === " ") pick(id);
      else if (STEPS[event.key]) groups[(number + STEPS[event.key] + groups.length) % groups.length].focus();
      else return;
      event.preventDefault();
    };
    inputs[number].onchange = () => pick(id);
  });
}
