import { containsTokens, isSlip } from './closeness.ts';
import { remembered } from './memo.ts';
import type { Spelling } from './spelling.ts';
import { incomparable, isMaskedAs, sameSpelling, spellingOf } from './spelling.ts';
import { NUMBERED_BEFORE, normalizeTitle } from './title.ts';
import type { VersionKind } from './versionKinds.ts';
import { isSameRecording } from './versionKinds.ts';
import type { Version } from './versions.ts';
import type { Movement } from './works.ts';
import { movementOf, sameMovement } from './works.ts';

/**
 * How the names of two tracks or albums relate: one spelling; one a part of the other (a subtitle left out); a slip;
 * a number that only one bears; writing systems that cannot be compared; two names.
 */
export type NameRelation = 'same' | 'part' | 'close' | 'number-missing' | 'other-script' | 'different';

/** How their remarks relate: alike; differing in dress only; one says what the other leaves out; contradicting. */
export type VersionRelation = 'same' | 'dress' | 'omitted' | 'conflict';

export interface TitleForm {
  core: Spelling;
  /** The name without brackets and what follows a colon or dash. */
  stem: Spelling;
  /** What follows a composer or series: "Tosca" of "Puccini: Tosca". */
  tail: Spelling;
  /** Of a catalogued work, the movement. */
  movement: Movement | undefined;
  versions: readonly Version[];
  /** The remarks that make it a recording of its own. */
  own: readonly Version[];
}

const SUBTITLE = /\s*(?:[:;–—]\s|\s[-/]\s).*$|\s*[([{（【].*?[)\]}）】]/gu;
const BEFORE_COLON = /^[^:]+:\s+(?=\S)/u;

/** A title parsed for comparison; memoised. */
export const titleForm: (title: string) => TitleForm = remembered((title) => {
  const { core, versions } = normalizeTitle(title.replace(NUMBERED_BEFORE, ''));
  const stem = core.replace(SUBTITLE, '').trim();
  return {
    core: spellingOf(core),
    stem: spellingOf(stem === '' ? core : stem),
    tail: spellingOf(core.replace(BEFORE_COLON, '')),
    movement: movementOf(core),
    versions,
    own: versions.filter((version) => !isSameRecording(version.kind)),
  };
});

/** Compares the names, whatever their remarks on the version. */
export function relateNames(a: TitleForm, b: TitleForm): NameRelation {
  if (sameSpelling(a.core, b.core) || isMaskedAs(a.core, b.core) || isMaskedAs(b.core, a.core)) return 'same';
  if (sameMovement(a.movement, b.movement)) return 'part';
  if (incomparable(a.core, b.core)) return 'other-script';
  if (a.core.numbers !== b.core.numbers) return onlyNumberMissing(a.core, b.core) ? 'number-missing' : 'different';
  if (isSlip(a.core, b.core)) return 'close';
  const subtitleLeftOut = [a.stem, a.tail].some((part) => sameSpelling(part, b.core));
  const subtitleAdded = [b.stem, b.tail].some((part) => sameSpelling(part, a.core));
  return subtitleLeftOut || subtitleAdded || containsTokens(a.core.tokens, b.core.tokens, 2) ? 'part' : 'different';
}

/** Compares the remarks. `detail` separates two concerts, two remixers and two languages. */
export function relateVersions(a: TitleForm, b: TitleForm): VersionRelation {
  if (a.own.length === 0 && b.own.length === 0) return a.versions.length === b.versions.length ? 'same' : 'dress';
  if (a.own.length === 0 || b.own.length === 0) return 'omitted';
  const agreeing = a.own.some((one) => b.own.some((other) => agree(one, other)));
  const contradicting = a.own.some((one) => b.own.some((other) => one.kind === other.kind && !agree(one, other)));
  return agreeing && !contradicting ? 'same' : 'conflict';
}

/** The kinds of own recordings that a title names. */
export function ownKinds(form: TitleForm): VersionKind[] {
  return form.own.map((version) => version.kind);
}

function agree(one: Version, other: Version): boolean {
  if (one.kind !== other.kind) return false;
  if (one.detail === '' || other.detail === '') return true;
  const tokens = new Set(one.detail.split(' '));
  return other.detail.split(' ').some((word) => tokens.has(word));
}

/** "Echoes" against "Echoes, Part 1": all else alike, and a number on one side only. */
function onlyNumberMissing(a: Spelling, b: Spelling): boolean {
  if (a.numbers !== '' && b.numbers !== '') return false;
  const [numbered, bare] = a.numbers === '' ? [b, a] : [a, b];
  const tokens = numbered.tokens.filter((word) => !/^\p{N}+$/u.test(word) && !/^(?:part|vol|no)$/u.test(word));
  if (bare.tokens.length > tokens.length) return false;
  return tokens.join('') === bare.squeezed || containsTokens(bare.tokens, tokens, 3);
}
