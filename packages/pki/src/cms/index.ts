export type { CertificateBag } from './certificate-bag.ts'
export { buildCertificateBag, readCertificateBag } from './certificate-bag.ts'
