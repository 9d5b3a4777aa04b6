import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { startMusicBrainzSimulator } from '#tests/simulators/musicbrainz/index.ts';
import { TestSession, following } from './setup/testSession.ts';
import { FOR_EVER } from './setup/serviceFaults.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const LANGUAGES = ['en', 'fr'] as const;
const TITLE = /^(?:Being looked up|Recherches en cours)$/;

/** What is said of what MusicBrainz is still asked, each with the condition under which it may be said. */
const SENTENCES = {
  /** Nothing waits for it, or it is not asked at all. */
  none: { en: /^Nothing is being looked up\.$/, fr: /^Rien n’est cherché en ce moment\.$/ },
  /** Three records wait, and it is asked of the first. */
  looking: {
    en: /^Still to look up: covers and years of 3 records\. (?:That takes .+\.|How long that takes is not known yet\.)$/,
    fr: /^Encore à chercher : pochettes et années de 3 disques\. (?:Cela prend .+\.|On ne sait pas encore combien de temps cela prend\.)$/,
  },
  /** They wait for a person. */
  paused: {
    en: /^Still to look up: covers and years of 3 records\. Paused: nothing is looked up until you continue\.$/,
    fr: /^Encore à chercher : pochettes et années de 3 disques\. En pause : rien n’est cherché tant que vous ne continuez pas\.$/,
  },
  /** They wait for the end of a pause that it asked for. */
  blocked: {
    en: /^Still to look up: covers and years of 3 records\. MusicBrainz was asked too often\. AIME continues .+\.$/,
    fr: /^Encore à chercher : pochettes et années de 3 disques\. MusicBrainz a été trop sollicité\. AIME reprend .+\.$/,
  },
};

test('what is still looked up, and why it waits, is said in Settings while it is so, in both languages', async () => {
  const lastfm = await session.listener();
  const musicbrainz = session.keep(await startMusicBrainzSimulator({ intervalMs: 0 }), (one) => one.close());
  const server = await session.server({
    ...following(lastfm),
    MUSICBRAINZ_URL: musicbrainz.url,
    COVERART_URL: musicbrainz.coverArtUrl,
  });
  await server.send('PUT', '/household', { firstRunDone: true });
  await until(
    'the records',
    async () => (await server.get<{ total: number }>('/collection/albums?pageSize=1')).total,
    (total) => total === 3,
  );
  const pages = await Promise.all(LANGUAGES.map((locale) => session.device(server, '/settings', { locale })));
  const say = (lookup: keyof typeof SENTENCES) =>
    Promise.all(
      pages.map(async (page, at) => {
        const row = page.locator('.st').filter({ has: page.getByRole('heading', { name: TITLE }) });
        const lines = lookup === 'none' ? row.locator('.tx > p') : row.getByRole('listitem').locator('p > span');
        const read = async () => (await lines.allTextContents()).map((text) => text.replace(/\s/g, ' ').trim());
        await expect
          .poll(read, { message: `${lookup} ${LANGUAGES[at]}` })
          .toEqual([expect.stringMatching(SENTENCES[lookup][LANGUAGES[at]!])]);
      }),
    );

  await say('none');
  musicbrainz.fault({ kind: 'hang', ...FOR_EVER });
  await server.send('PUT', '/settings', { contact: 'ada@example.com' });
  await say('looking');
  await server.send('POST', '/services/musicbrainz/pause', {});
  await say('paused');
  musicbrainz.clearFaults();
  musicbrainz.fault({ kind: 'status', status: 429, headers: { 'retry-after': '7200' }, ...FOR_EVER });
  await server.send('POST', '/services/musicbrainz/resume', {});
  await say('blocked');
  musicbrainz.clearFaults();
  await server.send('POST', '/services/musicbrainz/try-now', {});
  await say('none');
});
