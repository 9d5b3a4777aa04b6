import { expect, test } from 'vitest';
import { exposition, gauge } from './exposition.ts';
import { Counter, Histogram } from './meters.ts';

test('a histogram counts how many were at most so much, all of them, and their sum', () => {
  const waits = new Histogram('waits_seconds', 'How long.', [0.1, 1], ['who']);
  for (const seconds of [0.05, 0.1, 0.5, 7]) waits.observe(seconds, { who: 'ada' });
  expect(exposition([waits.family()])).toBe(
    [
      '# HELP waits_seconds How long.',
      '# TYPE waits_seconds histogram',
      'waits_seconds_bucket{who="ada",le="0.1"} 2',
      'waits_seconds_bucket{who="ada",le="1"} 3',
      'waits_seconds_bucket{who="ada",le="+Inf"} 4',
      'waits_seconds_sum{who="ada"} 7.65',
      'waits_seconds_count{who="ada"} 4',
      '',
    ].join('\n'),
  );
});

test('what stands in a text that says how it is written is escaped', () => {
  const odd = new Counter('odd_total', 'A \\ and\na line.', ['what']);
  odd.add({ what: 'a "b" \\ c\nd' });
  expect(
    exposition([
      odd.family(),
      gauge('even', 'None.', [
        [{}, NaN],
        [{ of: 'all' }, Infinity],
      ]),
    ]),
  ).toBe(
    '# HELP odd_total A \\\\ and\\na line.\n# TYPE odd_total counter\nodd_total{what="a \\"b\\" \\\\ c\\nd"} 1\n# HELP even None.\n# TYPE even gauge\neven NaN\neven{of="all"} +Inf\n',
  );
});

test('one without labels begins at nothing, and however many labels come, there are never more than a bound', () => {
  const [plain, many] = [new Counter('plain_total', 'Plain.'), new Counter('many_total', 'Many.', ['path'])];
  expect(plain.family().samples).toEqual([{ labels: {}, value: 0 }]);
  for (let n = 0; n < 5_000; n += 1) many.add({ path: `/${n}` });
  const { samples } = many.family();
  expect(samples).toHaveLength(1_001);
  expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(5_000);
  expect(samples.at(-1)).toEqual({ labels: { path: 'other' }, value: 4_000 });
});

test('two of one name are refused', () => {
  expect(() => exposition([gauge('one', 'One.', 1), gauge('one', 'One.', 1)])).toThrow(/Two metrics/);
});
