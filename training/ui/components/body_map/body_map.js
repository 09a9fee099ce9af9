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

function view(drawing, shown, data, pick) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = shown.name;
  const picture = element("svg", { viewBox: `0 0 ${drawing.width} ${drawing.height}`, role: "group", "aria-label": `Body, ${shown.name.toLowerCase()}` });
  picture.append(...data.regions.map(([id, name]) => region(drawing, id, name, id === data.chosen, pick)));
  picture.append(...shown.lines.map((d) => element("path", { d, class: "line" })));
  figure.append(picture, caption);
  return figure;
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
  map.replaceChildren(...drawing.views.map((shown) => view(drawing, shown, { regions, chosen }, pick)));
  if (kept && place >= 0) map.querySelectorAll("svg")[place]?.querySelector(`[aria-label="${kept}"]`)?.focus();
}
