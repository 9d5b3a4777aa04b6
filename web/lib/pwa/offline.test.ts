import { describe, expect, it } from 'vitest';
import en from '../i18n/en/index.ts';
import fr from '../i18n/fr/index.ts';
import { type OfflineFacts, type OfflineState, offlineState, refusalOf } from './offline.ts';

/** Everything is here. */
const WHOLE: OfflineFacts = {
  secure: true,
  workers: true,
  refusal: null,
  active: true,
  controlled: true,
  files: { here: 90, of: 90 },
  isPersisted: true,
  failure: null,
  complete: true,
  progress: 100,
  online: true,
  held: false,
  unreadable: 0,
  asOf: 1_790_000_000_000,
};
const FIRST_VISIT = { active: false, controlled: false, files: null } as const;

const CASES: [what: string, wrong: Partial<OfflineFacts>, expected: OfflineState][] = [
  ['plain http', { secure: false, workers: false, ...FIRST_VISIT }, { kind: 'http' }],
  ['no service workers', { workers: false, ...FIRST_VISIT }, { kind: 'unsupported' }],
  ['a certificate nobody trusts', { refusal: 'certificate', ...FIRST_VISIT }, { kind: 'certificate' }],
  ['workers blocked by a setting', { refusal: 'blocked', ...FIRST_VISIT }, { kind: 'blocked' }],
  ['files that did not come', { refusal: 'unreachable', ...FIRST_VISIT }, { kind: 'unreachable' }],
  ['a first visit that has just begun', FIRST_VISIT, { kind: 'starting' }],
  [
    'files that are being fetched',
    { ...FIRST_VISIT, files: { here: 12, of: 90 } },
    { kind: 'files', here: 12, of: 90 },
  ],
  ['a page loaded past its worker', { controlled: false }, { kind: 'past' }],
  ['files not counted yet', { files: null }, { kind: 'checking' }],
  ['a file gone from the shell', { files: { here: 89, of: 90 } }, { kind: 'torn', n: 1 }],
  ['a window that stores nothing', { isPersisted: false }, { kind: 'refused' }],
  ['a full disk', { failure: 'quota-exceeded' }, { kind: 'full' }],
  ['a copy that was deleted', { failure: 'storage-lost' }, { kind: 'lost' }],
  ['a copy that cannot be opened', { failure: 'replica-failed' }, { kind: 'failed' }],
  ['a copy not opened yet', { isPersisted: null }, { kind: 'checking' }],
  ['a first sync under way', { complete: false, progress: 40 }, { kind: 'arriving', percent: 40 }],
  ['a first sync broken off', { complete: false, progress: 40, online: false }, { kind: 'incomplete' }],
  ['another library at the server', { held: true }, { kind: 'held' }],
  ['something that cannot be read', { unreadable: 2 }, { kind: 'unreadable', n: 2 }],
  ['news under way', { progress: 99 }, { kind: 'behind', percent: 99 }],
];

describe('what is said of working offline', () => {
  it('that it does, when nothing is missing', () => {
    expect(offlineState(WHOLE)).toEqual({ kind: 'works' });
  });

  it('since when, while the server does not answer', () => {
    expect(offlineState({ ...WHOLE, online: false, progress: 99 })).toEqual({ kind: 'since', at: WHOLE.asOf });
  });

  it.each(CASES)('not with %s', (_what, wrong, expected) => {
    expect(offlineState({ ...WHOLE, ...wrong })).toEqual(expected);
  });

  it('still that it does, when only a later look for a new version was refused', () => {
    expect(offlineState({ ...WHOLE, refusal: 'certificate' })).toEqual({ kind: 'works' });
  });

  it('has a sentence of its own for each, in both languages', () => {
    const kinds = [...new Set([...CASES.map(([, , { kind }]) => kind), 'works', 'since'])];
    for (const messages of [en, fr]) {
      const sentences = kinds.map((kind) => (messages as Record<string, unknown>)[`offline.${kind}`]);
      expect(sentences.filter((sentence) => sentence === undefined)).toEqual([]);
      expect(new Set(sentences).size).toBe(kinds.length);
    }
  });
});

describe('why a service worker was refused', () => {
  it.each([
    [
      'certificate',
      'SecurityError',
      'Failed to register a ServiceWorker: An SSL certificate error occurred when fetching the script.',
    ],
    [
      'blocked',
      'SecurityError',
      'Failed to register a ServiceWorker: The user denied permission to use Service Worker.',
    ],
    [
      'blocked',
      'NotSupportedError',
      'Failed to register a ServiceWorker: The user denied permission to use Service Worker.',
    ],
    ['blocked', 'SecurityError', 'The operation is insecure.'],
    [
      'unreachable',
      'TypeError',
      'Failed to register a ServiceWorker: An unknown error occurred when fetching the script.',
    ],
  ])('%s: %s, “%s”', (refusal, name, message) => {
    expect(refusalOf(Object.assign(new Error(message), { name }))).toBe(refusal);
  });

  it('is its files when nothing is said', () => {
    expect(refusalOf(undefined)).toBe('unreachable');
  });
});
