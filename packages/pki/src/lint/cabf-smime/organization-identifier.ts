import { nameValue, nameValues } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'

export const organizationIdentifier: LintRule<'cabf-smime/organization-identifier'> = {
  clause: 'S/MIME BR §7.1.4.2.2 d and appendix A.1',
  problems: { syntax: 'error', country: 'error', euid: 'warning' },
  roles: ['end'],
  check: ({ subject }, report) => {
    const country = nameValue(subject, 'countryName')
    for (const value of nameValues(subject, 'organizationIdentifier')) {
      const form = FORMS.map((one) => one.exec(value)?.groups).find((groups) => groups !== undefined)
      if (!form) {
        report('syntax', { value })
        continue
      }
      // LEI and INT belong to no country; a tax number may bear the prefix of its directive.
      const { scheme, code = '', reference = '' } = form
      const owner = scheme === 'VAT' ? (VAT_PREFIXES[code] ?? code) : code
      if (country !== undefined && code !== 'XG' && owner !== country) report('country', { value, country })
      // "registered in Germany, the Registration Reference SHOULD use the EUID identifier"
      if (scheme === 'NTR' && code === 'DE' && !/^DE[^.]+\../.test(reference)) report('euid', { value })
    }
  },
}

// Scheme, country, perhaps a part of it, and what the register calls the organization, which may hold hyphens itself.
// Governments and international organizations need no number.
const FORMS: readonly RegExp[] = [
  /^(?<scheme>NTR|VAT|PSD)(?<code>[A-Z]{2})(?:\+[A-Z0-9]{1,3})?-(?<reference>.+)$/,
  /^(?<scheme>LEI)(?<code>XG)-(?<reference>[0-9A-Z]{18}[0-9]{2})$/,
  /^(?<scheme>GOV)(?<code>[A-Z]{2})(?:\+[A-Z0-9]{1,3})?$/,
  /^(?<scheme>INT)(?<code>XG)$/,
]
// Article 215 of Council Directive 2006/112/EC: Greece, and Northern Ireland.
const VAT_PREFIXES: Readonly<Record<string, string>> = { EL: 'GR', XI: 'GB' }
