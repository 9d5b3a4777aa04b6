import { expect, test } from 'vitest';
import { discogsConnected, isUnanswered, lastfmConnected, puttingBack, type KnownSettings } from './connected.ts';

/** Settings with these values, and these secrets set. */
const known = (values: Record<string, string>, ...secrets: string[]): KnownSettings => ({
  text: (key) => values[key] ?? '',
  isSecret: (key) => /apiKey|token/.test(key),
  isSet: (key) => secrets.includes(key),
  isUnchosen: (key) => !Object.hasOwn(values, key),
});

test('Last.fm brings nothing in before both its parts are there, and the missing one is named', () => {
  expect(lastfmConnected(known({}))).toBe('off');
  expect(lastfmConnected(known({ 'lastfm.username': 'ada' }))).toEqual({ missing: 'field.lastfm.apiKey' });
  expect(lastfmConnected(known({}, 'lastfm.apiKey'))).toEqual({ missing: 'field.lastfm.username' });
  expect(lastfmConnected(known({ 'lastfm.username': 'ada' }, 'lastfm.apiKey'))).toBe('connected');
});

test('Discogs is connected by a token or an account', () => {
  expect(discogsConnected(known({}), false)).toBe('off');
  expect(discogsConnected(known({ 'discogs.username': 'ada' }), false)).toEqual({ missing: 'field.discogs.token' });
  expect(discogsConnected(known({}, 'discogs.token'), false)).toBe('connected');
  expect(discogsConnected(known({}), true)).toBe('connected');
});

test('what was tried in vain is put back, but for a secret that nobody here knows', () => {
  const keys = ['lastfm.username', 'lastfm.apiKey'];
  expect(puttingBack(keys, known({}))).toEqual({ 'lastfm.username': null, 'lastfm.apiKey': null });
  expect(puttingBack(keys, known({ 'lastfm.username': 'ada' }, 'lastfm.apiKey'))).toEqual({ 'lastfm.username': 'ada' });
});

test('a service that could not be asked has said nothing about the key', () => {
  expect(isUnanswered({ code: 'service-unreachable' })).toBe(true);
  expect(isUnanswered({ code: 'service-refused' })).toBe(false);
  expect(isUnanswered(undefined)).toBe(false);
});
