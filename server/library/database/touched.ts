/**
 * Moves documents to the end of the change feed, as any other change does.
 *
 * @param documents a query of `document` and `gone` (0 or 1), each document once.
 */
export const touched = (collection: string, documents: string): string => `
INSERT INTO change_feed (collection, document_id, seq, deleted)
  SELECT '${collection}', document, (SELECT last_seq FROM library_state) + row_number() OVER (ORDER BY document), gone FROM (${documents}) WHERE true
  ON CONFLICT (collection, document_id) DO UPDATE SET seq = excluded.seq, deleted = excluded.deleted;
UPDATE library_state SET last_seq = max(last_seq, (SELECT ifnull(max(seq), 0) FROM change_feed));`;
