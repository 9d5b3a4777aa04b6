export { type ChatAnswer, createEuriaClient, type EuriaClient, type EuriaClientOptions } from './client.ts';
export type { ChatMessage, ChatRequest } from './dialect.ts';
export { ModelUnknownError } from './errors.ts';
export { textsSoFar } from './json.ts';
export type { EuriaSettings } from './settings.ts';
export type { OfferedModel } from './wire.ts';
