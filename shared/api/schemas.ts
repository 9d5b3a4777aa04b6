import type * as v from 'valibot';
import { Copy } from '../library/album.ts';
import { HouseholdDocument, ServiceState } from '../library/household.ts';
import { ImageReference, AccentColour } from '../library/image.ts';
import { Part } from '../library/partRules.ts';
import { PullAnswer } from '../sync/checkpoint.ts';
import { PushAnswer, RefusedRow } from '../sync/protocol.ts';
import { SyncState } from '../sync/state.ts';
import { areas } from './endpoints.ts';
import { Problem } from '../errors/errors.ts';
import { Bucket, Comeback, Overview, Period, Session, Share, TopAlbum, TopArtist, TopTrack } from './figures.ts';

const isSchema = (value: unknown): value is v.GenericSchema =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';

/** The schemas that answers are made of and that have a name of their own: the components of openapi.json. */
export const schemas: Readonly<Record<string, v.GenericSchema>> = {
  ...Object.fromEntries(
    Object.values(areas).flatMap((area) =>
      Object.entries(area).filter((each): each is [string, v.GenericSchema] => isSchema(each[1])),
    ),
  ),
  Bucket,
  Comeback,
  Copy,
  HouseholdDocument,
  ImageReference,
  AccentColour,
  Overview,
  Part,
  Period,
  Problem,
  PullAnswer,
  PushAnswer,
  RefusedRow,
  ServiceState,
  Session,
  Share,
  SyncState,
  TopAlbum,
  TopArtist,
  TopTrack,
};
