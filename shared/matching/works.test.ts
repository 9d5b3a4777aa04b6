import { describe, expect, it } from 'vitest';
import { movementOf, sameMovement } from './works.ts';

describe('movementOf', () => {
  it.each([
    ['Requiem, K. 626: III. Sequentia: Lacrimosa', { catalogue: 'k 626', name: 'lacrimosa' }],
    ['Piano Sonata No. 14, Op. 27 No. 2: I. Adagio', { catalogue: 'op 27 2', name: 'adagio' }],
    ['Harbour Lights: Tide', undefined],
    ['Requiem, K. 626', undefined],
  ])('%s', (title, movement) => expect(movementOf(title)).toEqual(movement));

  it('distinguishes works and movements', () => {
    const aria = movementOf('Goldberg Variations, BWV 988: Aria');
    expect(sameMovement(aria, movementOf('Goldberg-Variationen, BWV 988: Aria'))).toBe(true);
    expect(sameMovement(aria, movementOf('Overture, BWV 831: Aria'))).toBe(false);
    expect(sameMovement(aria, movementOf('Goldberg Variations, BWV 988: Quodlibet'))).toBe(false);
  });
});
