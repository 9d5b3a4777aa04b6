/** `README.txt` of every backup, for somebody who finds the file and knows nothing of AIME. */
export const explanation = `A backup of AIME, a music library and listening journal for a home.

musique.db      the library: an SQLite database that any sqlite3 opens. Records, artists, tracks, listens with what
                each source reported, notes, ratings, loves, playlists, settings.
archive/        listens that fell out of the journal's period: text, one JSON object a line
covers/         pictures, if they were asked for; they can be fetched again
secrets/        keys and tokens of other services, if they were asked for. Without this folder the backup has none.
manifest.json   how much of everything, and a SHA-256 of each file

To bring it back: npm run restore -- FILE, or Settings, Backups.

Une sauvegarde d'AIME, discothèque et journal d'écoute d'une maison. musique.db est une base SQLite : disques, artistes,
titres, écoutes, notes, playlists, réglages. archive/ contient les écoutes sorties du journal, en texte. secrets/ n'existe
que si on l'a demandé. Pour la faire revenir : npm run restore -- FICHIER, ou Réglages, Sauvegardes.
`;
