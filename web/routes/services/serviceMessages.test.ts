import { beforeEach, describe, expect, it, vi } from 'vitest';
import { REFUSAL_CODES, type ServiceState } from '#shared/library/household.ts';
import { SERVICE_STATES } from '#shared/library/serviceStates.ts';
import en from '../../lib/i18n/en/index.ts';
import fr from '../../lib/i18n/fr/index.ts';
import { fill, isWhole, type Message, type Params } from '../../lib/i18n/message.ts';
import { sentenceOf, serviceErrorMessage } from './services.ts';
import { STATE_MESSAGES } from './serviceMessages.ts';

const speaking = vi.hoisted((): { messages: Record<string, unknown> } => ({ messages: {} }));
vi.mock('$lib/i18n/index.svelte.ts', () => {
  const say = (key: string, values: Params = {}) => {
    const message = speaking.messages[key] as Message | undefined;
    return message === undefined || !isWhole(message, values)
      ? undefined
      : fill(message, values, new Intl.PluralRules('en'), new Intl.NumberFormat('en'));
  };
  return { t: say, lookUp: say, current: { language: 'en', locale: 'en-GB' } };
});
vi.mock('$lib/i18n/format.svelte.ts', () => ({ moment: () => '12:10' }));

const ALL = (Object.keys(STATE_MESSAGES) as ServiceState['id'][]).flatMap((id) =>
  SERVICE_STATES[id].map(({ code, status }) => [id, code, status] as const),
);
const said = (id: ServiceState['id'], code: string, status: ServiceState['status'], more: Partial<ServiceState> = {}) =>
  sentenceOf(id, { id, code, status, account: 'ada', since: 1_700_000_000, ...more }, 'UTC', 0);

describe.each([
  ['en', en, /^Ready|^Connected|arrives automatically/, /asked for a pause/, /tries again automatically/],
  ['fr', fr, /^Prêt|^Connecté|arrive automatiquement/, /demandé une pause/, /réessaie automatiquement/],
] as const)('what is said of a service in %s', (_language, messages, well, pause, again) => {
  beforeEach(() => void (speaking.messages = messages));

  it.each(ALL)('%s has whole words for %s', (id, code, status) => {
    expect(said(id, code, status)).toMatch(/^\p{Lu}[^{}]*\.$|^\p{Lu}[^{}]*\?$/u);
    expect([messages['state.connected'], messages['state.attention']]).not.toContain(said(id, code, status));
  });

  it('is well only of what answered, asked for a pause only of what did, and tries again only where it does', () => {
    const others = ALL.filter(([id]) => id !== 'euria');
    const codes = (pattern: RegExp) =>
      others.filter(([id, code, status]) => pattern.test(said(id, code, status))).map(([id, code]) => `${id} ${code}`);
    expect(codes(well)).toEqual([
      'lastfm following',
      'roon not-written',
      'roon paired',
      'discogs answered',
      'spotify ready',
      'musicbrainz ready',
    ]);
    expect(codes(pause)).toEqual(['spotify blocked', 'musicbrainz blocked']);
    expect(codes(again)).toEqual(['lastfm failing', 'discogs failing', 'spotify failing', 'musicbrainz failing']);
  });

  it('names what went wrong beside it, and no key where none is needed', () => {
    const unreachable = { code: 'unreachable' };
    expect(said('spotify', 'failing', 'attention', { trouble: unreachable })).toBe(
      `${said('spotify', 'failing', 'attention')} ${serviceErrorMessage('spotify', unreachable)}`,
    );
    expect(said('musicbrainz', 'refused', 'attention', { trouble: { code: 'refused' } })).toBe(
      messages['state.musicbrainz.refused'],
    );
    expect(serviceErrorMessage('musicbrainz', { code: 'refused' })).not.toBe(
      messages['serviceError.refused'].replace('{service}', 'MusicBrainz'),
    );
  });

  it.each(REFUSAL_CODES)('blames no key where a service refuses because of %s, whatever the state is', (code) => {
    for (const id of ['spotify', 'lastfm', 'discogs'] as const) {
      const why = serviceErrorMessage(id, { code });
      expect(said(id, 'refused', 'attention', { trouble: { code } })).toBe(why);
      expect(said(id, 'failing', 'attention', { trouble: { code } })).toContain(why);
      expect(why).not.toContain(messages['serviceError.refused'].replace('{service}', ''));
    }
  });

  it('says of a state that it does not know only what its status says', () => {
    expect(said('roon', 'of-tomorrow', 'connected')).toBe(messages['state.connected']);
    expect(said('roon', 'of-tomorrow', 'attention')).toBe(messages['state.attention']);
    expect(said('roon', 'toString', 'off')).toBe(
      messages['state.off'].replace('{purpose}', messages['service.purpose.roon']),
    );
  });
});
