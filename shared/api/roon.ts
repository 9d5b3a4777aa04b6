import * as v from 'valibot';
import { Positive } from '../primitives/identifiers.ts';
import { trimmed } from '../text/blank.ts';
import { type AnswerOf, defineEndpoint } from './contract.ts';
import { SERVICE_ERRORS, SETTING_ERRORS } from './errorGroups.ts';
import { Problem } from '../errors/errors.ts';

const TAG = 'Roon';
const Text = v.nullable(v.string());
const Seconds = v.nullable(v.number());
/** How the connection to Roon is, and what sounds in each zone. */
export const RoonStatus = v.object({
  running: v.boolean(),
  state: v.picklist(['searching', 'connecting', 'waiting-for-approval', 'paired', 'lost']),
  paired: v.boolean(),
  /** The Core we are, or were last, connected to. */
  core: v.nullable(v.object({ id: v.string(), name: v.string(), version: v.string() })),
  /** Empty unless paired. */
  zones: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      hidden: v.boolean(),
      state: v.picklist(['playing', 'paused', 'loading', 'stopped']),
      nowPlaying: v.nullable(
        v.object({
          title: v.string(),
          artist: v.string(),
          album: Text,
          durationSeconds: Seconds,
          positionSeconds: Seconds,
        }),
      ),
    }),
  ),
  /** In words for a person; null while all is well. */
  lastError: Text,
  /** The same as a code that pages translate. */
  problem: v.nullable(Problem),
});
export type RoonStatus = v.InferOutput<typeof RoonStatus>;
const ZoneId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const getRoon = defineEndpoint({
  operationId: 'getRoon',
  method: 'get',
  path: '/services/roon/status',
  tag: TAG,
  summary: 'How the connection to Roon is, and what sounds in each zone',
  answers: { 200: RoonStatus },
});

export const startRoon = defineEndpoint({
  operationId: 'startRoon',
  method: 'post',
  path: '/services/roon/start',
  tag: TAG,
  summary: 'Follow Roon; the choice survives a restart',
  answers: { 200: RoonStatus },
});

export const stopRoon = defineEndpoint({
  operationId: 'stopRoon',
  method: 'post',
  path: '/services/roon/stop',
  tag: TAG,
  summary: 'Stop following Roon; the choice survives a restart',
  answers: { 200: RoonStatus },
});

export const changeRoonZone = defineEndpoint({
  operationId: 'changeRoonZone',
  method: 'put',
  path: '/services/roon/zones/:id',
  errors: ['unknown-zone', ...SETTING_ERRORS],
  tag: TAG,
  summary: 'Name a zone (null for the name it has in Roon), or leave it out of the journal',
  params: { id: ZoneId },
  body: v.strictObject({
    name: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(100), v.transform(trimmed)))),
    hidden: v.optional(v.boolean()),
  }),
  answers: { 200: v.array(v.object({ id: v.string(), name: v.string(), hidden: v.boolean() })) },
});

export const playOnRoon = defineEndpoint({
  operationId: 'playOnRoon',
  method: 'post',
  path: '/services/roon/play',
  errors: ['roon-not-connected', 'unknown-album', ...SERVICE_ERRORS],
  tag: TAG,
  summary: 'Play an album in a zone, if Roon finds it; else why not, in words',
  body: v.strictObject({ zoneId: ZoneId, albumId: Positive }),
  answers: {
    200: v.union([
      v.object({ found: v.literal(true), title: v.string() }),
      v.object({ found: v.literal(false), reason: v.string() }),
    ]),
  },
});

/** What comes of it: the album's title as Roon has it, else why not. */
export type PlayOutcome = AnswerOf<typeof playOnRoon>;
