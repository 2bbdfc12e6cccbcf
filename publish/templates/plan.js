"use strict";

// "#L41-L44" marks these lines and shows the first of them; "#L41" is marked by the style sheet, also without this script.
function mark() {
  document.querySelectorAll(".marked").forEach((line) => line.classList.remove("marked"));
  const [, first, last] = location.hash.match(/^#L(\d+)-L(\d+)$/) ?? [];
  if (!first) return;
  const lines = [];
  for (let number = Number(first); number <= Number(last); number += 1) {
    const line = document.getElementById(`L${number}`);
    if (line) lines.push(line);
  }
  lines.forEach((line) => line.classList.add("marked"));
  lines[0]?.scrollIntoView({ block: "center" });
}

// Who came from another page goes back to it, and to the place there.
const back = document.querySelector("a.back");
if (document.referrer || history.length > 1) {
  back.textContent = "← Trở lại";
  back.addEventListener("click", (event) => {
    event.preventDefault();
    history.back();
  });
}

window.addEventListener("hashchange", mark);
mark();
