import type { CodeOf } from '#shared/library/serviceStates.ts';
import type { UpstreamId } from '#shared/upstreams/registry.ts';
import type { MessageKey } from '$lib/i18n/index.svelte.ts';

type StateMessages = { [Id in UpstreamId]: Record<CodeOf<Id>, MessageKey> };

const asked = {
  'lookups-paused': 'state.lookups-paused',
  refused: 'state.refused',
  blocked: 'state.blocked',
  resting: 'state.resting',
  failing: 'state.failing',
  'last-failed': 'state.last-failed',
  unasked: 'state.lookups-unasked',
  ready: 'state.ready',
} as const;

const lookupsWithKey = { 'not-configured': 'state.off', ...asked } as const;

/** The sentence of every state that the server can show: one without words fails the types, in either language. */
export const STATE_MESSAGES: StateMessages = {
  lastfm: {
    'not-configured': 'state.off',
    'other-user': 'state.other-user',
    failing: 'state.failing',
    refused: 'state.lastfm.refused',
    stopped: 'state.stopped',
    unasked: 'state.lastfm.unasked',
    following: 'state.following',
  },
  roon: {
    'not-configured': 'state.off',
    stopped: 'state.stopped',
    'not-written': 'state.roon.not-written',
    paired: 'state.pairedAs',
    lost: 'state.lost',
    'waiting-for-approval': 'state.waiting-for-approval',
    connecting: 'state.connecting',
    searching: 'state.searching',
  },
  discogs: {
    'not-configured': 'state.off',
    refused: 'state.refused',
    failing: 'state.failing',
    'last-failed': 'state.last-failed',
    answered: 'state.ready',
    importing: 'state.importing',
    'import-failed': 'state.discogs.import-failed',
    'import-cancelled': 'state.discogs.import-cancelled',
    ready: 'state.discogs.ready',
    unasked: 'state.discogs.unasked',
  },
  spotify: lookupsWithKey,
  musicbrainz: {
    ...asked,
    'no-contact': 'state.musicbrainz.no-contact',
    'switched-off': 'state.musicbrainz.switched-off',
    refused: 'state.musicbrainz.refused',
  },
  euria: {
    'not-configured': 'state.off',
    'no-key': 'state.no-key',
    refused: 'state.refused',
    'must-be-seen-to': 'state.must-be-seen-to',
    paused: 'state.paused',
    writing: 'state.writing',
    'last-failed': 'state.last-failed',
    'asked-none': 'state.asked-none',
    'only-by-itself': 'state.only-by-itself',
    'all-caps-reached': 'state.all-caps-reached',
    'asked-cap-reached': 'state.asked-cap-reached',
    'cap-reached': 'state.cap-reached',
    unasked: 'state.unasked',
    'by-itself': 'state.by-itself',
    'nothing-left': 'state.nothing-left',
    'when-asked': 'state.when-asked',
  },
};

/** The message of a service's state; undefined for a code that this page does not know. */
export const stateMessageKey = (id: UpstreamId, code: string): MessageKey | undefined => {
  const messages: Record<string, MessageKey> = STATE_MESSAGES[id];
  return Object.hasOwn(messages, code) ? messages[code] : undefined;
};
