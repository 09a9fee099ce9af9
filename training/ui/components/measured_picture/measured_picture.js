// A picture with a grid in the units of its places. What is clicked is told as the numbers to write; nothing is sent.

const SVG = "http://www.w3.org/2000/svg";
const TAGS = { rectangle: "rect", circle: "circle", polygon: "polygon" };

function drawn(tag, values, name) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  made.setAttribute("class", name);
  return made;
}

function outline({ shape, at }, name) {
  const [a, b, c, d] = at;
  const values = {
    rectangle: { x: a, y: b, width: c - a, height: d - b },
    circle: { cx: a, cy: b, r: c },
    polygon: { points: at.join(" ") },
  }[shape];
  return drawn(TAGS[shape], values, name);
}

// Ten steps at most, each 1, 2 or 5 times a power of ten.
function step(length) {
  const rough = length / 10, power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((each) => each * power >= rough);
}

function sign(text, x, y, name = "") {
  const made = document.createElement("span");
  made.textContent = text;
  made.className = name;
  made.style.left = `${x}%`;
  made.style.top = `${y}%`;
  return made;
}

function draw(root, { spots, width, height }, clicks) {
  const lines = [], signs = [];
  for (let x = step(width); x < width; x += step(width)) {
    lines.push(drawn("line", { x1: x, y1: 0, x2: x, y2: height }, "grid"));
    signs.push(sign(String(x), (100 * x) / width, 0));
  }
  for (let y = step(height); y < height; y += step(height)) {
    lines.push(drawn("line", { x1: 0, y1: y, x2: width, y2: y }, "grid"));
    signs.push(sign(String(y), 0, (100 * y) / height));
  }
  const places = spots.map((spot) => outline(spot, "place"));
  const names = spots.map(({ letter, at }) => sign(letter, (100 * at[0]) / width, (100 * at[1]) / height, "name"));
  const fresh = clicks.length ? [outline(clicked(clicks), "fresh")] : [];
  const svg = root.querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.replaceChildren(...lines, ...places, ...fresh);
  root.querySelector(".signs").replaceChildren(...signs, ...names);
}

// One click is a dot, two are the corners of a rectangle, more are a polygon.
function clicked(clicks) {
  const [[a, b], [c, d] = []] = clicks;
  if (clicks.length === 1) return { shape: "circle", at: [a, b, 1] };
  if (clicks.length > 2) return { shape: "polygon", at: clicks.flat() };
  return { shape: "rectangle", at: [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] };
}

function circled([[a, b], [c, d]]) {
  return [a, b, Math.round(Math.hypot(c - a, d - b))];
}

function isWritten(clicks, spots) {
  if (clicks.length < 2) return false;
  const made = [clicked(clicks).at, circled(clicks)].map(String);
  return spots.some(({ at }) => made.includes(String(at)));
}

function told(clicks, own) {
  if (clicks.length === 0) return `${own} Click two corners of a place, and its numbers stand here.`;
  if (clicks.length === 1) return `${clicks[0].join(" ")}: click the opposite corner.`;
  if (clicks.length > 2) return `Polygon: ${clicks.flat().join(" ")}`;
  const box = clicked(clicks).at.join(" "), circle = circled(clicks).join(" ");
  return `Rectangle: ${box}. Circle from the first point to the second: ${circle}. More clicks make a polygon.`;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".measured");
  if (!root || !data) return;
  const image = root.querySelector("img"), sheet = root.querySelector(".sheet"), said = root.querySelector(".told");
  const again = root.querySelector("button");
  // What was clicked stays, whatever else the server has to say of the picture, until it is written as a place.
  const of = JSON.stringify([data.src, data.width, data.height]);
  if (root.of !== of || isWritten(root.clicks, data.spots)) Object.assign(root, { of, clicks: [] });
  let size = data;
  const show = () => {
    const [wide, high] = [image.naturalWidth, image.naturalHeight];
    const own = wide ? `The picture itself is ${wide} wide and ${high} high.` : "";
    size = { ...data, width: data.width || wide || 100, height: data.height || high || 100 };
    sheet.style.aspectRatio = `${size.width} / ${size.height}`;
    draw(root, size, root.clicks);
    said.textContent = told(root.clicks, own);
    again.hidden = root.clicks.length === 0;
  };
  image.onload = show;
  image.onerror = () => { said.textContent = "This picture cannot be shown."; };
  if (image.getAttribute("src") !== data.src) image.src = data.src;
  image.alt = data.alt;
  sheet.onclick = (event) => {
    const box = sheet.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * size.width);
    root.clicks = [...root.clicks, [x, Math.round(((event.clientY - box.top) / box.height) * size.height)]];
    show();
  };
  again.onclick = () => {
    root.clicks = [];
    show();
  };
  show();
}
