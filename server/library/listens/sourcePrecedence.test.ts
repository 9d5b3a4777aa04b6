import { expect, test } from 'vitest';
import { ListenSources } from '#shared/journal/listen.ts';
import { furtherSources, MEASURE_ORDER, NAME_ORDER } from './sourcePrecedence.ts';

test('for stamps, zones and lengths: who measures, a person, who repeats, an import', () => {
  expect(MEASURE_ORDER).toEqual(['roon', 'manual', 'lastfm', 'import']);
});

test('for names: a person, who names performers only, an import, who joins composers to them', () => {
  expect(NAME_ORDER).toEqual(['manual', 'lastfm', 'import', 'roon']);
});

test('of further reports the likeliest come first', () => {
  expect(ListenSources.map(furtherSources)).toEqual([
    ['import', 'manual', 'roon'],
    ['lastfm', 'import', 'manual'],
    ['lastfm', 'import', 'roon'],
    ['lastfm', 'manual', 'roon'],
  ]);
});
