/** A breakage that no test can notice, and why: another guard stands behind, or nothing depends on it. */
export interface Equivalent {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly why: string
}

const CHAIN = 'packages/pki/src/cms/signed/chain.ts'
const CERTIFICATE = 'packages/pki/src/x509/certificate.ts'

export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: CHAIN,
    before: 'stamped && !asked.valid',
    after: '!asked.valid',
    why: 'without a stamp both moments are now, and the same question has the same answer',
  },
  {
    file: CHAIN,
    before: "typeof revocation === 'object' && revocation.mode === 'if-known'",
    after: "revocation.mode === 'if-known'",
    why: 'neither a function nor a string has a mode; the type wants to know',
  },
  {
    file: 'packages/pki/src/cms/signed/integrity.ts',
    before: 'content[0] !== TAG.set',
    after: 'false',
    why: 'what begins with another tag is refused by the first step of the reader; asked beforehand it costs nothing',
  },
  {
    file: CERTIFICATE,
    before: '!issuerUniqueId && !subjectUniqueId',
    after: 'false',
    why: 'adding nothing makes a copy with the same content, which takes longer',
  },
]
