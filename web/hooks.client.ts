import type { ClientInit } from '@sveltejs/kit';
import { startApp } from '$lib/app.ts';

/** Before the first page is loaded. */
export const init: ClientInit = () => void startApp();
