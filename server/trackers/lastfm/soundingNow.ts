import type { NowPlaying } from '#shared/sync/stream.ts';
import type { NowPlayingReport } from '../../upstreams/ports.ts';

/** What Last.fm says sounds now, as the board shows it. @param at when it said so, milliseconds since the epoch. */
export const soundingNow = (report: NowPlayingReport, at: number): NowPlaying => ({
  place: 'lastfm',
  source: 'lastfm',
  state: 'playing',
  title: report.title,
  artist: report.artist,
  album: report.album ?? null,
  durationSeconds: report.durationSeconds ?? null,
  positionSeconds: null,
  at,
  ...(report.loved === undefined ? {} : { loved: report.loved }),
});
