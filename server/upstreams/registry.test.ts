import { expect, test } from 'vitest';
import { ListenSources } from '#shared/journal/listen.ts';
import { ImageSources } from '#shared/library/image.ts';
import { imageUpstreams } from '#shared/upstreams/images.ts';
import { listenUpstreams } from '#shared/upstreams/listens.ts';
import { sharedUpstreams, upstreamIds } from '#shared/upstreams/registry.ts';
import type { SharedUpstream } from '#shared/upstreams/upstream.ts';
import { settingsTogether, text } from '../kit/settingDefinition.ts';
import { definitionOf, isSettingKey } from '../settings.ts';
import { isSettingOf, pictureHosts, pictureOrigins, upstreams } from './registry.ts';

test('every service that pages know is a source of the server, and the other way round', () => {
  expect(Object.keys(upstreams).sort()).toEqual([...upstreamIds].sort());
});

test.each(upstreamIds)('what the card of %s asks for is a setting of its own that may be changed in the app', (id) => {
  const { fields, account, switchedBy }: SharedUpstream = sharedUpstreams[id];
  const asked = fields.map(({ setting }) => setting);
  expect(asked.length).toBeGreaterThan(0);
  expect((account?.needs ?? []).filter((key) => !asked.includes(key))).toEqual([]);
  const keys = [...asked, ...(switchedBy === undefined ? [] : [switchedBy])];
  expect(keys.filter((key) => !isSettingOf(id, key) || !isSettingKey(key) || !definitionOf(key).inApp)).toEqual([]);
});

test('where pictures come from: addresses that are set, and hosts without a path', () => {
  expect(pictureOrigins.filter((key) => !URL.canParse(String(definitionOf(key).fallback)))).toEqual([]);
  expect(pictureHosts.filter((host) => !/^(?:\*\.)?[\w-]+(?:\.[\w-]+)+$/.test(host))).toEqual([]);
  expect(new Set(pictureHosts).size).toBe(pictureHosts.length);
});

test('what stored pages and schemas list stays in its place', () => {
  expect(ListenSources.slice(0, 4)).toEqual(['lastfm', 'roon', 'manual', 'import']);
  for (const [id, { position }] of listenUpstreams) expect(ListenSources[position]).toBe(id);
  expect(ImageSources.slice(0, 5)).toEqual(['discogs', 'spotify', 'lastfm', 'coverartarchive', 'roon']);
  expect(imageUpstreams.map(({ position }) => position)).toEqual([...imageUpstreams.keys()]);
});

test('two sources may not claim the same setting, nor the same variable', () => {
  const one = { 'lyrics.url': { env: 'LYRICS_URL', schema: text } };
  expect(settingsTogether([one, { 'words.url': { schema: text } }])).toHaveProperty(['words.url']);
  expect(() => settingsTogether([one, { 'lyrics.url': { schema: text } }])).toThrow('lyrics.url');
  expect(() => settingsTogether([one, { 'words.url': { env: 'LYRICS_URL', schema: text } }])).toThrow('LYRICS_URL');
});
