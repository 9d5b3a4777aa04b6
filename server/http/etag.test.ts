import { expect, test } from 'vitest';
import { API_BASE, answersOf, file } from '#shared/api/contract.ts';
import { endpoints } from '#shared/api/endpoints.ts';
import { openApi } from './openapi.ts';
import { route, type Route } from './route.ts';
import { httpAppForTest } from './testing/httpApp.ts';

/** Each that reads, with the same answer whatever it is asked; but for those that look at the ETag in their handlers. */
const reading = Object.values(endpoints)
  .filter(({ method, answers }) => method === 'get' && answers[304] === undefined)
  .map(({ operationId, method, path, tag, summary, open, etag }): Route => {
    const traits = { ...(open !== undefined && { open }), ...(etag !== undefined && { etag }) };
    const endpoint = { operationId, method, path, tag, summary, ...traits, answers: { 200: file('text/plain') } };
    return route(endpoint, () => new Response('the same', { headers: { 'content-type': 'text/plain' } }));
  });
const app = httpAppForTest({ routes: reading });
const { paths } = openApi(reading, '1');

test.each(reading.map((each) => [each.operationId, each] as const))(
  '%s carries an ETag if it names 304, which is then its answer',
  async (_, each) => {
    const address = API_BASE + each.path.replaceAll(/:\w+/g, '1');
    const named = paths[(API_BASE + each.path).replaceAll(/:(\w+)/g, '{$1}')]!.get!.responses[304] !== undefined;
    const answer = await app.request(address);
    expect([answer.status, answer.headers.has('etag')]).toEqual([200, named]);
    const held = await app.request(address, { headers: { 'if-none-match': answer.headers.get('etag') ?? '"x"' } });
    expect(held.status).toBe(named ? 304 : 200);
  },
);

test('those of the library’s lists, pages and figures are among them', () => {
  const withEtag = Object.values(endpoints).filter((endpoint) => answersOf(endpoint)[304] !== undefined);
  expect(withEtag.map(({ operationId }) => operationId)).toEqual(
    expect.arrayContaining(['listAlbums', 'listListens', 'searchLibrary', 'getPlaylist', 'getOverview', 'getImage']),
  );
});
