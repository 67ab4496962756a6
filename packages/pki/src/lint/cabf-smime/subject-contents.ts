import type { AttributeType } from '../../x509/index.ts'
import { nameValue, nameValues } from '../../x509/index.ts'
import { isMailbox, mailboxesOf } from '../names.ts'
import type { LintRule, LintSubject, Report } from '../rule.ts'
import { isCountry } from './countries.ts'
import { profileOf } from './profile.ts'

type Rule = 'cabf-smime/subject-contents'

export const subjectContents: LintRule<Rule> = {
  clause: 'S/MIME BR §7.1.4.2.2',
  problems: {
    insignificant: 'error',
    'common-name': 'error',
    needs: 'error',
    'several-mailboxes': 'error',
    country: 'error',
  },
  roles: ['end'],
  check: (certificate, report) => {
    for (const attribute of certificate.subject.rdns.flat()) {
      // "SHALL NOT contain only metadata such as '.', '-', and ' '"
      if (attribute.value !== undefined && /^[\s.\-_*?]*$/.test(attribute.value)) {
        report('insignificant', { attribute: attribute.type ?? attribute.oid }, 'S/MIME BR §7.1.4.2')
      }
    }
    for (const [attribute, needed] of NEEDS) {
      const has = (type: AttributeType): boolean => nameValue(certificate.subject, type) !== undefined
      if (has(attribute) && !needed.some(has)) report('needs', { attribute, needed: needed.join(', ') })
    }
    if (nameValues(certificate.subject, 'emailAddress').some((text) => text.split('@').length > 2)) {
      report('several-mailboxes')
    }
    for (const value of nameValues(certificate.subject, 'countryName')) {
      // XX stands for a country without a code of its own.
      if (value !== 'XX' && !isCountry(value)) report('country', { value })
    }
    checkCommonNames(certificate, report)
  },
}

/** A common name repeats something that was verified: a mailbox, the organization, or the person. */
function checkCommonNames(certificate: LintSubject, report: Report<Rule>): void {
  const type = profileOf(certificate)?.type
  const names = certificate.value('subjectAltName')
  const mailboxes = new Set(mailboxesOf(names ?? []))
  const organizations = new Set(nameValues(certificate.subject, 'organizationName'))
  const pseudonyms = nameValues(certificate.subject, 'pseudonym').slice(0, MOST_PSEUDONYMS)
  for (const value of nameValues(certificate.subject, 'commonName')) {
    if (!type || mailboxes.has(value)) continue
    if (type === 'mailbox') {
      // What is wrong with a mailbox that no alternative name repeats is that there is none.
      if (names || !isMailbox(value)) report('common-name', { value })
    } else if (type === 'organization') {
      if (!organizations.has(value)) report('common-name', { value })
    } else if (pseudonyms.length > 0 && !pseudonyms.some((one) => value.includes(one))) {
      report('common-name', { value })
    }
  }
}

// Each is sought in each common name. A person has one.
const MOST_PSEUDONYMS = 16
// "shall only be used if": j to m.
const NEEDS: readonly (readonly [AttributeType, readonly AttributeType[]])[] = [
  ['streetAddress', ['localityName', 'stateOrProvinceName']],
  ['localityName', ['countryName']],
  ['stateOrProvinceName', ['countryName']],
  ['postalCode', ['countryName']],
]
