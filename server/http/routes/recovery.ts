import {
  beginAnew,
  beginRebuild,
  finishRebuild,
  getRecovery,
  giveDocuments,
  restoreLostLibrary,
} from '#shared/api/recovery.ts';
import { isCollectionName } from '#shared/sync/collections.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import type { RecoveryActions } from '../recoveryActions.ts';
import { route } from '../route.ts';

export const recoveryRoutes = (actions: RecoveryActions) => [
  route(getRecovery, () => actions.status()),
  route(restoreLostLibrary, async ({ body }) => {
    await actions.restore(body.name, body.abandon);
    return actions.status();
  }),
  route(beginAnew, ({ body }) => {
    actions.beginAnew(body.abandon);
    return actions.status();
  }),
  route(beginRebuild, ({ body }) => {
    actions.rebuild(body);
    return actions.status();
  }),
  route(giveDocuments, ({ params: { collection }, body }) => {
    if (!isCollectionName(collection))
      throw new HttpError({ code: 'unknown-collection', params: { name: collection } }, { field: 'collection' });
    return actions.take(collection, body.documents, body);
  }),
  route(finishRebuild, ({ body }) => {
    actions.finish(body.loss);
    return actions.status();
  }),
];
