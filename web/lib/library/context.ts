import { createContext } from 'svelte';
import type { Library } from './createLibrary.ts';

const [get, set] = createContext<Library>();

/** The library that the app shows, for a component to take while it is being made. @throws where no layout above it was given one. */
export const useLibrary: () => Library = get;

/** Gives a library to every component of the layout that calls this. */
export const setLibrary: (library: Library) => Library = set;
