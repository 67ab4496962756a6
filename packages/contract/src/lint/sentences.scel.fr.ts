import type { SuiteSentences } from './sentences.ts'

export const SCEL_FR: SuiteSentences<'scel'> = {
  'scel/serial-entropy': {
    short:
      'Le numéro de série n’a que {length, plural, one {# octet} other {# octets}}, trop peu pour 64 bits aléatoires.',
  },
  'scel/key-strength': {
    'key-type': 'Scel ne certifie pas ce type de clé : {kind}, {bits} bits.',
    exponent: 'L’exposant public de la clé RSA est {exponent} ; il doit être impair et valoir au moins 65537.',
  },
  'scel/signature-algorithm': {
    'not-allowed': 'L’algorithme de signature {oid} n’est pas autorisé.',
  },
  'scel/server-names': {
    'no-host-name': 'Le certificat d’un serveur doit nommer un hôte ou une adresse dans ses noms alternatifs.',
  },
  'scel/leaf-purpose': {
    'no-extended-key-usage': 'Le certificat ne dit pas à quoi il sert (usage étendu de la clé).',
    'no-key-usage': 'Le certificat ne dit pas ce que sa clé peut faire (usage de la clé).',
    'any-purpose': 'Le certificat sert à tout ; il doit nommer ses usages.',
  },
  'scel/revocation-addresses': {
    none: 'Le certificat ne dit nulle part comment savoir s’il est révoqué : ni adresse de CRL, ni adresse OCSP.',
  },
}
