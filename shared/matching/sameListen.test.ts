import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WIDEST_WINDOW_SECONDS, reportWindowSeconds } from './listenTimes.ts';
import type { Report } from './report.ts';
import { compareReports } from './sameListen.ts';

const aReport = (key: string): fc.Arbitrary<Report> =>
  fc.record({
    key: fc.constant(key),
    source: fc.constantFrom('roon', 'lastfm'),
    artist: fc.oneof(
      fc.constantFrom('Marsha Vale', 'Marsha Vale / Otto Lund', 'AC/DC', '!!!'),
      fc.string({ unit: 'grapheme' }),
    ),
    title: fc.oneof(
      fc.constantFrom('Tide', 'Tide - Live', 'Tide (Otto Lund Remix)', 'Tide II'),
      fc.string({ unit: 'grapheme' }),
    ),
    album: fc.constantFrom(undefined, '', 'Night Boats', 'Night Boats (Live)'),
    albumArtist: fc.constantFrom(undefined, 'Various Artists', 'Otto Lund'),
    durationSeconds: fc.constantFrom(undefined, 0, 31, 200, 86_400),
    playedAt: fc.integer({ min: 0, max: 5000 }),
  });

describe('compareReports', () => {
  it('does not depend on which report comes first', () => {
    fc.assert(
      fc.property(aReport('a'), aReport('b'), (a, b) => {
        const [one, other] = [compareReports(a, b), compareReports(b, a)];
        expect(one.same).toBe(other.same);
        expect(one.score).toBe(other.score);
      }),
    );
  });

  it('never joins two reports of one source, however alike', () => {
    const report: Report = { key: 'a', source: 'roon', artist: 'Marsha Vale', title: 'Tide', playedAt: 0 };
    const { same, reasons } = compareReports(report, { ...report, key: 'b' });
    expect(same).toBe(false);
    expect(reasons.map((reason) => reason.code)).toEqual(['same-source']);
    expect(compareReports(report, report).same).toBe(true);
  });

  it('never joins stamps further apart than the window', () => {
    fc.assert(
      fc.property(aReport('a'), aReport('b'), (a, b) => {
        const durations = [a.durationSeconds, b.durationSeconds].map((seconds) => seconds || 240);
        const window = Math.max(...durations.map(reportWindowSeconds));
        if (Math.abs(a.playedAt - b.playedAt) > window) expect(compareReports(a, b).same).toBe(false);
      }),
    );
  });

  it('takes the album artist for the artist', () => {
    const roon: Report = {
      key: 'a',
      source: 'roon',
      artist: 'John Coltrane',
      albumArtist: 'Miles Davis',
      title: 'Oleo',
      playedAt: 0,
    };
    const lastfm: Report = { key: 'b', source: 'lastfm', artist: 'Miles Davis', title: 'Oleo', playedAt: 4 };
    expect(compareReports(roon, lastfm).same).toBe(true);
    expect(compareReports({ ...roon, albumArtist: undefined }, lastfm).same).toBe(false);
  });
});

describe('reportWindowSeconds', () => {
  it.each([
    [60, 90],
    [200, 250],
    [240, 300],
    [3600, 3720],
    [undefined, 300],
    [0, 300],
    [1e9, WIDEST_WINDOW_SECONDS],
  ])('%s s → %s s', (duration, window) => expect(reportWindowSeconds(duration)).toBe(window));
});
