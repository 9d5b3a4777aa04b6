import { cut } from '#shared/text/cut.ts';

/** A line as people list tracks: `A1 Title 4:12`, with or without its position and its length. */
const LINE = /^(?:(?:[A-Z]{1,2}\d{1,2}|\d{1,2}(?:-\d{1,2})?)[.):]?\s+)?(.+?)(?:\s+[(]?(\d{1,3}):([0-5]\d)[)]?)?$/;

/** The tracks of a list that was typed or pasted, one a line. */
export function listedTracks(text: string): { title: string; durationSeconds?: number }[] {
  return text.split('\n').flatMap((line) => {
    const [, title, minutes, seconds] = LINE.exec(line.trim()) ?? [];
    return title === undefined ? [] : { title: cut(title, 300, 300), ...(minutes !== undefined && { durationSeconds: Number(minutes) * 60 + Number(seconds) }) };
  });
}
