// What certificates say that matters to whoever works on files: whose they are, and of what key.

export { type CertificateFacts, certificateFacts } from './certificate-facts.ts'
export { addressesOf, calledBy, nameOf } from './holder.ts'
export { type PublicKeyFacts, publicKeyFacts } from './key-facts.ts'
export { type OrderedChain, orderChain } from './order-chain.ts'
export { type CertificateUse, usesOf } from './uses.ts'
