import { expect, it } from 'vitest';
import { listedTracks } from './listedTracks.ts';

it('reads tracks as people list them', () => {
  expect(listedTracks('A1 Night Bus 4:12\n\n2. Quay\n 1-03 99 Luft 12:05\nB Side Blues (3:00)\n7')).toEqual([
    { title: 'Night Bus', durationSeconds: 252 },
    { title: 'Quay' },
    { title: '99 Luft', durationSeconds: 725 },
    { title: 'B Side Blues', durationSeconds: 180 },
    { title: '7' },
  ]);
});
