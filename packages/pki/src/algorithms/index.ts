export type { AeadAlgorithm, CipherAlgorithm, KeyWrapAlgorithm } from './cipher.ts'
export { AEADS, aeadByOid, CIPHERS, cipherByOid, KEY_WRAPS, keyWrapByOid } from './cipher.ts'
export type { Curve, CurveName } from './curve.ts'
export { CURVES, curveByOid } from './curve.ts'
export type { DigestAlgorithm, DigestName, StrongDigestName } from './digest.ts'
export { DIGESTS, digestByHmacOid, digestByName, digestByOid } from './digest.ts'
export type { HkdfAlgorithm } from './kdf.ts'
export { HKDFS, hkdfByOid } from './kdf.ts'
export type { KemAlgorithm } from './kem.ts'
export { KEMS, kemByOid } from './kem.ts'
export type { KeyAgreementAlgorithm } from './key-agreement.ts'
export { KEY_AGREEMENTS, keyAgreementByOid } from './key-agreement.ts'
export type { KeySpec, KeySpecRow } from './key-spec.ts'
export { defaultSignature, isKeySpec, KEY_SPECS, keySpecOf, keySpecRow, specOf } from './key-spec.ts'
export type { OaepParameters } from './oaep.ts'
export { oaepIdentifier, readOaepIdentifier } from './oaep.ts'
export {
  EC_PUBLIC_KEY,
  ED25519,
  PBES2,
  PBKDF2,
  PBMAC1,
  RSA_ENCRYPTION,
  RSAES_OAEP,
  RSASSA_PSS,
  SCRYPT,
  SHAKE256,
} from './oids.ts'
export type { PssParameters } from './pss-parameters.ts'
export { pssSpki } from './pss-parameters.ts'
export type { KeyKind, PublicKeyFacts } from './public-key.ts'
export { readPublicKey } from './public-key.ts'
export type { RawKey, RawKeyKind, RawKeySpec } from './raw-key.ts'
export { RAW_KEYS, rawKeyByOid } from './raw-key.ts'
export type { SignatureAlgorithm, SignatureIdentifier, SignatureName } from './signature.ts'
export {
  pssSignature,
  readSignatureIdentifier,
  SIGNATURES,
  signatureByName,
  signatureByOid,
  signatureFits,
  signatureRow,
} from './signature.ts'
