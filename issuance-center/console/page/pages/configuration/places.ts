/** Addresses of 証明書の種類. */
export const OVERVIEW = '/certificates';
export const VERSION = '/certificates/versions/:number';
export const EDITOR = '/certificates/versions/:number/edit';
