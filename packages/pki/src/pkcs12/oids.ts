// Identifiers of PKCS #7 and PKCS #12 (RFC 7292 appendix D, RFC 2985, RFC 9879).

export const DATA = '1.2.840.113549.1.7.1'
export const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'

export const KEY_BAG = '1.2.840.113549.1.12.10.1.1'
export const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2'
export const CERT_BAG = '1.2.840.113549.1.12.10.1.3'
export const CRL_BAG = '1.2.840.113549.1.12.10.1.4'
export const SAFE_CONTENTS_BAG = '1.2.840.113549.1.12.10.1.6'
export const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
export const X509_CRL = '1.2.840.113549.1.9.23.1'

export const FRIENDLY_NAME = '1.2.840.113549.1.9.20'
export const LOCAL_KEY_ID = '1.2.840.113549.1.9.21'
/** Java's mark on a certificate that its key store trusts; the values are purposes. */
export const JDK_TRUSTED = '2.16.840.1.113894.746875.1.1'
export const ANY_PURPOSE = '2.5.29.37.0'
