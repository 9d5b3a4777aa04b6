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

it('takes a number for a position only where it counts the lines', () => {
  const titles = (text: string) => listedTracks(text).map(({ title }) => title);
  expect(titles('99 Luftballons')).toEqual(['99 Luftballons']);
  expect(titles('Ferry\n7 Seconds 5:06\n50 Ways\n16 Tons')).toEqual(['Ferry', '7 Seconds', '50 Ways', '16 Tons']);
  expect(titles('01 Ferry\n02 7 Seconds\n03 Ebb\n1 Wake\n2 Quay')).toEqual([
    'Ferry',
    '7 Seconds',
    'Ebb',
    'Wake',
    'Quay',
  ]);
  expect(titles('7 Ferry\n8 Ebb')).toEqual(['Ferry', 'Ebb']);
});

it('reads a length of more than an hour, and leaves a time that is the title', () => {
  expect(listedTracks('Sleep 1:02:03\n11:59\n4:33 4:33\nWait 75:10')).toEqual([
    { title: 'Sleep', durationSeconds: 3_723 },
    { title: '11:59' },
    { title: '4:33', durationSeconds: 273 },
    { title: 'Wait', durationSeconds: 4_510 },
  ]);
});
