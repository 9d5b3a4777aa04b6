/** What takes longer than the transaction that causes it may is noted in it, and done after it, a slice at a time. */
export const migration = {
  number: 16,
  name: 'follow-ups',
  schema: `
-- 'listen': one to be attached anew; 'album': one to be held against what is on the shelf; 'track': one whose archived months are to
-- be counted anew; 'month': such a month, the household's.
CREATE TABLE follow_ups (
  kind TEXT NOT NULL CHECK (kind IN ('listen', 'album', 'track', 'month')),
  what ANY NOT NULL,
  PRIMARY KEY (kind, what)
) STRICT, WITHOUT ROWID;

-- Which tracks the figures that came without their archive count (rollups.base), under the ids that these give them; 0 for all that
-- the library does not know.
CREATE TABLE given_plays (
  track_id INTEGER NOT NULL,
  month TEXT NOT NULL,
  PRIMARY KEY (track_id, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_given_month ON given_plays(month);
INSERT OR IGNORE INTO given_plays (track_id, month)
  SELECT counted.value ->> 0, rollups.id FROM rollups JOIN json_each(base, '$.tracks') AS counted WHERE json_valid(base);
INSERT INTO given_plays (track_id, month)
  SELECT DISTINCT 0, month FROM given_plays WHERE NOT EXISTS (
    SELECT 1 FROM tracks WHERE tracks.id = track_id OR tracks.id = (SELECT former_ids.id FROM former_ids WHERE kind = 'track' AND former_id = track_id));

-- Where a whole track became another, its plays are counted there once and not for each listen that moves.
DROP TRIGGER listen_moved;
CREATE TRIGGER listen_moved AFTER UPDATE OF track_id, timestamp ON listening_history
  WHEN (old.track_id <> new.track_id OR old.timestamp <> new.timestamp)
    AND NOT EXISTS (SELECT 1 FROM former_ids WHERE kind = 'track' AND former_id = old.track_id) BEGIN
  UPDATE tracks SET plays = plays - (id = old.track_id) + (id = new.track_id),
    first_played_at = (SELECT min(timestamp) FROM listening_history WHERE track_id = tracks.id AND timestamp <> 1108290000),
    last_played_at = (SELECT max(timestamp) FROM listening_history WHERE track_id = tracks.id AND timestamp <> 1108290000)
    WHERE id IN (old.track_id, new.track_id);
END;

-- They did not follow what became of what they name: they are counted anew.
INSERT INTO follow_ups (kind, what) SELECT 'month', id FROM rollups WHERE base IS NOT NULL;
`,
};
