export { isNamed } from './certificates.ts'
export {
  type SignatureDocument,
  signatureDocument,
  signerOf,
  stepDocument,
  verdictDocument,
  vouchedDocument,
} from './document.ts'
export { type Peeked, peeked } from './peeked.ts'
export { beginsAsPem, pemOf, unwrapped } from './pem-stream.ts'
export { type Expectations, signatureLines, verdictPair, vouchedPairs } from './words.ts'
