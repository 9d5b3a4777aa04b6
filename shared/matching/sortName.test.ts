import { describe, expect, it } from 'vitest';
import { sortName } from './sortName.ts';

describe('sortName', () => {
  it.each([
    ['The Beatles', 'Beatles, The'],
    ['the xx', 'xx, the'],
    ['The The', 'The, The'],
    ['A Tribe Called Quest', 'Tribe Called Quest, A'],
    ['Les Rita Mitsouko', 'Rita Mitsouko, Les'],
    ['La Femme', 'Femme, La'],
    ["L'Impératrice", "Impératrice, L'"],
    ['L’Impératrice', 'Impératrice, L’'],
    ['Die Ärzte', 'Ärzte, Die'],
    ['Los Lobos', 'Lobos, Los'],
    ['a-ha', 'a-ha'],
    ['El-P', 'El-P'],
    ['Theatre of Tragedy', 'Theatre of Tragedy'],
    ['The', 'The'],
    ['A R Rahman', 'A R Rahman'],
    ['Les Paul', 'Les Paul'],
    ['Los Angeles Guitar Quartet', 'Los Angeles Guitar Quartet'],
    ['LL Cool J', 'LL Cool J'],
    ['!!!', '!!!'],
  ])('%s → %s', (name, sorted) => expect(sortName(name)).toBe(sorted));
});
