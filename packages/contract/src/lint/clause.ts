import type { LintFinding, LintRuleName } from '@scel/pki/lint'
import type { Language } from '../errors/index.ts'

/** The place that a finding breaks, as a person reads it: of a document its clause, of Scel's own rules what they ask. */
export function lintClause({ rule, clause }: Pick<LintFinding, 'rule' | 'clause'>, language: Language): string {
  if (language === 'en') return clause
  const own: Readonly<Record<string, string>> = OWN_FR
  return own[rule] ?? clause.replaceAll(' and ', ' et ').replaceAll('appendix', 'annexe')
}

const OWN_FR: { readonly [N in Extract<LintRuleName, `scel/${string}`>]: string } = {
  'scel/serial-entropy': 'Scel : un numéro de série porte au moins 64 bits aléatoires',
  'scel/key-strength': 'Scel : RSA de 2048, 3072 ou 4096 bits, d’exposant impair à partir de 65537 ; P-256 ; P-384',
  'scel/signature-algorithm': 'Scel : les algorithmes admis sont ceux d’une liste ; ni SHA-1, ni MD5',
  'scel/server-names': 'RFC 9525 §2 : les clients ne regardent que les noms alternatifs',
  'scel/leaf-purpose': 'Scel : un certificat final dit à quoi il sert, et ne sert jamais à tout',
  'scel/revocation-addresses': 'Scel : qui rencontre un certificat peut savoir s’il est révoqué',
}
