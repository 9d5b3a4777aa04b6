import { expect, it, vi } from 'vitest';
import { lookupIds, upstreamIds } from '#shared/upstreams/registry.ts';
import en from '../../lib/i18n/en/index.ts';
import { services } from './services.ts';

vi.mock('$lib/i18n/index.svelte.ts', () => ({ t: (key: string) => key, lookUp: () => undefined }));
vi.mock('$lib/i18n/format.svelte.ts', () => ({ moment: () => '12:10' }));

it('every service has a card: plays first, then the collection, then what is looked up, then texts', () => {
  expect(services.map(({ id }) => id)).toEqual(['lastfm', 'roon', 'discogs', 'spotify', 'musicbrainz', 'euria']);
  expect(services.map(({ id }) => id).sort()).toEqual([...upstreamIds].sort());
  expect(lookupIds).toEqual(['discogs', 'spotify', 'musicbrainz']);
});

it('each field has a label, and a hint only where it says so', () => {
  const fields = services.flatMap((service) => service.fields);
  for (const { label, hint } of fields) {
    expect(en).toHaveProperty([label]);
    if (hint !== undefined) expect(en).toHaveProperty([hint]);
  }
  expect(fields.find(({ key }) => key === 'roon.port')).toEqual({
    key: 'roon.port',
    label: 'field.roon.port',
    number: true,
  });
  const explained = Object.keys(en).filter((key) => key.startsWith('hint.'));
  expect(explained.sort()).toEqual(fields.flatMap(({ hint }) => hint ?? []).sort());
  const labelled = Object.keys(en).filter((key) => key.startsWith('field.') && !key.startsWith('field.euria.'));
  expect(labelled.sort()).toEqual(
    fields
      .map(({ label }) => label)
      .filter((label) => !label.startsWith('field.euria.'))
      .sort(),
  );
});

it('a service is tested where there is a test, and says where its keys are got', () => {
  expect(services.filter(({ test }) => test === undefined).map(({ id }) => id)).toEqual(['roon']);
  expect(services.find(({ id }) => id === 'spotify')).toMatchObject({
    test: { method: 'post', path: '/services/spotify/test' },
    where: 'https://developer.spotify.com/dashboard',
  });
});
