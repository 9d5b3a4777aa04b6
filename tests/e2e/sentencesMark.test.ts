import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { CONDITIONS } from './sentences/conditions.ts';
import { patternOf } from './sentences/sentence.ts';
import { Between } from './setup/between.ts';
import { TestSession, following, now, untilHeard } from './setup/testSession.ts';
import { seen } from './setup/places.ts';
import { LANGUAGES } from './setup/serviceCards.ts';
import { FOR_EVER, refuses } from './setup/serviceFaults.ts';

/** Every sentence that the server indicator says, as `sentences/conditions.ts` has them word for word: its condition is made true, read, and made false. */
const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

test('the indicator on every page says what a person should know of the server while it is so, in both languages, and nothing else', async () => {
  const lastfm = await session.listener();
  const discogs = session.keep(await startDiscogsSimulator({ requestsPerMinute: 60_000 }), (one) => one.close());
  const euria = session.keep(await startEuriaSimulator(), (one) => one.close());
  const server = await session.server({
    ...following(lastfm),
    DISCOGS_URL: discogs.url,
    DISCOGS_TOKEN: discogs.token,
    EURIA_URL: euria.url,
    EURIA_TOKEN: euria.token,
  });
  await server.send('PUT', '/household', { firstRunDone: true });
  await untilHeard(server);
  const between = session.keep(await Between.start(server), (proxy) => proxy.close());
  const pages = await Promise.all(
    LANGUAGES.map((locale) => session.device(server, '/journal', { locale, baseURL: between.url })),
  );
  const post = (path: string) => server.send('POST', path, {});
  const unread = new Set(Object.keys(CONDITIONS));

  const expectCondition = async (code: keyof typeof CONDITIONS, service = '…') => {
    const row = CONDITIONS[code];
    const [long, short] = [row, row.short].map(({ en, fr }) => ({
      en: en.replace('…', service),
      fr: fr.replace('…', service),
    }));
    await Promise.all(
      pages.map(async (page, at) => {
        const mark = page.getByRole('button', { name: patternOf(long!, LANGUAGES[at]!) });
        await seen(mark);
        expect(await mark.first().locator('.word').textContent()).toMatch(patternOf(short!, LANGUAGES[at]!));
      }),
    );
    unread.delete(code);
  };
  const isOver = async () =>
    void (await Promise.all(
      pages.map((page, at) => seen(page.getByRole('button', { name: ['Up to date', 'À jour'][at]!, exact: true }))),
    ));
  const tracker = () => server.get<{ lastError: string | null }>('/services/tracker/status');
  await isOver();

  // One poll that fails is not reported.
  const seenTexts = await pages[0]!.evaluateHandle(() => {
    const alerts: string[] = [];
    new MutationObserver(() =>
      alerts.push(...[...document.querySelectorAll('.word.alerting')].map(({ textContent }) => textContent)),
    ).observe(document.body, { subtree: true, childList: true, characterData: true });
    return alerts;
  });
  const busy = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const;
  lastfm.fault(busy);
  await until('the poll that failed', tracker, ({ lastError }) => lastError !== null);
  await until('the next one', tracker, ({ lastError }) => lastError === null);
  await isOver();
  expect(await seenTexts.jsonValue()).toEqual([]);
  lastfm.fault({ ...busy, ...FOR_EVER });
  await expectCondition('tracker-frozen');
  lastfm.clearFaults();
  await isOver();

  lastfm.fault({ kind: 'error', error: 10, ...FOR_EVER });
  await expectCondition('service-refused', 'Last.fm');
  lastfm.clearFaults();
  await isOver();
  discogs.fault(refuses(1));
  await post('/services/discogs/test');
  await expectCondition('service-refused', 'Discogs');
  await post('/services/discogs/test');
  await isOver();
  euria.fault({ kind: 'status', status: 402 });
  await post('/services/euria/test');
  await expectCondition('service-needs', 'EurIA');
  await post('/services/euria/try-now');
  await isOver();

  const backups = join(server.dataDir, 'backups');
  rmSync(backups, { recursive: true, force: true });
  writeFileSync(backups, 'in the way');
  await post('/backups');
  await expectCondition('backup-failed');
  rmSync(backups);
  await post('/backups');
  await isOver();
  const other = new Libsql(join(server.dataDir, 'musique.db'));
  other.exec('BEGIN EXCLUSIVE');
  await post('/services/tracker/stop');
  await expectCondition('database-busy');
  other.exec('ROLLBACK');
  other.close();
  await isOver();

  const log = join(server.dataDir, 'musique.db-wal');
  renameSync(log, `${log}.aside`);
  await expectCondition('database-log-gone');
  renameSync(`${log}.aside`, log);
  await isOver();

  // Simulated events: a damaged file is not mended while it is open, a disk is filled by its owner alone, a backup grows old in days, and a service error shows after a minute.
  for (const condition of [
    { code: 'database-damaged' },
    { code: 'disk-full' },
    { code: 'disk-failing' },
    { code: 'disk-low', freeBytes: 340_000_000 },
  ] as const) {
    between.emit({ event: 'health', data: { conditions: [condition] } });
    await expectCondition(condition.code);
    between.emit({ event: 'health', data: { conditions: [] } });
    await isOver();
  }
  between.emit({
    event: 'service',
    data: { id: 'spotify', status: 'attention', code: 'failing', trouble: { code: 'unreachable' }, since: now() - 90 },
  });
  await expectCondition('service-silent', 'Spotify');
  between.emit({ event: 'service', data: { id: 'spotify', status: 'off', code: 'not-configured' } });
  await isOver();
  let days = 366;
  for (const code of ['old', 'none', 'second'] as const) {
    const household = (json: unknown) => {
      const page = json as { documents: object[] };
      return {
        ...page,
        documents: page.documents.map((document) => ({
          ...document,
          backup: { lastGoodAt: null, problem: { code, reason: null } },
        })),
      };
    };
    const end = between.change(/\/sync\/household\/pull/, household);
    // Anything new makes a page fetch the household again.
    await server.send('PUT', '/settings', { 'retention.days': (days += 1) });
    await expectCondition(`backup-${code}`);
    end();
    await server.send('PUT', '/settings', { 'retention.days': (days += 1) });
    await isOver();
  }
  expect([...unread]).toEqual([]);
});
