import fc from 'fast-check';

const SCALAR = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);

/** Any JSON value at all, or the sample with some of its leaves and branches replaced by something else. */
export function mutated(sample: unknown): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 1, arbitrary: fc.anything() }, { weight: 4, arbitrary: changed(sample) });
}

function changed(sample: unknown): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: sameKind(sample) }, { weight: 1, arbitrary: SCALAR });
}

function sameKind(sample: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(sample)) return fc.tuple(...sample.map(changed));
  if (sample === null || typeof sample !== 'object') return fc.constant(sample);
  return fc.record(Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, changed(value)])));
}
