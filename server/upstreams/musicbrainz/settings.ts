export interface MusicBrainzSettings {
  /** The web service: https://musicbrainz.org/ws/2 */
  url: string;
  /** The Cover Art Archive: https://coverartarchive.org */
  coverArtUrl: string;
  /** An e-mail address or a page: MusicBrainz refuses programs nobody can be asked about. */
  contact: string;
}

export const MUSICBRAINZ = 'MusicBrainz';
