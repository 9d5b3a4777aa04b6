import { beforeEach, expect, it, vi } from 'vitest';
import { speak } from '../../../lib/i18n/testing/spoken.ts';
import { carrierName, share } from './names.ts';

vi.mock('../../../lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('../names.ts', () => import('../names.ts'));
vi.mock('$lib/ui/support.ts', () => import('../../../lib/ui/support.ts'));
vi.mock('$lib/i18n/format.svelte.ts', () => import('../../../lib/i18n/format.svelte.ts'));
beforeEach(() => speak('en'));

it('says no 0% of what is there, and no 100% of what is not all', () => {
  const said = () => [[0, 0], [0, 300], [1, 300], [2, 300], [150, 300], [299, 300], [300, 300]].map(([part, whole]) => share(part!, whole!).replaceAll(/[\u00a0\u202f]/g, ' '));
  expect(said()).toEqual(['0%', '0%', '< 1%', '1%', '50%', '> 99%', '100%']);
  speak('fr');
  expect(said()).toEqual(['0 %', '0 %', '< 1 %', '1 %', '50 %', '> 99 %', '100 %']);
});

it('calls no two supports by one name', () => {
  speak('fr');
  expect(['Vinyl', 'Shellac', 'CD', 'DVD', 'Blu-ray', 'Cassette', '8-Track', 'SACD', 'Digital', null].map(carrierName)).toEqual(['Vinyle', 'Shellac', 'CD', 'DVD', 'Blu-ray', 'Cassette', '8-Track', 'SACD', 'Numérique', 'Autre']);
});
