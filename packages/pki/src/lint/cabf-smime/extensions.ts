// Extensions that only some profiles may have, or only in some form.

import { textOf } from '../names.ts'
import type { LintRule, LintSubject, Report } from '../rule.ts'
import type { SmimeProfile } from './profile.ts'
import { profileOf } from './profile.ts'

type Rule = 'cabf-smime/extensions'

export const extensions: LintRule<Rule> = {
  clause: 'S/MIME BR §7.1.2.3',
  problems: { forbidden: 'error', critical: 'error', 'lei-syntax': 'error' },
  roles: ['end'],
  check: (certificate, report) => {
    const profile = profileOf(certificate)
    for (const { name, oid, clause, allowed } of ROWS) {
      const criticality = certificate.criticality({ oid })
      if (criticality === 'absent') continue
      if (profile && !allowed(profile)) report('forbidden', { extension: name }, clause)
      else if (criticality === 'critical') report('critical', { extension: name }, clause)
    }
    checkLei(certificate, report)
  },
}

/** ISO 17442: eighteen capitals and digits, then two check digits (ISO 7064, modulo 97-10). */
function checkLei(certificate: LintSubject, report: Report<Rule>): void {
  const extension = certificate.extensions.find(({ oid }) => oid === LEI)
  if (extension && !isLei(textOf(extension.value))) report('lei-syntax', {}, LEI_CLAUSE)
}

function isLei(text: string): boolean {
  if (!/^[0-9A-Z]{18}[0-9]{2}$/.test(text)) return false
  const digits = text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}

interface Row {
  readonly name: string
  readonly oid: string
  readonly clause: string
  readonly allowed: (profile: SmimeProfile) => boolean
}

const LEI = '1.3.6.1.4.1.52266.1'
const LEI_CLAUSE = 'S/MIME BR §7.1.2.3 l'
const ROWS: readonly Row[] = [
  {
    name: 'subjectDirectoryAttributes',
    oid: '2.5.29.9',
    clause: 'S/MIME BR §7.1.2.3 j',
    allowed: ({ generation }) => generation === 'legacy',
  },
  { name: 'qcStatements', oid: '1.3.6.1.5.5.7.1.3', clause: 'S/MIME BR §7.1.2.3 k', allowed: () => true },
  {
    name: 'LEI',
    oid: LEI,
    clause: LEI_CLAUSE,
    allowed: ({ type }) => type === 'organization' || type === 'sponsor',
  },
  { name: 'LEI role', oid: '1.3.6.1.4.1.52266.2', clause: LEI_CLAUSE, allowed: ({ type }) => type === 'sponsor' },
  {
    name: 'Adobe time stamp',
    oid: '1.2.840.113583.1.1.9.1',
    clause: 'S/MIME BR §7.1.2.3 m',
    allowed: ({ generation }) => generation !== 'strict',
  },
  {
    name: 'Adobe archive revocation information',
    oid: '1.2.840.113583.1.1.9.2',
    clause: 'S/MIME BR §7.1.2.3 m',
    allowed: ({ generation }) => generation !== 'strict',
  },
]
