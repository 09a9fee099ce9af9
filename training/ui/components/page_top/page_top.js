// Streamlit keeps the scroll position when a page draws something else; a reader expects the top of it.

export default function ({ data, parentElement }) {
  const top = parentElement.querySelector(".top");
  if (!top) return;
  const turned = top.place !== undefined && top.place !== data;
  top.place = data;
  if (!turned) return;
  setTimeout(() => {
    top.scrollIntoView({ block: "start" });
    const heading = document.querySelector('[data-testid="stMain"] h1');
    if (!heading) return;
    heading.tabIndex = -1;
    heading.style.outline = "none";
    heading.focus({ preventScroll: true });
  }, 100); // when the new text stands
}
