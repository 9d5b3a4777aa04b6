import { getListen, listListens } from '#shared/api/history.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import type { Library } from '../../library/api/library.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { listAnswer } from '../lists.ts';
import { rangeOf } from '../periods.ts';
import { route } from '../route.ts';

/** @param calendar the household's, in which days begin. */
export const historyRoutes = (library: Library, calendar: () => Calendar) => [
  route(listListens, ({ query: { from, to, ...query } }) =>
    listAnswer(query, library.reads.listens({ ...query, ...rangeOf(calendar(), { from, to }) })),
  ),
  route(getListen, ({ params }) => {
    const listen = library.reads.listen(params.id);
    if (!listen) throw new HttpError({ code: 'unknown-listen', params: { id: params.id } });
    return listen;
  }),
];
