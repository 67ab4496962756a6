// Content types of CMS (RFC 5652 §4 and following).

export const DATA = '1.2.840.113549.1.7.1'
export const SIGNED_DATA = '1.2.840.113549.1.7.2'
export const ENVELOPED_DATA = '1.2.840.113549.1.7.3'
export const DIGESTED_DATA = '1.2.840.113549.1.7.5'
export const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
export const AUTHENTICATED_DATA = '1.2.840.113549.1.9.16.1.2'
export const COMPRESSED_DATA = '1.2.840.113549.1.9.16.1.9'
export const AUTH_ENVELOPED_DATA = '1.2.840.113549.1.9.16.1.23'
