import { foldForSearch } from '#shared/matching/fold.ts';
import { indexTerms, soughtTerms } from '#shared/matching/searchTerms.ts';
import { SHORTEST_FORGIVEN } from '#shared/matching/typing.ts';
import { TermDictionary } from './termDictionary.ts';

export type NameKind = 'artist' | 'album' | 'track' | 'playlist';

/** A name that can be found. */
export interface Named {
  kind: NameKind;
  id: string;
  name: string;
  /** Words that find it too without being its name: the artist of an album or a track. */
  detail: string;
  /** The track's owner. */
  ownerId?: number;
}

export interface Found {
  item: Named;
  score: number;
}

/** A word of the query was met by … */
const WHOLE_WORD = 30;
const PREFIX = 20;
const NEARLY = 8;
/** … and in the detail instead of the name it counts for less. */
const IN_DETAIL = 0.4;

const KIND_WEIGHT: Record<NameKind, number> = { artist: 6, album: 4, playlist: 3, track: 0 };

interface Posting {
  items: number[];
  /** 1 where the word is in the name, 0 where it is only in the detail. */
  inName: number[];
}

/**
 * Finds names by words in any order, the last of which may be unfinished, accents folded, one typing error a word forgiven; Chinese,
 * Japanese and Korean by any part.
 * Items are added and replaced one at a time; nothing is rebuilt.
 */
export class NameIndex {
  readonly #terms = new TermDictionary();
  readonly #postings: Posting[] = [];
  readonly #items: (Named | undefined)[] = [];
  readonly #lengths: number[] = [];
  readonly #folded: string[] = [];
  readonly #places = new Map<string, number>();
  /** The tracks of an album come one after the other, with the same detail. */
  #lastDetail: { text: string; terms: ReadonlySet<string> } = { text: '', terms: new Set() };

  /** How many names can be found. */
  get size(): number {
    return this.#places.size;
  }

  set(item: Named): void {
    const key = keyOf(item.kind, item.id);
    const known = this.#places.get(key);
    if (known !== undefined) {
      const before = this.#items[known]!;
      if (before.name === item.name && before.detail === item.detail) {
        this.#items[known] = item;
        return;
      }
      this.#items[known] = undefined;
    }
    const place = this.#items.push(item) - 1;
    this.#places.set(key, place);
    const folded = fold(item.name);
    this.#folded.push(folded);
    this.#lengths.push(folded.length);
    const own = new Set(indexTerms(folded));
    for (const word of own) this.#post(word, place, 1);
    for (const word of this.#termsOfDetail(item.detail)) if (!own.has(word)) this.#post(word, place, 0);
  }

  get(kind: NameKind, id: string): Named | undefined {
    const place = this.#places.get(keyOf(kind, id));
    return place === undefined ? undefined : this.#items[place];
  }

  remove(kind: NameKind, id: string): void {
    const key = keyOf(kind, id);
    const place = this.#places.get(key);
    if (place === undefined) return;
    this.#items[place] = undefined;
    this.#places.delete(key);
  }

  /** The best of each kind, best first; `limit` of each. */
  find(query: string, limit: number): Map<NameKind, Found[]> {
    const folded = foldForSearch(query);
    const typed = [...new Set(soughtTerms(folded).flat())].slice(0, 8);
    const best = new Map<NameKind, Found[]>(Object.keys(KIND_WEIGHT).map((kind) => [kind as NameKind, []]));
    if (typed.length === 0) return best;
    const scores = new Float32Array(this.#items.length);
    const met = new Uint8Array(this.#items.length);
    typed.forEach((word, index) => this.#score(word, index, scores, met));
    for (let place = 0; place < scores.length; place++) {
      const item = this.#items[place];
      if (!item || met[place] !== typed.length) continue;
      insert(best.get(item.kind)!, { item, score: scores[place]! + this.#bonus(place, item.kind, folded) }, limit);
    }
    return best;
  }

  /** Puts in order what was added, so that the next search need not. */
  settle(): void {
    this.#terms.settle();
  }

  #termsOfDetail(text: string): ReadonlySet<string> {
    if (this.#lastDetail.text !== text) this.#lastDetail = { text, terms: new Set(indexTerms(fold(text))) };
    return this.#lastDetail.terms;
  }

  #post(word: string, place: number, inName: 0 | 1): void {
    if (word === '') return;
    const posting = (this.#postings[this.#terms.numberOf(word)] ??= { items: [], inName: [] });
    posting.items.push(place);
    posting.inName.push(inName);
  }

  /** Adds what this word of the query earns each item, once an item, and counts that it was met. */
  #score(typed: string, index: number, scores: Float32Array, met: Uint8Array): void {
    const earned = new Float32Array(scores.length);
    const exact = this.#terms.startingWith(typed);
    const forgive = typed.length >= SHORTEST_FORGIVEN;
    const nearly = forgive ? this.#terms.nearly(typed) : [];
    for (const word of nearly) this.#earn(word, NEARLY, earned);
    for (const word of exact) this.#earn(word, this.#terms.texts[word] === typed ? WHOLE_WORD : PREFIX, earned);
    for (let place = 0; place < earned.length; place++) {
      if (earned[place] === 0 || met[place] !== index) continue;
      scores[place]! += earned[place]!;
      met[place] = index + 1;
    }
  }

  #earn(word: number, worth: number, earned: Float32Array): void {
    const { items, inName } = this.#postings[word]!;
    for (let index = 0; index < items.length; index++) {
      const value = inName[index] === 1 ? worth : worth * IN_DETAIL;
      if (value > earned[items[index]!]!) earned[items[index]!] = value;
    }
  }

  /** The whole name typed, or its beginning, and short names before long ones. */
  #bonus(place: number, kind: NameKind, folded: string): number {
    const name = this.#folded[place]!;
    const begins = name === folded ? 40 : name.startsWith(folded) ? 15 : 0;
    return KIND_WEIGHT[kind] + begins - Math.min(10, this.#lengths[place]! / 10);
  }
}

/** Lower case first: plain ASCII is then folded without a second look. */
function fold(text: string): string {
  return foldForSearch(text.toLowerCase());
}

function keyOf(kind: NameKind, id: string): string {
  return `${kind} ${id}`;
}

/** Keeps a short list in order, best first. */
function insert(list: Found[], found: Found, limit: number): void {
  if (list.length === limit && list[limit - 1]!.score >= found.score) return;
  let place = list.length;
  while (place > 0 && list[place - 1]!.score < found.score) place--;
  list.splice(place, 0, found);
  if (list.length > limit) list.pop();
}
