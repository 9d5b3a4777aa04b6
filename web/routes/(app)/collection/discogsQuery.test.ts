import { describe, expect, it } from 'vitest';
import { readDiscogsQuery } from './discogsQuery.ts';

describe('what is looked up at Discogs', () => {
  it.each([
    ['r249504', { release: 249504 }],
    [' [R249504] ', { release: 249504 }],
    ['249504', { release: 249504 }],
    ['https://www.discogs.com/release/249504-Ada-Nordlund-Harbour-Lights', { release: 249504 }],
    ['https://www.discogs.com/master/7-Ada-Nordlund-Harbour-Lights', { q: 'Ada Nordlund Harbour Lights' }],
    ['5 012394 144777', { barcode: '5012394144777' }],
    ['5012-3941-44777', { barcode: '5012394144777' }],
    ['Ada Nordlund 1978', { q: 'Ada Nordlund 1978' }],
    ['1999 Prince', { q: '1999 Prince' }],
    ['  ', null],
  ])('%s', (typed, query) => {
    expect(readDiscogsQuery(typed)).toEqual(query);
  });
});
