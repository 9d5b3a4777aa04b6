import { beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../../lib/i18n/testing/spoken.ts';
import { carrierName, changedBy, share, silence } from './names.ts';

vi.mock('../../../lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('../names.ts', () => import('../names.ts'));
vi.mock('$lib/ui/support.ts', () => import('../../../lib/ui/support.ts'));
vi.mock('$lib/i18n/format.svelte.ts', () => import('../../../lib/i18n/format.svelte.ts'));
beforeEach(() => speak('en'));

it('says no 0% of what is there, and no 100% of what is not all', () => {
  const said = () =>
    [
      [0, 0],
      [0, 300],
      [1, 300],
      [2, 300],
      [150, 300],
      [299, 300],
      [300, 300],
    ].map(([part, whole]) => share(part!, whole!).replaceAll(/[\u00a0\u202f]/g, ' '));
  expect(said()).toEqual(['0%', '0%', '< 1%', '1%', '50%', '> 99%', '100%']);
  speak('fr');
  expect(said()).toEqual(['0 %', '0 %', '< 1 %', '1 %', '50 %', '> 99 %', '100 %']);
});

it('says no 100% less of what is less, and not nothing', () => {
  const said = () =>
    [-1, -0.998, -0.99, -0.985, 0.04, 11.5].map((change) => changedBy(change).replaceAll(/[\u00a0\u202f,]/g, ''));
  expect(said()).toEqual(['100%', '99%', '99%', '99%', '4%', '1150%']);
});

it('says a gap in months up to two years, then in years', () => {
  const DAY = 86_400;
  const silenceFor = (days: number) => silence({ lastHeard: 0, returnedAt: days * DAY });
  expect([silenceFor(366), silenceFor(620), silenceFor(740)]).toEqual(['12 months', '20 months', '2 years']);
});

it('calls no two supports by one name', () => {
  speak('fr');
  expect(
    ['Vinyl', 'Shellac', 'CD', 'DVD', 'Blu-ray', 'Cassette', '8-Track', 'SACD', 'Digital', null].map(carrierName),
  ).toEqual(['Vinyle', 'Shellac', 'CD', 'DVD', 'Blu-ray', 'Cassette', '8-Track', 'SACD', 'Numérique', 'Autre']);
});
