import * as v from 'valibot';
import { PULL_LIMIT, PullAnswer } from '../sync/checkpoint.ts';
import { PushAnswer, PushBody } from '../sync/protocol.ts';
import { Sighting, SyncState } from '../sync/state.ts';
import { defineEndpoint, empty, file } from './contract.ts';
import { queryInteger } from './lists.ts';

const TAG = 'Sync';
const collectionParams = { collection: v.string() };

export const pullCollection = defineEndpoint({
  operationId: 'pullCollection',
  method: 'get',
  path: '/sync/:collection/pull',
  errors: ['unknown-collection', 'library-restored', 'library-older', 'ahead-of-library'],
  tag: TAG,
  summary: 'Documents changed after a checkpoint, oldest change first; fewer than `limit` only at the end of the feed',
  params: collectionParams,
  query: {
    seq: v.optional(queryInteger(0, Number.MAX_SAFE_INTEGER)),
    epoch: v.optional(v.string()),
    limit: v.optional(queryInteger(1, PULL_LIMIT), '100'),
    device: v.optional(v.string()),
  },
  answers: { 200: PullAnswer },
});

export const pushCollection = defineEndpoint({
  operationId: 'pushCollection',
  method: 'post',
  path: '/sync/:collection/push',
  errors: ['unknown-collection', 'read-only', 'foreign-option'],
  tag: TAG,
  summary: 'Rows a device wrote; answers the conflicting master states',
  params: collectionParams,
  body: PushBody,
  largeBody: true,
  /** The conflicts alone to an app that does not ask for its rows. */
  answers: { 200: v.union([PushAnswer, PushAnswer.entries.conflicts]) },
});

export const openStream = defineEndpoint({
  operationId: 'openStream',
  method: 'get',
  path: '/sync/stream',
  tag: TAG,
  summary: 'Live events: resync, now-playing, service, progress, health, facts, words (server-sent events)',
  query: { device: v.optional(v.string()), lastEventId: v.optional(v.string()) },
  answers: { 200: file('text/event-stream') },
});

export const getSyncState = defineEndpoint({
  operationId: 'getSyncState',
  method: 'get',
  path: '/sync/state',
  tag: TAG,
  summary:
    'Whose library this is, which of its lives, and how many documents it holds: for a device to compare before it pulls or pushes',
  answers: { 200: SyncState },
});

export const reportSeen = defineEndpoint({
  operationId: 'reportSeen',
  method: 'post',
  path: '/sync/seen',
  tag: TAG,
  summary:
    'What a device has seen of this library, so that no id is given twice: reported before it writes in a new life; of another library nothing is taken',
  body: Sighting,
  answers: { 204: empty },
});
