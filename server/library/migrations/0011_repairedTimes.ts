import { PAGE_CAPACITY } from '#shared/journal/page.ts';
import { touched } from '../database/touched.ts';

const MONTH = `strftime('%Y-%m', timestamp, 'unixepoch')`;

/**
 * Listens whose impossible time became an unknown date stayed on the journal page of the month they had claimed, and no device was
 * told. They get pages of the month they are of now, and devices pull these, those they left, and the albums whose first play moved.
 */
export const migration = {
  number: 11,
  name: 'repaired-times',
  schema: `
CREATE TEMP TABLE misplaced AS
  SELECT id, track_id, page AS former, month, first + place / ${PAGE_CAPACITY} AS number FROM (
    SELECT id, track_id, page, ${MONTH} AS month, row_number() OVER (PARTITION BY ${MONTH} ORDER BY id) - 1 AS place,
      (SELECT ifnull(max(number) + 1, 0) FROM journal_pages WHERE journal_pages.month = ${MONTH}) AS first
    FROM listening_history WHERE page <> ${MONTH} AND page NOT LIKE ${MONTH} || '.%');
INSERT INTO journal_pages (id, month, number)
  SELECT DISTINCT month || CASE number WHEN 0 THEN '' ELSE '.' || number END, month, number FROM misplaced;
UPDATE listening_history SET page = (SELECT month || CASE number WHEN 0 THEN '' ELSE '.' || number END FROM misplaced WHERE misplaced.id = listening_history.id)
  WHERE id IN (SELECT id FROM misplaced);
${touched(
  'journal',
  `SELECT id AS document, listens = 0 AS gone FROM journal_pages
   WHERE id IN (SELECT former FROM misplaced UNION SELECT page FROM listening_history WHERE id IN (SELECT id FROM misplaced))`,
)}
${touched('albums', 'SELECT DISTINCT CAST(album_id AS TEXT) AS document, 0 AS gone FROM tracks WHERE album_id IS NOT NULL AND id IN (SELECT track_id FROM misplaced)')}
DROP TABLE misplaced;
`,
};
