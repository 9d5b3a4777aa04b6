import { pictureAddress } from '../pictureAddress.ts';

/** Where the covers are that a person wants on this device for good; never tidied away. */
export const OFFLINE_COVERS = 'covers-kept';
/** Those that were looked at; they come and go. */
export const SEEN_COVERS = 'covers';
/** The one size that is stored: sharp in a grid, enough for a page while there is no network. */
const OFFLINE_SIZE = 300;
/** On the requests that fill it: the service worker lets them pass. */
export const KEEPING_HEADER = 'x-aime-keeping';

export const offlineAddress = (imageId: number): string => pictureAddress(imageId, OFFLINE_SIZE);
