/**
 * What outlives a mutation whose own row went after its time: that it was answered, and who said the last word on what. About 20
 * bytes a mutation, and 60 for each device that ever said something of a thing: twenty years of twenty a day are some 10 MB.
 */
export const migration = {
  number: 20,
  name: 'last-words',
  schema: `
CREATE TABLE past_intents (
  id BLOB PRIMARY KEY,                    -- the UUID's 16 bytes
  outdone INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE last_words (
  subject TEXT NOT NULL,                  -- as of intents
  device_id BLOB NOT NULL,                -- the UUID's 16 bytes
  number INTEGER NOT NULL,                -- the highest of that device's on it
  made_at INTEGER NOT NULL,               -- the latest of that device's on it, milliseconds since the epoch
  PRIMARY KEY (subject, device_id)
) STRICT, WITHOUT ROWID;

-- Words made before are not all known any more, milliseconds since the epoch: mutations went without a trace until now.
ALTER TABLE library_state ADD COLUMN words_since INTEGER NOT NULL DEFAULT 0;
UPDATE library_state SET words_since = 1000 * ifnull(
    (SELECT min(applied_at) FROM intents WHERE verdict ->> 'state' <> 'refused'),
    min(unixepoch(), ifnull((SELECT max(last_seen) FROM devices), unixepoch())) - 35 * 86400)
  WHERE EXISTS (SELECT 1 FROM change_feed WHERE collection = 'intents' AND deleted = 1);
`,
};
