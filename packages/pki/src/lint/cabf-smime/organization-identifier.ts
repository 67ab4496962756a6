import { nameValue, nameValues } from '../../x509/index.ts'
import type { LintRule } from '../rule.ts'
import { isCountry } from './countries.ts'

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
      const { scheme, code = '', part, reference = '' } = form
      const owner = scheme === 'VAT' ? (VAT_PREFIXES[code] ?? code) : code
      if (code !== 'XG') {
        if (!isCountry(owner)) report('syntax', { value })
        else if (country !== undefined && owner !== country) report('country', { value, country })
      }
      // "registered in Germany, the Registration Reference SHOULD use the EUID identifier", which names the country's own
      // register, and no part of it.
      const isEuid = part === undefined && /^DE[^.]+\../.test(reference)
      if (scheme === 'NTR' && code === 'DE' && !isEuid) report('euid', { value })
    }
  },
}

// Scheme, country, perhaps a part of it, and what the register calls the organization, which may hold hyphens itself.
// Taxes are the whole country's. Governments and international organizations need no number, and XG is no country.
const FORMS: readonly RegExp[] = [
  /^(?<scheme>NTR|PSD)(?<code>(?!XG)[A-Z]{2})(?:\+(?<part>[A-Z0-9]{1,3}))?-(?<reference>.+)$/,
  /^(?<scheme>VAT)(?<code>(?!XG)[A-Z]{2})-(?<reference>.+)$/,
  /^(?<scheme>LEI)(?<code>XG)-(?<reference>[0-9A-Z]{18}[0-9]{2})$/,
  /^(?<scheme>GOV)(?<code>(?!XG)[A-Z]{2})(?:\+(?<part>[A-Z0-9]{1,3}))?$/,
  /^(?<scheme>INT)(?<code>XG)$/,
]
// Article 215 of Council Directive 2006/112/EC: Greece, and Northern Ireland.
const VAT_PREFIXES: Readonly<Record<string, string>> = { EL: 'GR', XI: 'GB' }
