import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import { Positive } from '#shared/library/identifiers.ts';
import type { Library } from '../../library/api/library.ts';
import type { ZoneChoices } from '../../modules/roon.ts';
import type { RoonTracker } from '../../trackers/roon/tracker.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';
import { SETTING_ERRORS } from '../routeErrors.ts';
import { trimmed } from '#shared/text/blank.ts';

const TAG = 'Roon';
const Text = v.nullable(v.string());
const Seconds = v.nullable(v.number());
const RoonStatus = v.object({
  running: v.boolean(),
  state: v.picklist(['searching', 'connecting', 'waiting-for-approval', 'paired', 'lost']),
  paired: v.boolean(),
  core: v.nullable(v.object({ id: v.string(), name: v.string(), version: v.string() })),
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
  lastError: Text,
  /** The same as a case that a page has words for. */
  problem: v.nullable(Problem),
});
const ZoneId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const roonRoutes = (tracker: RoonTracker, library: Library, choices: ZoneChoices) => {
  const knownZone = (id: string) => {
    const known =
      library.household.get().zones.some((zone) => zone.id === id) ||
      tracker.status().zones.some((zone) => zone.id === id);
    if (!known) throw new HttpError({ code: 'unknown-zone', params: { id } });
  };
  return [
    defineRoute({
      method: 'get',
      path: '/services/roon/status',
      tag: TAG,
      summary: 'How the connection to Roon is, and what sounds in each zone',
      answer: RoonStatus,
      handle: () => tracker.status(),
    }),
    defineRoute({
      method: 'post',
      path: '/services/roon/start',
      tag: TAG,
      summary: 'Follow Roon; the choice survives a restart',
      answer: RoonStatus,
      handle() {
        tracker.start();
        return tracker.status();
      },
    }),
    defineRoute({
      method: 'post',
      path: '/services/roon/stop',
      tag: TAG,
      summary: 'Stop following Roon; the choice survives a restart',
      answer: RoonStatus,
      async handle() {
        await tracker.stop();
        return tracker.status();
      },
    }),
    defineRoute({
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
      answer: v.array(v.object({ id: v.string(), name: v.string(), hidden: v.boolean() })),
      handle({ params, body }) {
        knownZone(params.id);
        if (body.name !== undefined) choices.rename(params.id, body.name || null);
        if (body.hidden !== undefined) choices.hide(params.id, body.hidden);
        return library.household.get().zones;
      },
    }),
    defineRoute({
      method: 'post',
      path: '/services/roon/play',
      errors: ['roon-not-connected', 'unknown-album'],
      tag: TAG,
      summary: 'Play an album in a zone, if Roon finds it; else why not, in words',
      body: v.strictObject({ zoneId: ZoneId, albumId: Positive }),
      answer: v.union([
        v.object({ found: v.literal(true), title: v.string() }),
        v.object({ found: v.literal(false), reason: v.string() }),
      ]),
      async handle({ body }) {
        if (!tracker.status().paired) throw new HttpError({ code: 'roon-not-connected' });
        const album = library.reads.album(body.albumId);
        if (!album) throw new HttpError({ code: 'unknown-album', params: { id: body.albumId } });
        return await tracker.play({ zoneId: body.zoneId, artist: album.artists[0]?.name ?? '', album: album.title });
      },
    }),
  ];
};
