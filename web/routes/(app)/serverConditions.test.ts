import { expect, test, vi } from 'vitest';
import type { HealthCondition } from '#shared/sync/healthCondition.ts';
import { REFUSAL_CODES, type ServiceState } from '#shared/library/household.ts';
import en from '../../lib/i18n/en/index.ts';
import fr from '../../lib/i18n/fr/index.ts';
import { fill, type Params } from '../../lib/i18n/message.ts';
import { conditionsMessage, serverConditions, type ServerFacts } from './serverConditions.ts';

const spoken = vi.hoisted(() => ({ language: 'en' }));
vi.mock('$lib/i18n/index.svelte.ts', () => {
  const t = (key: keyof typeof en, values: Params = {}) =>
    fill(
      (spoken.language === 'fr' ? fr : en)[key],
      values,
      new Intl.PluralRules(spoken.language),
      new Intl.NumberFormat(spoken.language),
    );
  return { t, lookUp: (key: keyof typeof en, values?: Params) => (key in en ? t(key, values) : undefined) };
});
vi.mock('$lib/i18n/format.svelte.ts', () => ({ bytes: (count: number) => `${count / 1e6} MB`, moment: () => '22:10' }));

const lastfm: ServiceState = { id: 'lastfm', status: 'connected', code: 'following' };
const well: ServerFacts = {
  household: { timeZone: 'Europe/Zurich', services: [lastfm], backup: { lastGoodAt: 1, problem: null } },
  reported: [],
  now: 0,
};
const backup = (code: 'failed' | 'old' | 'none' | 'second'): ServerFacts => ({
  ...well,
  household: { ...well.household, backup: { lastGoodAt: 1, problem: { code, reason: null } } },
});
const services = (...states: ServiceState[]): ServerFacts => ({
  ...well,
  household: { ...well.household, services: states },
});
const reported = (...conditions: HealthCondition[]): ServerFacts => ({ ...well, reported: conditions });
const refused: ServiceState = { id: 'discogs', status: 'attention', code: 'failing', trouble: { code: 'refused' } };

/** It failed this much less than a minute ago. */
const silent = (seconds: number): ServiceState => ({
  id: 'musicbrainz',
  status: 'attention',
  code: 'failing',
  trouble: { code: 'unreachable' },
  since: seconds - 60,
});

/** What is so, when it is not so any more, and the words of both languages: beside the mark and in a sentence. */
const table: [string, ServerFacts, ServerFacts, [string, string], [string, string]][] = [
  [
    'a damaged file',
    reported({ code: 'database-damaged' }),
    well,
    ['Library damaged', 'The library’s file on the server is damaged'],
    ['Bibliothèque abîmée', 'Le fichier de la bibliothèque est abîmé sur le serveur'],
  ],
  [
    'a log that was removed',
    reported({ code: 'database-log-gone' }),
    well,
    ['File removed', 'A file of the library was removed on the server'],
    ['Fichier supprimé', 'Un fichier de la bibliothèque a été supprimé sur le serveur'],
  ],
  [
    'a full disk',
    reported({ code: 'disk-full' }),
    well,
    ['Disk full', 'The server’s disk is full'],
    ['Disque plein', 'Le disque du serveur est plein'],
  ],
  [
    'a disk that refuses',
    reported({ code: 'disk-failing' }),
    well,
    ['Disk problem', 'The server cannot write to its disk'],
    ['Souci de disque', 'Le serveur ne peut pas écrire sur son disque'],
  ],
  [
    'another program',
    reported({ code: 'database-busy' }),
    well,
    ['Library in use', 'Another program on the server holds the library'],
    ['Bibliothèque occupée', 'Un autre programme du serveur occupe la bibliothèque'],
  ],
  [
    'little room',
    reported({ code: 'disk-low', freeBytes: 340e6 }),
    well,
    ['Disk nearly full', 'The server’s disk is nearly full'],
    ['Disque presque plein', 'Le disque du serveur est presque plein'],
  ],
  [
    'a tracker that stands still',
    reported({ code: 'tracker-frozen', since: 5 }),
    well,
    ['Last.fm not read', 'Last.fm has not been read since 22:10'],
    ['Last.fm non lu', 'Last.fm n’a pas été lu depuis 22:10'],
  ],
  [
    'a backup that failed',
    backup('failed'),
    well,
    ['Backup failed', 'The last backup failed'],
    ['Sauvegarde échouée', 'La dernière sauvegarde a échoué'],
  ],
  [
    'an old backup',
    backup('old'),
    well,
    ['Backup too old', 'The last good backup is too old'],
    ['Sauvegarde trop ancienne', 'La dernière bonne sauvegarde est trop ancienne'],
  ],
  [
    'no backup',
    backup('none'),
    well,
    ['No backup', 'The library is not backed up'],
    ['Aucune sauvegarde', 'La bibliothèque n’est pas sauvegardée'],
  ],
  [
    'a copy that is missing',
    backup('second'),
    well,
    ['Backup not copied', 'The second folder lacks the last backup'],
    ['Sauvegarde non copiée', 'La dernière sauvegarde manque dans le second dossier'],
  ],
  [
    'a key that is refused',
    services(lastfm, refused),
    services(lastfm, { ...refused, trouble: { code: 'timeout' } }),
    ['Discogs refuses', 'Discogs refuses access'],
    ['Discogs refuse', 'Discogs refuse l’accès'],
  ],
  [
    'a service that did not answer for a minute',
    services(silent(0)),
    services(silent(1)),
    ['MusicBrainz silent', 'MusicBrainz does not answer'],
    ['MusicBrainz muet', 'MusicBrainz ne répond pas'],
  ],
  [
    'a Core that is out of sight',
    services({ id: 'roon', status: 'attention', code: 'lost', since: -60 }),
    services({ id: 'roon', status: 'attention', code: 'connecting', since: -60 }),
    ['Roon silent', 'Roon does not answer'],
    ['Roon muet', 'Roon ne répond pas'],
  ],
  [
    'a look-up that fails again and again',
    services(silent(0)),
    services({ ...silent(0), code: 'last-failed' }),
    ['MusicBrainz silent', 'MusicBrainz does not answer'],
    ['MusicBrainz muet', 'MusicBrainz ne répond pas'],
  ],
  ...['no-key', 'missing-scope', 'no-credit', 'wrong-address', 'model-unknown'].map((code): (typeof table)[number] => {
    const state: ServiceState = {
      id: 'euria',
      status: 'attention',
      code: 'must-be-seen-to',
      trouble: { code, values: { model: 'x' } },
    };
    return [
      `a service that says ${code}`,
      services(state),
      services({ ...state, status: 'connected' }),
      ['EurIA needs you', 'EurIA cannot be used as it is set up'],
      ['EurIA a besoin de vous', 'EurIA ne peut pas servir tel qu’il est réglé'],
    ];
  }),
  ...REFUSAL_CODES.flatMap((code) =>
    ['refused', 'failing'].map((state): (typeof table)[number] => {
      const service: ServiceState = { id: 'spotify', status: 'attention', code: state, trouble: { code } };
      return [
        `a service that is ${state} for ${code}`,
        services(service),
        services({ ...service, status: 'connected' }),
        ['Spotify needs you', 'Spotify cannot be used as it is set up'],
        ['Spotify a besoin de vous', 'Spotify ne peut pas servir tel qu’il est réglé'],
      ];
    }),
  ),
];

test.each(table)(
  '%s is shown while it is so, in both languages, and not any more when it is over',
  (_what, so, over, english, french) => {
    for (const [language, [short, long]] of [
      ['en', english],
      ['fr', french],
    ] as const) {
      spoken.language = language;
      expect(conditionsMessage(serverConditions(so))).toEqual({ short, long });
      expect(serverConditions(so)).toHaveLength(1);
      expect(serverConditions(so)[0]!.more).not.toBe('');
      expect(conditionsMessage(serverConditions(over))).toBeUndefined();
    }
  },
);

test('where a service needs no key, none is blamed', () => {
  spoken.language = 'en';
  const more = (id: ServiceState['id']) => serverConditions(services({ ...refused, id }))[0]!.more;
  expect(more('musicbrainz')).toBe('MusicBrainz refuses to answer. No key is needed: check the address to write to.');
  expect(more('discogs')).toContain('a new key');
});

test('of several the gravest is shown first, and how many there are; what follows from another is not shown twice', () => {
  spoken.language = 'en';
  const many: ServerFacts = {
    ...backup('failed'),
    reported: [{ code: 'disk-low', freeBytes: 340e6 }, { code: 'disk-full' }],
  };
  expect(serverConditions(many).map(({ key }) => key)).toEqual(['disk-full', 'backup-failed', 'disk-low']);
  expect(conditionsMessage(serverConditions(many))).toEqual({
    short: 'Disk full',
    long: 'The server’s disk is full, and 2 things more',
  });
  expect(
    serverConditions({
      ...services({ ...lastfm, status: 'attention', code: 'refused' }),
      reported: [{ code: 'tracker-frozen', since: 5 }],
    }).map(({ key }) => key),
  ).toEqual(['refused-lastfm']);
  // A server that is newer than the page may report more.
  expect(serverConditions(reported({ code: 'what-comes-later' }))).toEqual([]);
});
