import { isPkiError } from '@scel/pki/errors'
import { type Certificate, extension, type GeneralName, mailName } from '@scel/pki/x509'
import { kindOfName } from './asked-name.ts'
import { normalName } from './normal-name.ts'

export type NameKind = 'cn' | 'dns' | 'email' | 'ip' | 'uri' | 'other'

/** A name that a certificate has, or will have: normal, so that it can be compared. */
export interface HeldName {
  readonly kind: NameKind
  readonly name: string
}

/** Every name in the issued bytes by which somebody may be taken for the holder: common names and alternative names. */
export function namesOfCertificate(certificate: Certificate): HeldName[] {
  const common = certificate.subject.rdns.flat().filter(({ type }) => type === 'commonName')
  return distinct([
    ...common.map(({ value = '' }): HeldName => ({ kind: 'cn', name: normalName(value) })),
    ...(extension(certificate, 'subjectAltName') ?? []).map(heldName),
  ])
}

/** The names that the certificate of a request will have. */
export const namesOfRequest = ({ commonName, names }: { commonName: string; names: readonly string[] }): HeldName[] =>
  distinct([
    { kind: 'cn', name: normalName(commonName) },
    ...names.map((name): HeldName => ({ kind: kindOfName(name), name: normalName(name) })),
  ])

const KINDS = { dNSName: 'dns', iPAddress: 'ip', uniformResourceIdentifier: 'uri' } as const

function heldName(name: GeneralName): HeldName {
  const mailbox = mailboxOf(name)
  if (mailbox !== undefined) return { kind: 'email', name: normalName(mailbox) }
  const kind = name.kind in KINDS ? KINDS[name.kind as keyof typeof KINDS] : 'other'
  return { kind, name: 'value' in name && typeof name.value === 'string' ? normalName(name.value) : name.kind }
}

/** One that reads as none is a name all the same. */
function mailboxOf(name: GeneralName): string | undefined {
  try {
    return mailName(name)
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

function distinct(names: readonly HeldName[]): HeldName[] {
  const seen = new Map(names.filter(({ name }) => name !== '').map((held) => [`${held.kind} ${held.name}`, held]))
  return [...seen.values()]
}
