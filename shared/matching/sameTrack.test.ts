import { describe, expect, it } from 'vitest';
import { believableMatch, sameTrack } from './sameTrack.ts';

const track = (artist: string, title: string, durationSeconds?: number) => ({ artist, title, durationSeconds });

describe('sameTrack', () => {
  it.each([
    [track('Marsha Vale', 'Tide (Remastered 2011)'), track('marsha vale', 'Tide'), 'same'],
    [track('Marsha Vale feat. Otto Lund', 'Tide'), track('Marsha Vale', 'Tide (feat. Otto Lund)'), 'same'],
    [track('Marsha Vale', 'Tide', 200), track('Marsha Vale', 'Tide', 202), 'same'],
    [track('Marsha Vale', 'Tide', 200), track('Marsha Vale', 'Tide', 320), 'unsure'],
    [track('Marsha Vale', 'Harbour'), track('Marsha Vale', 'Harbor'), 'unsure'],
    [track('Marsha Vale', 'Tide - Live'), track('Marsha Vale', 'Tide'), 'different'],
    [track('Marsha Vale', 'Tide'), track('Otto Lund', 'Tide'), 'different'],
    [track('Marsha Vale', 'Tide, Part 1'), track('Marsha Vale', 'Tide, Pt. II'), 'different'],
  ])('%j and %j: %s', (a, b, decision) => {
    expect(sameTrack(a, b).decision).toBe(decision);
    expect(sameTrack(b, a).decision).toBe(decision);
  });
});

describe('believableMatch', () => {
  it.each([
    ['Sigur Ros', 'Takk', 'Sigur Rós', 'Takk... (Deluxe)'],
    ['Nick Cave', 'Ghosteen', 'Nick Cave & The Bad Seeds', 'Ghosteen'],
    ['AC/DC', 'Back in Black', 'AC/DC', 'Back In Black (Remastered)'],
    ['!!!', 'Wallop', '!!!', 'Wallop'],
  ])('%s, %s is answered by %s, %s', (artist, title, otherArtist, otherTitle) => {
    expect(believableMatch({ artist, title }, { artist: otherArtist, title: otherTitle })).toBe(true);
  });

  it.each([
    ['Low', 'Christmas', 'Michael Bublé', 'Christmas'],
    ['Portishead', 'Dummy', 'Portishead', 'Dummy (Live)'],
    ['Adele', '19', 'Adele', '21'],
    ['Boston', 'Boston', 'Boston Manor', 'Boston'],
    ['Janelle Monáe', 'Metropolis', 'Janelle Monáe', 'Metropolis: The Chase Suite'],
    ['₊˚', 'Yes', '!!!', 'Yes'],
  ])('%s, %s is not answered by %s, %s', (artist, title, otherArtist, otherTitle) => {
    expect(believableMatch({ artist, title }, { artist: otherArtist, title: otherTitle })).toBe(false);
  });
});
