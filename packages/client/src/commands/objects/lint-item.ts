import { lintSentence } from '@scel/contract/lint'
import { isPkiError } from '@scel/pki/errors'
import { type LintFinding, type LintOptions, lintCertificate, lintCrl, lintRequest } from '@scel/pki/lint'
import { formatName, type Name, parseCertificate, parseCrl, parseRequest, parseSigned } from '@scel/pki/x509'
import { fill } from '../../ui/messages/index.ts'
import { inVoice, type Voice } from '../../ui/voice.ts'
import type { Item } from '../input/material.ts'

/** An object and what was found in it, as `scel lint --json` prints it. */
export interface Linted {
  readonly kind: 'certificate' | 'request' | 'crl'
  /** The subject, or of a list the issuer. */
  readonly name: string
  readonly findings: readonly (LintFinding & { readonly says: string })[]
}

/** Undefined for what lint has no rules for. @throws der_malformed for what has not even the frame of a certificate */
export function lintItem(item: Item, options: LintOptions, voice: Voice): Linted | undefined {
  switch (item.kind) {
    case 'certificate': {
      const name = nameOf(() => parseCertificate(item.der).subject)
      const { signedBytes } = parseSigned(item.der, 'Certificate', item.der.length)
      return { kind: 'certificate', name, findings: inWords(lintCertificate(signedBytes, options), voice) }
    }
    case 'request': {
      const name = nameOf(() => parseRequest(item.der).subject)
      return { kind: 'request', name, findings: inWords(lintRequest(item.der, options), voice) }
    }
    case 'crl': {
      const name = nameOf(() => parseCrl(item.der).issuer)
      return { kind: 'crl', name, findings: inWords(lintCrl(item.der, options), voice) }
    }
    default:
      return undefined
  }
}

/** What cannot be read has no name; that it cannot is a finding. */
function nameOf(read: () => Name): string {
  try {
    return formatName(read(), 'rfc4514') || '∅'
  } catch (error) {
    if (isPkiError(error)) return '∅'
    throw error
  }
}

const inWords = (findings: readonly LintFinding[], { language }: Voice): Linted['findings'] =>
  findings.map((finding) => ({
    ...finding,
    says: inVoice(lintSentence(finding, language, (text, facts) => fill(text, language, facts))),
  }))
