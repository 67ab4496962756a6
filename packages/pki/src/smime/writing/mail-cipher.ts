import type { SealCipher } from '../../cms/index.ts'
import type { Certificate, SmimeCapability } from '../../x509/index.ts'
import { extension } from '../../x509/index.ts'

/** Somebody a mail is for, and what is known of what they can read. */
export interface MailReader {
  readonly certificate: Certificate
  /** From a mail that they signed, or their profile; otherwise what the certificate says (RFC 4262) counts. */
  readonly capabilities?: readonly SmimeCapability[]
}

/**
 * The best cipher that all can read (RFC 8551 §2.7): AES-GCM before AES-CBC, 256 bits before 128. Of somebody who says
 * nothing, `unknown` is assumed: few mail programs read AES-GCM yet. Who says something reads AES-128-CBC in any case.
 * @param unknown what a reader without capabilities can read at best. @default 'AES-128-CBC'
 * @example
 * const { certificate } = sample.person
 * assert.equal(mailCipher([{ certificate }]), 'AES-128-CBC')
 * assert.equal(mailCipher([{ certificate, capabilities: [{ oid: '2.16.840.1.101.3.4.1.46' }] }]), 'AES-256-GCM')
 */
export function mailCipher(readers: readonly MailReader[], unknown: SealCipher = 'AES-128-CBC'): SealCipher {
  const all = readers.map((reader) => readable(reader) ?? atBest(unknown))
  return ORDER.find(([, oid]) => all.every((oids) => oids.has(oid)))?.[0] ?? LAST
}

function readable({ certificate, capabilities }: MailReader): ReadonlySet<string> | undefined {
  const said = capabilities ?? extension(certificate, 'smimeCapabilities')
  return said && new Set(said.map(({ oid }) => oid))
}

const atBest = (cipher: SealCipher): ReadonlySet<string> =>
  new Set(ORDER.slice(ORDER.findIndex(([name]) => name === cipher)).map(([, oid]) => oid))

// Every version of S/MIME since 3.2 must read it.
const LAST: SealCipher = 'AES-128-CBC'
const AES = '2.16.840.1.101.3.4.1'
const ORDER: readonly (readonly [SealCipher, string])[] = [
  ['AES-256-GCM', `${AES}.46`],
  ['AES-128-GCM', `${AES}.6`],
  ['AES-256-CBC', `${AES}.42`],
  ['AES-128-CBC', `${AES}.2`],
]
