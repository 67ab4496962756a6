// Identifiers of algorithms and keys that more than one table needs.

export const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
export const RSASSA_PSS = '1.2.840.113549.1.1.10'
export const RSAES_OAEP = '1.2.840.113549.1.1.7'
export const MGF1 = '1.2.840.113549.1.1.8'
export const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
export const ED25519 = '1.3.101.112'
export const PBES2 = '1.2.840.113549.1.5.13'
export const PBKDF2 = '1.2.840.113549.1.5.12'
export const PBMAC1 = '1.2.840.113549.1.5.14'
export const SHAKE256 = '2.16.840.1.101.3.4.2.12'
export const SCRYPT = '1.3.6.1.4.1.11591.4.11'
/** NIST's arc of AES and its modes (CSOR). */
export const NIST_AES = '2.16.840.1.101.3.4.1'
/** NIST's arc of signatures: SHA-3 with RSA and ECDSA, ML-DSA, SLH-DSA (CSOR). */
export const NIST_SIGNATURES = '2.16.840.1.101.3.4.3'
/** NIST's arc of key encapsulation: ML-KEM (CSOR). */
export const NIST_KEMS = '2.16.840.1.101.3.4.4'
