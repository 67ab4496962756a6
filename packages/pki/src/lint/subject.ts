// What rules look at, read once.

import { contextConstructed, contextPrimitive, DerReader, TAG } from '../asn1/index.ts'
import type { PkiError } from '../errors/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Extension } from '../x509/index.ts'
import { EXTENSIONS, extensionName, parseTbsCertificate, sameName } from '../x509/index.ts'
import type { LintContent, LintRole, LintSubject } from './rule.ts'

type Broken = (extension: string, error: PkiError) => void

/**
 * Reads a TBSCertificate. Every known extension is read now, so that rules need not expect a malformed one: it is told
 * to `broken`, and has no value. Throws what parseTbsCertificate throws.
 */
export function readSubject(tbs: Uint8Array, at: Date | undefined, broken: Broken): LintSubject {
  const certificate = parseTbsCertificate(tbs)
  const extensions = readExtensionValues(certificate.extensions, broken)
  const isAuthority = extensions.value('basicConstraints')?.ca === true
  const selfIssued = sameName(certificate.issuer, certificate.subject)
  return {
    ...certificate,
    ...extensions,
    ...readEncodings(tbs),
    at: at ?? certificate.notBefore,
    role: roleOf(isAuthority, selfIssued),
    isAuthority,
    selfIssued,
  }
}

/** Values and criticalities of extensions. One that cannot be read is told to `broken`, and has no value. */
export function readExtensionValues(
  extensions: readonly Extension[],
  broken: Broken,
): Pick<LintContent, 'value' | 'criticality'> {
  const found = new Map<string, { readonly value: unknown; readonly critical: boolean }>()
  for (const { oid, critical, value } of extensions) {
    const name = extensionName(oid)
    try {
      found.set(oid, { value: name && EXTENSIONS[name].parse(value), critical })
    } catch (error) {
      if (!isPkiError(error)) throw error
      found.set(oid, { value: undefined, critical })
      broken(name ?? oid, error)
    }
  }
  return {
    value: (name) => found.get(EXTENSIONS[name].oid)?.value as never,
    criticality(extension) {
      const one = found.get(typeof extension === 'string' ? EXTENSIONS[extension].oid : extension.oid)
      if (!one) return 'absent'
      return one.critical ? 'critical' : 'not critical'
    },
  }
}

function roleOf(isAuthority: boolean, selfIssued: boolean): LintRole {
  if (!isAuthority) return 'end'
  return selfIssued ? 'root' : 'subordinate'
}

/** What values no longer show: the types of the two times, and fields that have no value here. */
function readEncodings(tbs: Uint8Array): Pick<LintSubject, 'timeTags' | 'hasUniqueIdentifiers'> {
  return DerReader.whole(tbs, 'TBSCertificate', (reader) =>
    reader.sequence((fields) => {
      if (fields.tag === contextConstructed(0)) fields.element()
      // serialNumber, signature and issuer come before validity; subject and key after it.
      for (let i = 0; i < 3; i++) fields.element()
      const timeTags = fields.sequence((times) => [skip(times), skip(times)] as const)
      for (let i = 0; i < 2; i++) fields.element()
      const hasUniqueIdentifiers = fields.tag === contextPrimitive(1) || fields.tag === contextPrimitive(2)
      while (!fields.done) fields.element()
      return { timeTags, hasUniqueIdentifiers }
    }),
  )
}

/** Passes over an element, and says what it was. */
export function skip(reader: DerReader): number {
  const tag = reader.tag ?? TAG.null
  reader.element()
  return tag
}
