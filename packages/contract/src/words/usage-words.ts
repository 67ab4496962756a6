// What usages and extensions of certificates are called, as parts of sentences: ICU texts over the facts `usage` and `extension`, which
// hold the names that `@scel/pki` gives them. What has no name there is said to be unknown, with its identifier.

import type { Language } from './sentence.ts'

export const USAGE_EN = words('usage', {
  digitalSignature: 'digital signature',
  nonRepudiation: 'non-repudiation',
  keyEncipherment: 'key encipherment',
  dataEncipherment: 'data encipherment',
  keyAgreement: 'key agreement',
  keyCertSign: 'signature of certificates',
  cRLSign: 'signature of revocation lists',
  encipherOnly: 'encipherment only',
  decipherOnly: 'decipherment only',
  anyExtendedKeyUsage: 'any purpose',
  serverAuth: 'server authentication',
  clientAuth: 'client authentication',
  codeSigning: 'code signing',
  emailProtection: 'mail protection',
  timeStamping: 'time stamping',
  ocspSigning: 'OCSP signing',
  other: '{usage} (unknown to Scel)',
})

export const USAGE_FR = words('usage', {
  digitalSignature: 'signature numérique',
  nonRepudiation: 'non-répudiation',
  keyEncipherment: 'chiffrement de clés',
  dataEncipherment: 'chiffrement de données',
  keyAgreement: 'accord de clés',
  keyCertSign: 'signature de certificats',
  cRLSign: 'signature de listes de révocation',
  encipherOnly: 'chiffrement seulement',
  decipherOnly: 'déchiffrement seulement',
  anyExtendedKeyUsage: 'toute fin',
  serverAuth: 'authentification de serveur',
  clientAuth: 'authentification de client',
  codeSigning: 'signature de code',
  emailProtection: 'protection du courrier',
  timeStamping: 'horodatage',
  ocspSigning: 'signature OCSP',
  other: '{usage} (inconnu de Scel)',
})

/** What a usage is called, by the fact `usage`. */
export const USAGE_TEXTS: Readonly<Record<Language, string>> = { en: USAGE_EN, fr: USAGE_FR }

export const EXTENSION_EN = words('extension', {
  tlsFeature: 'OCSP stapling as a must (tlsFeature)',
  certificatePolicies: 'certificate policies',
  applicationPolicies: 'application policies of Windows',
  certificateTemplate: 'a certificate template of Windows',
  certificateTemplateName: 'a certificate template of Windows',
  smimeCapabilities: 'capabilities for mail (S/MIME)',
  nameConstraints: 'constraints of names',
  policyConstraints: 'constraints of policies',
  issuerAltName: 'names of its issuer',
  authorityKeyIdentifier: 'a key of its issuer',
  crlDistributionPoints: 'addresses of revocation lists',
  authorityInfoAccess: 'addresses of its issuer',
  qcStatements: 'statements of a qualified certificate',
  ocspNoCheck: 'not being asked about (ocspNoCheck)',
  netscapeCertType: 'usages of Netscape',
  netscapeComment: 'a comment of Netscape',
  other: 'the extension {extension}',
})

export const EXTENSION_FR = words('extension', {
  tlsFeature: 'l’agrafage OCSP obligatoire (tlsFeature)',
  certificatePolicies: 'des politiques de certification',
  applicationPolicies: 'des politiques d’application de Windows',
  certificateTemplate: 'un modèle de certificat de Windows',
  certificateTemplateName: 'un modèle de certificat de Windows',
  smimeCapabilities: 'des capacités de courrier (S/MIME)',
  nameConstraints: 'des contraintes de noms',
  policyConstraints: 'des contraintes de politiques',
  issuerAltName: 'des noms de son émetteur',
  authorityKeyIdentifier: 'une clé de son émetteur',
  crlDistributionPoints: 'des adresses de listes de révocation',
  authorityInfoAccess: 'des adresses de son émetteur',
  qcStatements: 'des déclarations de certificat qualifié',
  ocspNoCheck: 'la dispense de vérification OCSP (ocspNoCheck)',
  netscapeCertType: 'des usages de Netscape',
  netscapeComment: 'un commentaire de Netscape',
  other: 'l’extension {extension}',
})

function words(fact: string, texts: Readonly<Record<string, string>>): string {
  const cases = Object.entries(texts).map(([name, text]) => `${name} {${text}}`)
  return `{${fact}, select, ${cases.join(' ')}}`
}
