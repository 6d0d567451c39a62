// Scenes into screens: a list that is longer than the screen goes on to the next one instead of shrinking.

const SLACK = 0.01;

// The rows of a scene's list, in runs that fit: heights are read once, then it is arithmetic. A heading row
// ([data-head]) never ends a screen.
function runsThatFit(rows, first, following) {
  const heights = rows.map((row) => row.getBoundingClientRect().height);
  const full = runsOf(rows, heights, first, following);
  // As few screens as that, filled as evenly as they can be: no last row alone on a screen.
  for (let share = 0.5; share < 1; share += 0.02) {
    const even = runsOf(rows, heights, first * share, following * share);
    if (even.length === full.length) return even;
  }
  return full;
}

function runsOf(rows, heights, first, following) {
  const runs = [];
  let start = 0;
  let room = first;
  while (start < rows.length) {
    let end = start;
    let used = 0;
    while (end < rows.length && used + heights[end] <= room) used += heights[end++];
    while (end > start && end < rows.length && rows[end - 1].hasAttribute("data-head")) end -= 1;
    // One row at least, unless the first screen has no room for any beside what else stands there.
    if (end === start && (runs.length || room >= following)) end += 1;
    runs.push([start, end]);
    room = following;
    start = end;
  }
  return runs;
}

// What a screen has room for beside everything but the rows, measured in the place itself.
function roomWithoutRows(scene, keepOthers) {
  const copy = scene.cloneNode(true);
  const list = lastList(copy);
  list.replaceChildren();
  if (!keepOthers) dropOtherBlocks(copy, list);
  count(copy, 88, 88);
  scene.after(copy);
  const body = copy.querySelector(".body");
  const room = body.clientHeight - body.querySelector(".content").getBoundingClientRect().height;
  copy.remove();
  // Fractions of pixels are rounded row by row.
  return room - body.clientHeight * SLACK;
}

function count(scene, part, parts) {
  const counted = document.createElement("small");
  counted.textContent = ` (${part}/${parts})`;
  scene.querySelector("h1").append(counted);
}

function lastList(scene) {
  return [...scene.querySelectorAll("[data-rows]")].pop();
}

function dropOtherBlocks(scene, list) {
  for (const block of scene.querySelectorAll(".block")) if (!block.contains(list)) block.remove();
}

function screenOf(scene, rows, [start, end], part, parts) {
  const copy = scene.cloneNode(true);
  const list = lastList(copy);
  const heading = rows.slice(0, start + 1).findLast((row) => row.hasAttribute("data-head"));
  const continued = heading && heading !== rows[start] ? [heading] : [];
  list.replaceChildren(...[...continued, ...rows.slice(start, end)].map((row) => row.cloneNode(true)));
  if (part > 1) dropOtherBlocks(copy, list);
  else if (start === end) list.closest(".block").remove();
  if (part < parts) copy.querySelector("[data-end]")?.remove();
  copy.dataset.part = part;
  count(copy, part, parts);
  return copy;
}

// The screens of a deck whose scenes stand as they came from the server; on a phone scenes scroll and stay whole.
function splitIntoScreens(deck) {
  if (window.matchMedia("(max-width: 640px)").matches) return;
  for (const scene of deck.querySelectorAll(".scene")) {
    const body = scene.querySelector(".body");
    const list = lastList(scene);
    const tall = body.querySelector(".content").getBoundingClientRect().height;
    if (!list || tall <= body.clientHeight + 1) continue;
    const rows = [...list.children];
    // A heading that is repeated takes room too.
    const head = rows.find((row) => row.hasAttribute("data-head"));
    const repeated = head ? head.getBoundingClientRect().height : 0;
    const runs = runsThatFit(rows, roomWithoutRows(scene, true), roomWithoutRows(scene, false) - repeated);
    scene.replaceWith(...runs.map((run, index) => screenOf(scene, rows, run, index + 1, runs.length)));
  }
}
