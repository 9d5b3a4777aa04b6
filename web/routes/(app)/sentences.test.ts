import { expect, test } from 'vitest';
import { SERVICE_STATES } from '#shared/library/serviceStates.ts';
import { CONDITIONS } from '#tests/e2e/sentences/conditions.ts';
import { INSTALL } from '#tests/e2e/sentences/install.ts';
import { OFFLINE } from '#tests/e2e/sentences/offline.ts';
import { patternOf, type Sentence } from '#tests/e2e/sentences/sentence.ts';
import { SERVICE_ERROR_SENTENCES } from '#tests/e2e/sentences/serviceErrors.ts';
import { SERVICES } from '#tests/e2e/sentences/services.ts';
import en from '../../lib/i18n/en/index.ts';
import fr from '../../lib/i18n/fr/index.ts';
import type { Message } from '../../lib/i18n/message.ts';
import { STATE_MESSAGES } from '../services/serviceMessages.ts';

type Id = keyof typeof SERVICES;
const IDS = Object.keys(SERVICES) as Id[];
/** The last part of the keys that begin so and end so. */
const keysOf = (begin: string, end = ''): string[] =>
  Object.keys(en).flatMap((key) =>
    key.startsWith(begin) && key.endsWith(end) ? [key.slice(begin.length, key.length - end.length)] : [],
  );

/** Whether a row is a message as it stands in a language's messages, for one form of those that count. */
function isMessage(row: Sentence, key: string, purpose = ''): boolean {
  return (
    [
      ['en', en],
      ['fr', fr],
    ] as const
  ).every(([language, messages]) => {
    const message = (messages as unknown as Record<string, Message>)[key];
    const forms = typeof message === 'string' ? [message] : Object.values((message ?? {}) as Record<string, string>);
    const fill = (text: string) =>
      text
        .replace('{purpose}', purpose && (messages as unknown as Record<string, string>)[purpose]!)
        .replace(/\{\w+\}/g, '12:10');
    return forms.some((text) => patternOf(row, language).test(fill(text)));
  });
}

test('every state of a service has its row, with the words of both languages, and no row is of a state that is none', () => {
  expect(IDS.sort()).toEqual(Object.keys(STATE_MESSAGES).sort());
  for (const id of IDS) {
    expect(Object.keys(SERVICES[id]).sort(), id).toEqual(SERVICE_STATES[id].map(({ code }) => code).sort());
    const messages: Record<string, string> = STATE_MESSAGES[id];
    for (const [code, row] of Object.entries<Sentence>(SERVICES[id]))
      expect(isMessage(row, messages[code]!, `service.purpose.${id}`), `${id} ${code}`).toBe(true);
  }
});

test('so has every condition of the mark, everything that is said of working offline, and every way to install', () => {
  const conditions = keysOf('condition.', '.short');
  expect(Object.keys(CONDITIONS).sort()).toEqual(conditions.sort());
  for (const [code, row] of Object.entries(CONDITIONS)) {
    const key = code.startsWith('backup-')
      ? `backup.problem.${code.slice('backup-'.length)}`
      : `condition.${code}.long`;
    expect(isMessage(row, key) && isMessage({ when: row.when, ...row.short }, `condition.${code}.short`), code).toBe(
      true,
    );
  }
  expect(Object.keys(OFFLINE).sort()).toEqual(
    keysOf('offline.')
      .filter((kind) => kind !== 'httpSlip')
      .sort(),
  );
  for (const [kind, row] of Object.entries(OFFLINE)) expect(isMessage(row, `offline.${kind}`), kind).toBe(true);
  const install = { installed: 'install.installed', prompt: 'device.installMore', share: 'install.share1' };
  for (const [way, row] of Object.entries(INSTALL))
    expect(isMessage(row, install[way as keyof typeof install]), way).toBe(true);
  for (const [code, row] of Object.entries<Sentence>(SERVICE_ERROR_SENTENCES))
    expect(isMessage(row, `serviceError.${code}`), code).toBe(true);
});
