// Draws the body twice; every region is one button, whatever parts it has, and says its name and whether it is chosen.

const SVG = "http://www.w3.org/2000/svg";

const element = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
};

function region(drawing, id, name, chosen, pick) {
  const group = element("g", {
    role: "button", tabindex: "0", "aria-label": name, "aria-pressed": String(chosen), class: chosen ? "region chosen" : "region",
  });
  const title = element("title", {});
  title.textContent = name;
  group.append(title, ...drawing.regions[id].map((d) => element("path", { d })));
  group.onclick = () => pick(id);
  group.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    pick(id);
  };
  return group;
}

// From a dot in the region to the edge where its name stands: the right edge of the front, the left one of the back.
function leader(drawing, [x, y], onRight) {
  const [dot, edge] = onRight ? [x, drawing.width] : [drawing.width - x, 0];
  return element("g", { class: "leader" }, element("circle", { cx: dot, cy: y, r: 3 }), element("path", { d: `M${dot} ${y}L${edge} ${y}` }));
}

function view(drawing, shown, onRight, data, pick) {
  const picture = element("svg", { viewBox: `0 0 ${drawing.width} ${drawing.height}`, role: "group", "aria-label": `Body, ${shown.name.toLowerCase()}` });
  picture.append(...data.regions.map(([id, name]) => region(drawing, id, name, id === data.chosen, pick)));
  picture.append(...shown.lines.map((d) => element("path", { d, class: "line" })));
  picture.append(...Object.values(drawing.names).map((place) => leader(drawing, place, onRight)));
  return picture;
}

// The names for those who see: the regions themselves are the buttons that say them to everybody else.
function names(drawing, data, pick) {
  const column = document.createElement("div");
  column.className = "names";
  column.setAttribute("aria-hidden", "true");
  data.regions.forEach(([id, name]) => {
    const label = document.createElement("span");
    label.textContent = name;
    label.className = id === data.chosen ? "chosen" : "";
    label.style.top = `${(100 * drawing.names[id][1]) / drawing.height}%`;
    label.onclick = () => pick(id);
    column.append(label);
  });
  return column;
}

function caption(shown) {
  const text = document.createElement("p");
  text.textContent = shown.name;
  return text;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const map = parentElement.querySelector(".map");
  const { drawing, regions, chosen } = data[0];
  const pick = (id) => setTriggerValue("pick", id);
  const focused = parentElement.activeElement ?? parentElement.getRootNode().activeElement;
  const kept = focused?.getAttribute?.("aria-label");
  const place = [...map.querySelectorAll("svg")].findIndex((svg) => svg.contains(focused));
  map.setAttribute("aria-label", "Choose a region of the body");
  const [front, back] = drawing.views;
  const shown = { regions, chosen };
  map.replaceChildren(
    view(drawing, front, true, shown, pick), names(drawing, shown, pick), view(drawing, back, false, shown, pick),
    caption(front), document.createElement("span"), caption(back),
  );
  if (kept && place >= 0) map.querySelectorAll("svg")[place]?.querySelector(`[aria-label="${kept}"]`)?.focus();
}
