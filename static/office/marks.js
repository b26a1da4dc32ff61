// Two small drawings: what chance leaves open of a share, and how a share went. The same is said in words beside them.
const SVG = "http://www.w3.org/2000/svg";
const DAY = 86_400_000;

function draw(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const picture = (kind, width, height, ...parts) => draw("svg", {
  class: kind, viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", focusable: "false",
}, ...parts);

/** The least share that all drawings of a table begin at, in tenths. */
export function floorOf(shares) {
  return Math.min(0.9, Math.floor(10 * Math.min(1, ...shares)) / 10);
}

/** A share as a dot on the span where the true one lies. */
export function spanBar(share, [low, high], floor) {
  const [width, height] = [140, 16];
  const at = (value) => Math.round(10 * (4 + ((width - 8) * (value - floor)) / (1 - floor))) / 10;
  return picture("span-bar", width, height,
    draw("rect", { class: "ground", x: 0, y: 6, width, height: 4, rx: 2 }),
    draw("rect", { class: "reach", x: at(low), y: 3, width: Math.max(2, at(high) - at(low)), height: 10, rx: 5 }),
    draw("circle", { class: "share", cx: at(share), cy: 8, r: 4 }));
}

/** The share of each day or week as a thin line, that between changes as a thick one, changes as uprights. */
export function sparkline(row, first, last) {
  const [width, height] = [150, 34];
  const floor = floorOf(row.points.map((point) => point.positive));
  const [from, until] = [Date.parse(first), Math.max(Date.parse(last), Date.parse(first) + DAY)];
  const x = (day) => (3 + ((width - 6) * (Date.parse(day) - from)) / (until - from)).toFixed(1);
  const y = (share) => (3 + (height - 6) * (1 - (share - floor) / (1 - floor))).toFixed(1);
  const line = row.points.map((point) => `${x(point.first)},${y(point.positive)}`).join(" ");
  return picture("sparkline", width, height,
    draw("line", { class: "top", x1: 0, x2: width, y1: y(1), y2: y(1) }),
    draw("polyline", { class: "days", points: line }),
    ...row.changes.map((change) => draw("line", { class: "change", x1: x(change.first), x2: x(change.first), y1: 0, y2: height })),
    ...pieces(row).map(({ start, end, share }) => draw("line", { class: "piece", x1: x(start), x2: x(end), y1: y(share), y2: y(share) })));
}

/** Between two changes, and before the first and after the last: one share. */
function pieces({ points, changes, positive }) {
  if (points.length < 2) return [];
  const cuts = [points[0].first, ...changes.map((change) => change.first), points.at(-1).first];
  const shares = changes.length ? [changes[0].before, ...changes.map((change) => change.after)] : [overall(points) ?? positive];
  return shares.map((share, at) => ({ start: cuts[at], end: cuts[at + 1], share }));
}

function overall(points) {
  const n = points.reduce((sum, point) => sum + point.n, 0);
  return n ? points.reduce((sum, point) => sum + point.n * point.positive, 0) / n : null;
}
