/** What a browser says of the network, where it does (Network Information API). */
export interface NetworkFacts extends Partial<EventTarget> {
  saveData?: boolean;
  type?: string;
  effectiveType?: string;
}

/** The network of this device; undefined where the browser does not say. */
export const networkFacts = (): NetworkFacts | undefined =>
  (globalThis.navigator as (Navigator & { connection?: NetworkFacts }) | undefined)?.connection;

/** Whether what nobody asked for should wait: the person saves data, pays for it by the amount, or has hardly any. */
export const isMetered = (network: NetworkFacts | undefined): boolean =>
  network !== undefined &&
  (network.saveData === true || network.type === 'cellular' || (network.effectiveType ?? '').endsWith('2g'));
