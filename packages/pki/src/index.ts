// The commonest of each folder. Import a folder ('@scel/pki/x509') for the rest.

export type { KeySpec, SignatureAlgorithm } from './algorithms/index.ts'
export {
  defaultSignature,
  isKeySpec,
  KEY_SPECS,
  keySpecOf,
  signatureByName,
  signatureByOid,
} from './algorithms/index.ts'
export {
  concat,
  equal,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  pemDecode,
  pemEncode,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from './bytes/index.ts'
export type { KeyPair } from './crypto/index.ts'
export {
  decryptPrivateKey,
  digest,
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  keyMatches,
  PrivateKey,
  publicKeyFingerprint,
  randomBytes,
  readPrivateKey,
  readSpki,
  sign,
  verify,
} from './crypto/index.ts'
export type { PkiErrorCode, PkiErrorFacts } from './errors/index.ts'
export { fail, hasCode, isPkiError, PKI_ERROR_CODES, PkiError } from './errors/index.ts'
export type { Certificate, CertificateRequest, Crl, CrlEntry, Extension, GeneralName, Name } from './x509/index.ts'
export {
  assembleSigned,
  buildName,
  buildRequest,
  buildTbsCertificate,
  buildTbsCrl,
  crlEntry,
  extension,
  fingerprint,
  formatName,
  keyIdentifier,
  makeExtension,
  nameValue,
  parseCertificate,
  parseCrl,
  parseName,
  parseRequest,
  sameName,
  verifyIssuedBy,
  verifyRequest,
} from './x509/index.ts'
