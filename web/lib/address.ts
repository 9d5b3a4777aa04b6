import { parseDayKey } from '#shared/journal/dates.ts';
import { cut } from '#shared/text/cut.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';

/** What an address says that cannot be: the name of a parameter, or of a part of the path, and its text, short enough to be shown. */
export interface Wrong {
  name: string;
  text: string;
  /** A day that the calendar has, and that is still to come. */
  toCome?: true;
}

/** Letters of an address that are shown of what is wrong with it. */
const SHOWN = 60;
const DAY_MS = 86_400_000;
/** Letters of words and names in an address. */
const MOST_LETTERS = 300;

/**
 * Reads an address part by part. Each part is checked; one that cannot be is left out and noted in `wrong`, so that the page can say so
 * instead of showing something else than was asked for. Parts that nobody asks for are passed over: other programs add their own.
 */
export class Address {
  readonly wrong: Wrong[] = [];
  readonly #params: URLSearchParams;

  constructor(params: URLSearchParams) {
    this.#params = params;
  }

  /** A day that the calendar has, of the years that anything can have been heard in: `2026-11-29`. */
  day(name: string): string | undefined {
    return this.#checked(name, isDay);
  }

  /** A whole number from `least` to `most`. */
  whole(name: string, least: number, most: number): number | undefined {
    const text = this.#checked(
      name,
      (given) => /^-?\d{1,15}$/.test(given) && Number(given) >= least && Number(given) <= most,
    );
    return text === undefined ? undefined : Number(text);
  }

  /** The first year of ten: `1970`. */
  decade(name: string): number | undefined {
    const year = this.whole(name, 0, 9_990);
    if (year === undefined || year % 10 === 0) return year;
    this.note(name, String(year));
    return undefined;
  }

  /** One of a few words. */
  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    return this.#checked(name, (given) => (choices as readonly string[]).includes(given)) as T | undefined;
  }

  /** The id of a document, as the server or a device gives it. */
  id(name: string): string | undefined {
    return this.#checked(name, isDocumentId);
  }

  /** Words or a name; blank ones are none. */
  text(name: string): string | undefined {
    const given = this.#params.get(name);
    return given === null || given.trim() === ''
      ? undefined
      : this.#checked(name, (text) => text.length <= MOST_LETTERS);
  }

  /** `1` or nothing written after it, or not there at all. */
  flag(name: string): boolean {
    return this.#checked(name, (given) => given === '1' || given === '') !== undefined;
  }

  /** Whether the part stands there at all, whatever it says. */
  has(name: string): boolean {
    return this.#params.has(name);
  }

  /** Two days, the earlier first; one of them alone is open to the other side. */
  days(from: string, to: string): { from?: string; to?: string } {
    const [first, last] = [this.day(from), this.day(to)];
    if (first !== undefined && last !== undefined && last < first) {
      this.note(to, last);
      return {};
    }
    return { ...(first !== undefined && { from: first }), ...(last !== undefined && { to: last }) };
  }

  /** Something else about it cannot be. */
  note(name: string, text: string): void {
    this.wrong.push({ name, text: cut(wellFormed(text), SHOWN, SHOWN) });
  }

  /**
   * Notes a day that is still to come wherever one is.
   * @param now milliseconds since the epoch.
   */
  noteToCome(name: string, day: string | undefined, now: number): void {
    if (day !== undefined && isToCome(day, now)) this.wrong.push({ name, text: day, toCome: true });
  }

  #checked(name: string, isPossible: (given: string) => boolean): string | undefined {
    const all = this.#params.getAll(name);
    const [given] = all;
    if (given === undefined) return undefined;
    if (all.length === 1 && isPossible(given)) return given;
    this.note(name, all.join(', '));
    return undefined;
  }
}

/** Whether a day is still to come wherever one is. @param now milliseconds since the epoch. */
export const isToCome = (day: string, now: number): boolean => day > new Date(now + DAY_MS).toISOString().slice(0, 10);

/** Years beyond are slips, and nothing was recorded in them. */
export function isDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  try {
    parseDayKey(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The server's ids are numbers, a device's are UUIDs. */
export const isDocumentId = (text: string): boolean =>
  /^[1-9]\d{0,14}$/.test(text) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
