export { addressesOf, isNamed, nameOf } from './certificates.ts'
export {
  type SignatureFacts,
  signatureFacts,
  signerFacts,
  type Trust,
  type VerdictFacts,
  type VouchedBy,
  verdictFacts,
  vouchedFacts,
} from './facts.ts'
export { type Peeked, peeked } from './peeked.ts'
export { beginsAsPem, pemOf, withoutPem } from './pem-stream.ts'
export { type Asked, signatureLines, verdictPair, vouchedPairs } from './words.ts'
