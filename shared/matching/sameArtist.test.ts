import { describe, expect, it } from 'vitest';
import { sameArtist } from './sameArtist.ts';

describe('sameArtist', () => {
  it.each([
    ['Björk', 'bjork', 'same'],
    ['The Beatles', 'Beatles, The', 'same'],
    ['Die Ärzte', 'Aerzte', 'same'],
    ['AC/DC', 'ACDC', 'same'],
    ['Nirvana', 'Nirvana (2)', 'same'],
    ['Simon & Garfunkel', 'Simon and Garfunkel', 'same'],
    ['Marsha Vale', 'Marsha Vale feat. Otto Lund', 'same'],
    ['Various', 'Various Artists', 'same'],
    ['Nick Cave', 'Nick Cave & The Bad Seeds', 'unsure'],
    ['J.S. Bach', 'Johann Sebastian Bach', 'unsure'],
    ['Siouxie', 'Siouxsie', 'unsure'],
    ['椎名林檎', 'Ringo Sheena', 'unsure'],
    ['Various', 'Queen', 'unsure'],
    ['Boston', 'Boston Manor', 'different'],
    ['!!!', '₊˚', 'different'],
    ['1349', '1394', 'different'],
    ['Low', 'Love', 'different'],
    ['The The', 'The Them', 'different'],
  ])('%s and %s: %s', (a, b, decision) => {
    expect(sameArtist(a, b).decision).toBe(decision);
    expect(sameArtist(b, a).decision).toBe(decision);
  });
});
