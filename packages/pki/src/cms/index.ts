export type { CertificateBag } from './certificate-bag.ts'
export { buildCertificateBag, readCertificateBag } from './certificate-bag.ts'
export { describeSealed } from './describe.ts'
export type { SignedFacts, SignerFacts } from './describe-signed.ts'
export { describeSigned } from './describe-signed.ts'
export { isRecipient } from './is-recipient.ts'
export { openContent } from './open.ts'
export type {
  DecryptionKey,
  Opened,
  OpenOptions,
  RecipientFacts,
  RecipientKind,
  SealedFacts,
  SealedStructure,
  SecretKey,
} from './open-options.ts'
export { mayReceive } from './recipients/may-receive.ts'
export { checkRecipients } from './recipients/usable.ts'
export { sealContent } from './seal.ts'
export type {
  CertificateRecipient,
  PassphraseRecipient,
  Recipient,
  SealCipher,
  SealOptions,
  SecretKeyRecipient,
} from './seal-options.ts'
export { signBytes, signContent, signDetached } from './sign.ts'
export { checkIdentity } from './signed/identity.ts'
export { maySign } from './signed/may-sign.ts'
export type { SignatureImprint, Signer, SignOptions } from './signed/sign-options.ts'
export type {
  ChainVerdict,
  Countersignature,
  SignatureTimeStamp,
  SignerVerdict,
  StampVerdict,
  Verdict,
  VerifiedContent,
} from './signed/verdict.ts'
export type { ExpectedSigner, StampCheck, VerifyOptions } from './signed/verify-options.ts'
export type { ByteSink, Progress } from './sink.ts'
export { stampSignatures } from './stamp-signatures.ts'
export { verifyContent } from './verify.ts'
