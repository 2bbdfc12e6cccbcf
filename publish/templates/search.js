"use strict";

const SHOWN_AT_ONCE = 50;

// "hoà" and "hòa" are one word; which vowel carries the mark is the typist's habit.
const TONES = { "\u0300": 0, "\u0301": 1, "\u0303": 2, "\u0309": 3, "\u0323": 4 };
const HABITS = [["oa", "òa óa õa ỏa ọa"], ["oe", "òe óe õe ỏe ọe"], ["uy", "ùy úy ũy ủy ụy"]];

function oneHabit(text) {
  return text.replace(/(?<![\p{L}])(\p{L}*?)(o[àáãảạ]|o[èéẽẻẹ]|(?<!q)u[ỳýỹỷỵ])(?!\p{L})/gu, (_, before, pair) => {
    const [, vowel, tone] = pair.normalize("NFD");
    const [, marked] = HABITS.find(([plain]) => plain === pair[0] + vowel);
    return before + marked.split(" ")[TONES[tone]];
  });
}

const printed = (text) => oneHabit(text.normalize("NFC").toLowerCase());
// Letter by letter, so that a place in the plain text is the same place in the printed one.
const plainLetter = (letter) => (letter === "đ" ? "d" : letter.normalize("NFD")[0]);
const plain = (text) => Array.from(text, plainLetter).join("");
const LETTER = /[\p{L}\p{N}]/u;
const split = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
// Words parted by one space and with a space at both ends: " dua" is found at the beginning of a word.
const spaced = (text) => ` ${split(text).join(" ")} `;

const plans = (window.searchPlans ?? []).map(([id, name, province, year]) => ({ id, name, about: `${name} ${province} ${year}` }));
const tasks = (window.searchTasks ?? []).map(([plan, number, text, time, bodies, lines]) => {
  const all = spaced(printed([text, number, time, bodies, plans[plan].about].join(" ")));
  return { plan: plans[plan], number, text, time, bodies, lines, printed: all, plain: plain(all) };
});

// A word typed without marks is found with any; a word typed with marks only as it is typed. All words in one run come first.
function search(typed) {
  const words = split(printed(typed)).map((word) => [word, plain(word) === word ? "plain" : "printed"]);
  if (!words.length) return [];
  const found = tasks.filter((task) => words.every(([word, where]) => task[where].includes(` ${word}`)));
  const phrase = ` ${words.map(([word]) => word).join(" ")}`;
  const together = found.filter((task) => task.plain.includes(phrase) || task.printed.includes(phrase));
  return [...together, ...found.filter((task) => !together.includes(task))];
}

// The text with the words that were looked for marked; all of it stays text.
function marked(text, typed) {
  const shown = text.normalize("NFC");
  const letters = printed(shown);
  const whole = letters.length === shown.length;
  const spans = whole ? split(printed(typed)).flatMap((word) => places(plain(word) === word ? plain(letters) : letters, word)) : [];
  const pieces = [];
  let at = 0;
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    if (from < at) continue;
    const mark = document.createElement("mark");
    mark.textContent = shown.slice(from, to);
    pieces.push(shown.slice(at, from), mark);
    at = to;
  }
  return [...pieces, shown.slice(at)];
}

function places(text, word) {
  const found = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (!at || !LETTER.test(text[at - 1])) found.push([at, at + word.length]);
  }
  return found;
}

function entry(task, typed) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const where = document.createElement("p");
  link.href = `plans/${encodeURIComponent(task.plan.id)}.html#${task.lines}`;
  link.append(...marked(task.text, typed));
  const told = [task.plan.name, task.number && `nhiệm vụ ${task.number}`, task.time, task.bodies, lineNumbers(task.lines)];
  where.append(...marked(told.filter(Boolean).join(" · "), typed));
  item.append(link, where);
  return item;
}

const lineNumbers = (lines) => `dòng ${lines.replace("-", "–").replaceAll("L", "")}`;

const input = document.getElementById("wanted");
const count = document.getElementById("count");
const list = document.getElementById("found");
const more = document.getElementById("more");
let found = [];

function showMore() {
  const from = list.children.length;
  list.append(...found.slice(from, from + SHOWN_AT_ONCE).map((task) => entry(task, input.value)));
  more.hidden = list.children.length >= found.length;
  return list.children[from];
}

const grouped = (number) => number.toLocaleString("vi");

function show() {
  found = search(input.value);
  list.replaceChildren();
  showMore();
  const those = new Set(found.map((task) => task.plan)).size;
  if (!input.value.trim()) count.textContent = `${grouped(tasks.length)} nhiệm vụ trong ${grouped(plans.length)} kế hoạch.`;
  else if (!found.length) count.textContent = "Không tìm thấy nhiệm vụ nào; hãy thử ít chữ hơn, hoặc gõ không dấu.";
  else count.textContent = `Tìm thấy ${grouped(found.length)} nhiệm vụ trong ${grouped(those)} kế hoạch.`;
}

function remember() {
  const address = new URL(location.href);
  address.search = input.value ? `?q=${encodeURIComponent(input.value)}` : "";
  history.replaceState(null, "", address);
}

function listPlans() {
  document.getElementById("plans").append(...plans.map((plan) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `plans/${encodeURIComponent(plan.id)}.html`;
    link.textContent = plan.name;
    item.append(link);
    return item;
  }));
}

input.value = new URLSearchParams(location.search).get("q") ?? "";
input.addEventListener("input", () => {
  show();
  remember();
});
input.form.addEventListener("submit", (event) => event.preventDefault());
more.addEventListener("click", () => showMore()?.querySelector("a").focus());
listPlans();
show();
document.documentElement.dataset.ready = "true";
