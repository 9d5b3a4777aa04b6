/** The product's version, as the specification names it. */
export const VERSION = '4.0.0';
