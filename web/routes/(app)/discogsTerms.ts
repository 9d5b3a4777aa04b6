import { lookUp } from '$lib/i18n/index.svelte.ts';

/** A genre of Discogs’ in the reader's language; what has no word of its own, as Rock, stays. */
export const genreName = (genre: string): string => lookUp(`genre.${genre.toLowerCase()}`) ?? genre;

/** The name of a field that the owner of a copy fills in at Discogs; those they added keep the name they gave. */
export const fieldName = (field: string): string => lookUp(`copyField.${field.toLowerCase()}`) ?? field;

/** The condition of a copy, "Near Mint (NM or M-)", in the reader's language; anything else a person wrote stays. */
export const gradeName = (grade: string): string => lookUp(`grade.${grade.toLowerCase()}`) ?? grade;
