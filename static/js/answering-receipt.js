/* The receipt: a QR code of the four words, drawn here because the words never travel, and a photo to keep. */
import { generate } from "../vendor/lean-qr/nano.mjs";

const QUIET = 4;
const COLOURS = ["--sun-wash", "--sky-wash", "--leaf-wash", "--coral-wash"];
const SVG = "http://www.w3.org/2000/svg";

function dark(code) {
  const cells = [];
  for (let y = 0; y < code.size; y += 1) for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) cells.push([x, y]);
  return cells;
}

/* Draw the QR code into the receipt `section`, and let its button save a photo. */
export function draw(section, words) {
  const place = section.querySelector("[data-qr]");
  const code = generate(`${place.dataset.address}#${words.join("-")}`);
  const size = code.size + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", place.dataset.alt);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("fill", "#1d2140");
  path.setAttribute("d", dark(code).map(([x, y]) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`).join(""));
  svg.append(path);
  place.replaceChildren(svg);
  const save = section.querySelector("[data-photo]"); // not on a tablet that others use next
  if (save) save.onclick = () => photo(code, words, place.dataset.address, save.dataset);
}

async function photo(code, words, address, { file, title, foot }) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1080, height: 1500 });
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(document.body);
  const colour = (name) => style.getPropertyValue(name);
  const write = (text, x, y, size, weight = 700) => {
    pen.font = `${weight} ${size}px ${style.fontFamily}`;
    pen.fillText(text, x, y, 940);
  };
  const box = (x, y, width, height, fill) => {
    pen.fillStyle = fill;
    pen.beginPath();
    pen.roundRect ? pen.roundRect(x, y, width, height, 40) : pen.rect(x, y, width, height);
    pen.fill();
    pen.fillStyle = "#1d2140";
  };
  box(-50, -50, 1200, 1700, "#fffaf2");
  pen.textAlign = "center";
  write(title, 540, 140, 72);
  words.forEach((word, i) => {
    const [x, y] = [70 + (i % 2) * 480, 210 + Math.floor(i / 2) * 190];
    box(x, y, 460, 170, colour(COLOURS[i]));
    pen.font = `700 60px ${style.fontFamily}`;
    pen.fillText(word, x + 230, y + 105, 430);
  });
  box(240, 620, 600, 600, "#ffffff");
  const cell = Math.floor(560 / (code.size + 2 * QUIET));
  const edge = Math.round(540 - (cell * code.size) / 2);
  const top = Math.round(920 - (cell * code.size) / 2);
  for (const [x, y] of dark(code)) pen.fillRect(edge + x * cell, top + y * cell, cell, cell);
  write(foot, 540, 1310, 44, 400);
  write(address.replace(/^https?:\/\//, ""), 540, 1380, 52);
  canvas.toBlob((blob) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${file}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }, "image/png");
}
