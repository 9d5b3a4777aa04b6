import { describe, expect, it } from 'vitest';
import { errorCodes, type ErrorCode } from '#shared/errors/errorCodes.ts';
import { ErrorKinds } from '#shared/errors/errors.ts';
import { SERVICE_ERROR_CODES } from '#shared/library/household.ts';
import { REFUSAL_REASONS } from '#shared/sync/refusals.ts';
import en from './en/index.ts';
import fr from './fr/index.ts';
import { fill, isWhole, type Message, type Params } from './message.ts';

const rules = { en: new Intl.PluralRules('en-GB'), fr: new Intl.PluralRules('fr-FR') };
const numbers = { en: new Intl.NumberFormat('en-GB'), fr: new Intl.NumberFormat('fr-FR') };
const codes = Object.keys(errorCodes) as ErrorCode[];
/** Words that one language has and the other has not. */
const ENGLISH =
  /\b(the|this|that|is|are|was|not|of|and|cannot|there|with|server|backup|library|first|again|already)\b/i;

/** A value for each name of a code's sentence that stands out in whatever it is put into. */
const paramsOf = (code: ErrorCode): Params =>
  Object.fromEntries([...errorCodes[code][1].matchAll(/\{(\w+)\}/g)].map(([, name], index) => [name!, `‹${index}›`]));

describe.each([
  ['en', en as Record<string, Message>],
  ['fr', fr as Record<string, Message>],
] as const)('every error of the API in %s', (language, messages) => {
  it.each(codes)('%s is a sentence with all it names, and nothing else', (code) => {
    const params = paramsOf(code);
    const said = fill(messages[`errorCode.${code}`]!, params, rules[language], numbers[language]);
    for (const value of Object.values(params)) expect(said).toContain(value);
    expect(said).not.toMatch(/[{}]/);
    expect(said).not.toContain('errorCode.');
    expect(said).toMatch(/^[\p{Lu}“«‹].*[.»”]$/u);
    if (code.includes('-')) expect(said).not.toContain(code);
    // French only: what is English there was forgotten.
    if (language === 'fr') expect(said.replaceAll(/‹\d›|https?:\/\/|Last\.fm|“[^”]*”/g, '')).not.toMatch(ENGLISH);
  });

  it('blames no key where a service needs none', () => {
    expect(messages['errorCode.service-refused.MusicBrainz']).toBe(messages['serviceError.musicbrainz.refused']);
  });

  it.each(SERVICE_ERROR_CODES)('the error %s of a service has a message', (code) =>
    expect(messages[`serviceError.${code}`]).toBeTypeOf('string'),
  );
  it.each(REFUSAL_REASONS)('the refusal %s of a change has words', (reason) =>
    expect(messages[`refused.${reason}`]).toBeTypeOf('string'),
  );
  it.each(ErrorKinds)('the kind %s has words for a case of a newer server’s', (kind) => {
    expect(messages[`error.${kind}`]).toBeTypeOf('string');
  });
});

it('a sentence is not said with a hole where a value belongs', () => {
  expect(isWhole('{service} has a problem.', { service: 'Discogs' })).toBe(true);
  expect(isWhole('{service} has a problem.', {})).toBe(false);
  expect(isWhole({ one: 'One of {all}', other: '{n} of {all}' }, { n: 2 })).toBe(false);
});
