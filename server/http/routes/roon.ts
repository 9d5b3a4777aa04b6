import { changeRoonZone, getRoon, playOnRoon, startRoon, stopRoon } from '#shared/api/roon.ts';
import type { Library } from '../../library/api/library.ts';
import type { ZoneChoices } from '../../modules/roon.ts';
import type { RoonTracker } from '../../trackers/roon/tracker.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

export const roonRoutes = (tracker: RoonTracker, library: Library, choices: ZoneChoices) => {
  const knownZone = (id: string) => {
    const known =
      library.household.get().zones.some((zone) => zone.id === id) ||
      tracker.status().zones.some((zone) => zone.id === id);
    if (!known) throw new HttpError({ code: 'unknown-zone', params: { id } });
  };
  return [
    route(getRoon, () => tracker.status()),
    route(startRoon, () => {
      tracker.start();
      return tracker.status();
    }),
    route(stopRoon, async () => {
      await tracker.stop();
      return tracker.status();
    }),
    route(changeRoonZone, ({ params, body }) => {
      knownZone(params.id);
      if (body.name !== undefined) choices.rename(params.id, body.name || null);
      if (body.hidden !== undefined) choices.hide(params.id, body.hidden);
      return library.household.get().zones;
    }),
    route(playOnRoon, async ({ body }) => {
      if (!tracker.status().paired) throw new HttpError({ code: 'roon-not-connected' });
      const album = library.reads.album(body.albumId);
      if (!album) throw new HttpError({ code: 'unknown-album', params: { id: body.albumId } });
      return await tracker.play({ zoneId: body.zoneId, artist: album.artists[0]?.name ?? '', album: album.title });
    }),
  ];
};
