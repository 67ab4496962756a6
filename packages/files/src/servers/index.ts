// The certificate of a server that somebody else looks after: what its files are called, and what their programs want to be told.

export { type CertificateFiles, certificateFiles } from './certificate-files.ts'
export { SERVER_PROGRAMS, type ServerProgram, serverLines } from './server-lines.ts'
