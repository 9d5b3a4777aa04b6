import { cut } from '#shared/text/cut.ts';

/** A position as it is printed: `A1`, `1-03`, or a number that something follows: `2.` */
const POSITION = /^(?:(?:[A-Z]{1,2}\d{1,2}|\d{1,2}-\d{1,2})[.):]?|\d{1,2}[.):])\s+(?=\S)/;
/** A number alone is a position or the beginning of a title: `7 Seconds`. */
const NUMBER = /^(\d{1,2})\s+(?=\S)/;
const LENGTH = /\s+[(]?(?:(1?\d|2[0-3]):(?=[0-5]\d:))?(\d{1,3}):([0-5]\d)[)]?$/;

/** The tracks of a list that was typed or pasted, one a line, as people list them: `A1 Title 4:12`, with or without position and length. */
export function listedTracks(text: string): { title: string; durationSeconds?: number }[] {
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  const numbers = lines.map((line) => Number(NUMBER.exec(line)?.[1]));
  return lines.map((line, at) => {
    const [number = NaN, before, after] = [numbers[at], numbers[at - 1], numbers[at + 1]];
    // It counts the lines.
    const isCounted = number === 1 || before === number - 1 || after === number + 1;
    const named = line.replace(isCounted ? NUMBER : POSITION, '');
    const [length, hours = 0, minutes, seconds] = LENGTH.exec(named) ?? [];
    const title = cut(length === undefined ? named : named.slice(0, -length.length), 300, 300);
    return {
      title,
      ...(length !== undefined && { durationSeconds: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds) }),
    };
  });
}
