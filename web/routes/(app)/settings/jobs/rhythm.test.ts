import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronOf, rhythmOf, type Rhythm } from './rhythm.ts';

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const rhythms: fc.Arbitrary<Rhythm> = fc.oneof(
  fc.record({ every: fc.constant('hour' as const), minute: fc.nat(59) }),
  fc.record({ every: fc.constant('day' as const), time }),
  fc.record({ every: fc.constant('week' as const), weekday: fc.nat(6), time }),
  fc.record({ every: fc.constant('month' as const), day: fc.integer({ min: 1, max: 31 }), time }),
);

describe('a job’s rhythm', () => {
  it('is the same after it was written as cron and read again', () => {
    fc.assert(
      fc.property(rhythms, (rhythm) => {
        expect(rhythmOf(cronOf(rhythm))).toEqual(rhythm);
      }),
    );
  });

  it.each([
    ['0 2 * * *', { every: 'day', time: '02:00' }],
    ['0 * * * *', { every: 'hour', minute: 0 }],
    ['30 5 * * 1', { every: 'week', weekday: 0, time: '05:30' }],
    ['30 5 * * 0', { every: 'week', weekday: 6, time: '05:30' }],
    [' 30  5 * * 7 ', { every: 'week', weekday: 6, time: '05:30' }],
    ['5 0 31 * *', { every: 'month', day: 31, time: '00:05' }],
  ])('is read from %j', (cron, rhythm) => {
    expect(rhythmOf(cron)).toEqual(rhythm);
  });

  it.each([
    '*/10 * * * *',
    '0 2,14 * * *',
    '0 2 * 6 *',
    '0 2 1 * 1',
    '0 2 * * 1-5',
    '61 2 * * *',
    '0 24 * * *',
    '0 2 0 * *',
    'daily',
    '',
    '0 2 * * * *',
  ])('is none of these for %j', (cron) => {
    expect(rhythmOf(cron)).toBeNull();
  });
});
