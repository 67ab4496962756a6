export { parseCertificateSearch } from './model.ts'
