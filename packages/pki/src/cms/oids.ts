// Content types of CMS (RFC 5652 §4 and following).

export const DATA = '1.2.840.113549.1.7.1'
export const SIGNED_DATA = '1.2.840.113549.1.7.2'
