import { cut } from '#shared/text/cut.ts';
import type { ReviewPage } from './pages.ts';

/** As wide and high as what telephones share upright. */
const WIDTH = 1080;
const HEIGHT = 1350;
const MARGIN = 84;
/** More do not fit into a line, however narrow they are. */
const MOST_LETTERS = 200;
const SERIF = "'Newsreader Variable', Palatino, Georgia, serif";
const SANS = "'Hanken Grotesk Variable', system-ui, sans-serif";

/** Colours of the page as it is shown, so that the picture follows the theme. */
export interface Palette {
  ground: string;
  ink: string;
  quiet: string;
  accent: string;
}

export interface PictureTexts {
  /** Above the title: the year. */
  kicker: string;
  /** At the foot. */
  foot: string;
}

/**
 * Draws a page of the review on this device. `coverOf` gives the address of a row's cover, null where there is none.
 * @throws {Error} where the browser makes no picture of a canvas.
 */
export async function pictureOf(
  page: ReviewPage,
  texts: PictureTexts,
  palette: Palette,
  coverOf: (albumId: string) => string | null,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('This browser gives no canvas to draw on');
  draw.fillStyle = palette.ground;
  draw.fillRect(0, 0, WIDTH, HEIGHT);

  const covers = await Promise.all(
    page.rows.map(({ albumId }) => (albumId ? load(coverOf(albumId)) : Promise.resolve(null))),
  );
  const write = (
    text: string,
    x: number,
    y: number,
    font: string,
    colour: string,
    room: number,
    align: CanvasTextAlign = 'left',
  ) => {
    draw.font = font;
    draw.fillStyle = colour;
    draw.textAlign = align;
    draw.fillText(shortened(draw, text, room), x, y);
  };
  const wide = WIDTH - 2 * MARGIN;
  write(texts.kicker, MARGIN, 132, `600 40px ${SANS}`, palette.accent, wide);
  write(page.title, MARGIN, 232, `380 86px ${SERIF}`, palette.ink, wide);
  let top = 290;
  if (page.sentence) {
    for (const line of wrapped(draw, page.sentence, `380 40px ${SERIF}`, wide)) {
      write(line, MARGIN, top + 30, `380 40px ${SERIF}`, palette.quiet, wide);
      top += 52;
    }
    top += 24;
  }

  const height = Math.min(128, (HEIGHT - 150 - top) / Math.max(1, page.rows.length));
  const size = height - 18;
  const indent = page.rows.some(({ albumId }) => albumId) ? size + 30 : 0;
  page.rows.forEach((row, index) => {
    const y = top + index * height;
    draw.fillStyle = palette.quiet;
    draw.globalAlpha = 0.35;
    draw.fillRect(MARGIN, y, wide, 2);
    draw.globalAlpha = 1;
    const cover = covers[index];
    if (cover) draw.drawImage(cover, MARGIN, y + 10, size, size);
    write(row.value, WIDTH - MARGIN, y + height / 2 + 14, `420 40px ${SERIF}`, palette.ink, 360, 'right');
    const room = wide - indent - draw.measureText(row.value).width - 40;
    const middle = y + height / 2 + 13;
    write(row.name, MARGIN + indent, row.detail ? middle - 16 : middle, `440 38px ${SERIF}`, palette.ink, room);
    if (row.detail) write(row.detail, MARGIN + indent, middle + 24, `400 27px ${SANS}`, palette.quiet, room);
  });
  write(texts.foot, MARGIN, HEIGHT - 66, `400 28px ${SANS}`, palette.quiet, wide);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('This browser made no picture of the canvas'))),
      'image/png',
    );
  });
}

/** A cover that does not come leaves its place empty. */
async function load(source: string | null): Promise<HTMLImageElement | null> {
  if (source === null) return null;
  const image = new Image();
  image.src = source;
  return image.decode().then(
    () => image,
    () => null,
  );
}

function shortened(draw: CanvasRenderingContext2D, text: string, room: number): string {
  if (draw.measureText(text).width <= room) return text;
  for (let letters = Math.min(text.length, MOST_LETTERS); letters > 1; letters -= 1) {
    const beginning = `${cut(text, letters).trimEnd()}…`;
    if (draw.measureText(beginning).width <= room) return beginning;
  }
  return `${cut(text, 1)}…`;
}

function wrapped(draw: CanvasRenderingContext2D, text: string, font: string, room: number): string[] {
  draw.font = font;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && draw.measureText(`${last} ${word}`).width <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
