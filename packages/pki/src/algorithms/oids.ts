// Identifiers of algorithms and keys that more than one table needs.

/** RSA keys for any use (RFC 3279 §2.3.1). */
export const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
/** RSA-PSS, as a signature and as a key that makes nothing else (RFC 4055 §3). */
export const RSASSA_PSS = '1.2.840.113549.1.1.10'
/** RSA-OAEP (RFC 4055 §4). */
export const RSAES_OAEP = '1.2.840.113549.1.1.7'
/** The mask generation function of both. */
export const MGF1 = '1.2.840.113549.1.1.8'
/** Keys on the NIST curves (RFC 5480 §2.1.1). */
export const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
/** Ed25519, key and signature (RFC 8410 §3). */
export const ED25519 = '1.3.101.112'
/** Encryption under a passphrase (RFC 8018 §6.2). */
export const PBES2 = '1.2.840.113549.1.5.13'
/** Derivation from a passphrase (RFC 8018 §5.2). */
export const PBKDF2 = '1.2.840.113549.1.5.12'
/** Authentication under a passphrase (RFC 8018 §7.1). */
export const PBMAC1 = '1.2.840.113549.1.5.14'
/** SHAKE256 (FIPS 202). */
export const SHAKE256 = '2.16.840.1.101.3.4.2.12'
/** scrypt (RFC 7914 §7). */
export const SCRYPT = '1.3.6.1.4.1.11591.4.11'
/** NIST's arc of AES and its modes (CSOR). */
export const NIST_AES = '2.16.840.1.101.3.4.1'
/** NIST's arc of signatures: SHA-3 with RSA and ECDSA, ML-DSA, SLH-DSA (CSOR). */
export const NIST_SIGNATURES = '2.16.840.1.101.3.4.3'
/** NIST's arc of key encapsulation: ML-KEM (CSOR). */
export const NIST_KEMS = '2.16.840.1.101.3.4.4'
