import * as v from 'valibot';
import { looseText, positiveOrNull, requiredList } from '#server/kit/http/responseSchema.ts';

const Name = v.pipe(looseText, v.nonEmpty());
const Sleeve = v.object({ artist: Name, title: Name, year: v.optional(positiveOrNull, null) });
/** What stands on the sleeve of a record; the year is null where none does. */
export type Sleeve = v.InferOutput<typeof Sleeve>;

/** Records whose names fit. One without a name is set aside, and the rest is read. */
export const SleevesAnswer = v.object({ sleeves: requiredList(Sleeve) });
