import * as v from 'valibot';
import { isBlank, trimmed } from '../text/blank.ts';

/** A name, a title or words that somebody writes: trimmed, and something of it can be seen. @param most UTF-16 units. */
export const named = (most: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(most),
    v.check((text) => !isBlank(text), 'must hold something that can be seen'),
    v.transform(trimmed),
  );
