/**
 * A 106-bit digest in hexadecimal, for naming things only. RxDB insists on a hash function, and `crypto.subtle`, which it
 * would take by default, is missing over plain HTTP on the home's network.
 * Two runs of cyrb53 (public domain, github.com/bryc/code) with different seeds.
 */
export function digest(text: string): string {
  return cyrb53(text, 0x41494d45) + cyrb53(text, 0x4a6f7572);
}

function cyrb53(text: string, seed: number): string {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(16).padStart(14, '0');
}
